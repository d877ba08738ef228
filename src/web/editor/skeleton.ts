import { isControlTag } from '../../marc/record.ts'
import { marc21 } from '../../rules/validation/format.ts'
import { delimiter, leaderTag } from './field-line.ts'

/** A day as the first six characters of an 008. */
export const entryDate = (day: Date): string =>
  [day.getFullYear() % 100, day.getMonth() + 1, day.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('')

const nothingCoded = '|'

/** What a new field has after its tag: codes that say nothing yet, the usual indicators, a first subfield. */
export function skeletonOf(tag: string, today: Date): string {
  if (tag === '008')
    return ` ${entryDate(today)}${nothingCoded.repeat(9)}xx ${nothingCoded.repeat(17)}und${nothingCoded.repeat(2)}`
  if (tag === '006') return ` a${nothingCoded.repeat(17)}`
  if (tag === '007') return ' ta'
  if (isControlTag(tag) || tag === leaderTag) return ' '
  const format = marc21().fields.get(tag)
  const codes = [...(format?.subfields ?? [])].filter(([, { obsolete }]) => !obsolete).map(([code]) => code)
  const first = codes.includes('a') ? 'a' : (codes.find((code) => /[a-z]/.test(code)) ?? 'a')
  const [ind1, ind2] = format?.indicators ?? []
  return ` ${usual(ind1?.values)}${usual(ind2?.values)} ${delimiter}${first} `
}

/** A blank where the format lets it be one, else the first value that holds. */
function usual(values: ReadonlyMap<string, { readonly obsolete: boolean }> | undefined): string {
  if (values === undefined || values.get(' ')?.obsolete === false) return '#'
  return [...values].find(([value, { obsolete }]) => !obsolete && value !== ' ')?.[0] ?? '#'
}
