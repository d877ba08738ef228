import type { Field } from '../../marc/record.ts'

/** Where a field of a tag is put: behind the last field whose tag is not greater, so that the order of the others stays. */
export function placeOf(fields: readonly Field[], tag: string): number {
  let at = fields.length
  while (at > 0 && (fields[at - 1] as Field).tag > tag) at--
  return at
}
