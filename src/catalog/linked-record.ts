import type { Field, MarcRecord } from '../marc/record.ts'

/**
 * A linked bib as its institution sees it: the network's record under the institution's own MMS ID,
 * with the local fields where their tags belong, after the network's of the same tag.
 */
export function linkedRecord(network: MarcRecord, local: MarcRecord, mmsId: string): MarcRecord {
  const fields: Field[] = network.fields.map((field) =>
    field.tag === '001' ? { tag: '001', value: mmsId } : field,
  )
  for (const field of local.fields) {
    const before = fields.findLastIndex(({ tag }) => tag <= field.tag)
    fields.splice(before + 1, 0, field)
  }
  return { leader: network.leader, fields }
}
