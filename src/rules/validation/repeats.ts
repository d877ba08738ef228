import type { Field } from '../../marc/record.ts'

/*
 * Which fields of a record have the same tag, and which are the same. The tables are made once and used for
 * one record after the other: validation runs for each of millions, and from its beginning to its end.
 */

const lastOf = new Int32Array(1000)
const recordOf = new Int32Array(1000)
let record = 0
let previous = new Int32Array(512)
let signatures = new Int32Array(512)

/** How many earlier fields of a tag a field is held against, so that no record takes long. */
const mostCompared = 32

export function beginRecord(fields: number): void {
  record = (record + 1) | 0
  if (fields > previous.length) {
    previous = new Int32Array(fields * 2)
    signatures = new Int32Array(fields * 2)
  }
}

/** Notes a field by the number of its tag and anything that is the same for equal fields; whether the tag was there before. */
export function noteField(tag: number, at: number, signature: number): boolean {
  const isRepeated = recordOf[tag] === record
  previous[at] = isRepeated ? (lastOf[tag] as number) : -1
  signatures[at] = signature
  recordOf[tag] = record
  lastOf[tag] = at
  return isRepeated
}

/** Whether an earlier field, of those that were noted, is the same. */
export function isDuplicate(fields: readonly Field[], at: number): boolean {
  let before = previous[at] as number
  for (let compared = 0; before >= 0 && compared < mostCompared; compared++) {
    if (signatures[before] === signatures[at] && isSame(fields[before] as Field, fields[at] as Field))
      return true
    before = previous[before] as number
  }
  return false
}

function isSame(one: Field, other: Field): boolean {
  if (!('subfields' in one) || !('subfields' in other))
    return 'value' in one && 'value' in other && one.value === other.value
  if (one.ind1 !== other.ind1 || one.ind2 !== other.ind2) return false
  return (
    one.subfields.length === other.subfields.length &&
    one.subfields.every(({ code, value }, at) => {
      const there = other.subfields[at]
      return there?.code === code && there.value === value
    })
  )
}
