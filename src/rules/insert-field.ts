import type { Field, MarcRecord } from '../marc/record.ts'

/** A record with a field more: after those of its tag and of the tags before it. */
export function insertField({ leader, fields }: MarcRecord, field: Field): MarcRecord {
  const after = fields.findLastIndex(({ tag }) => tag <= field.tag)
  return { leader, fields: fields.toSpliced(after + 1, 0, field) }
}
