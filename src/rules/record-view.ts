import type { Field, MarcRecord } from '../marc/record.ts'
import type { TagPattern } from './language/rule.ts'
import type { Budget } from './normalize/budget.ts'

/** A record as rules read it, with its tags as numbers, since to look for one is most of what rules do. */
export type RecordView = {
  leader: string
  fields: readonly Field[]
  readonly budget: Budget
  /** Of each field the tag's number, -1 where it has other characters than digits; made when first asked for. */
  numbers: readonly number[] | null
}

export const viewOf = ({ leader, fields }: MarcRecord, budget: Budget): RecordView => ({
  leader,
  fields,
  budget,
  numbers: null,
})

/** Numbers from and to which a tag may fit a pattern. One without a number may always. */
export type TagRange = { readonly from: number; readonly to: number }

export function tagRange(pattern: TagPattern): TagRange {
  const [, digits, stars] = /^([0-9]*)(\**)$/.exec(pattern) ?? []
  if (digits === undefined || stars === undefined)
    return pattern.includes('*') ? { from: 0, to: 999 } : { from: 0, to: -1 }
  return { from: Number(digits + '0'.repeat(stars.length)), to: Number(digits + '9'.repeat(stars.length)) }
}

/** The place of the first field at or behind a place whose tag may fit, or the number of fields. */
export function nextPlace(view: RecordView, { from, to }: TagRange, at: number): number {
  const numbers = (view.numbers ??= view.fields.map(({ tag }) => tagNumber(tag)))
  let place = at
  for (; place < numbers.length; place++) {
    const number = numbers[place] as number
    if (number === -1 || (number >= from && number <= to)) break
  }
  return place
}

function tagNumber(tag: string): number {
  const hundreds = tag.charCodeAt(0) - 48
  const tens = tag.charCodeAt(1) - 48
  const ones = tag.charCodeAt(2) - 48
  const isNumber =
    tag.length === 3 && hundreds >= 0 && hundreds < 10 && tens >= 0 && tens < 10 && ones >= 0 && ones < 10
  return isNumber ? hundreds * 100 + tens * 10 + ones : -1
}
