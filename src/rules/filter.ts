import type { MarcRecord } from '../marc/record.ts'
import { someValue, tagMatches, valueTest } from './field-pattern.ts'
import type { Filter } from './import-profile.ts'

type Condition = (record: MarcRecord) => boolean

const compiled = new WeakMap<Filter, Condition>()

/**
 * Whether a record meets a condition. `field` is a tag or pattern (`6XX`), met by a field that is
 * there; with `subfield`, by one that has it; with `matches`, by one whose value is that, whole, with
 * `*` for any characters and `|` between alternatives. `leader` is a position, met where the
 * character there is one of those in `is`.
 */
export function meets(record: MarcRecord, filter: Filter): boolean {
  let condition = compiled.get(filter)
  if (!condition) compiled.set(filter, (condition = compile(filter)))
  return condition(record)
}

function compile(filter: Filter): Condition {
  if ('rule' in filter) throw new RangeError(`Indication rule ${filter.rule} is not among the rules at hand`)
  if ('any' in filter) {
    const conditions = filter.any.map(compile)
    return (record) => conditions.some((condition) => condition(record))
  }
  if ('all' in filter) {
    const conditions = filter.all.map(compile)
    return (record) => conditions.every((condition) => condition(record))
  }
  if ('not' in filter) {
    const condition = compile(filter.not)
    return (record) => !condition(record)
  }
  if ('leader' in filter)
    return ({ leader }) =>
      leader[filter.leader] !== undefined && filter.is.includes(leader[filter.leader] as string)
  const test = filter.matches === undefined ? () => true : valueTest(filter.matches)
  const { field: pattern, subfield } = filter
  const isBare = subfield === undefined && filter.matches === undefined
  return ({ fields }) => {
    for (const field of fields)
      if (tagMatches(pattern, field.tag) && (isBare || someValue(field, subfield, test))) return true
    return false
  }
}
