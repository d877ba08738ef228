import type { Written } from '../iso2709/encode.ts'
import type { MarcRecord } from '../record.ts'

const utf8 = new TextEncoder()

/** MARC-in-JSON, one record on one line without a line end. */
export function encodeJson(record: MarcRecord): Written {
  const fields = record.fields.map((field) => {
    if (!('subfields' in field)) return { [field.tag]: field.value }
    const subfields = field.subfields.map(({ code, value }) => ({ [code]: value }))
    return { [field.tag]: { ind1: field.ind1, ind2: field.ind2, subfields } }
  })
  const leader = `${record.leader.slice(0, 9)}a${record.leader.slice(10)}`
  return { bytes: utf8.encode(JSON.stringify({ leader, fields })), notes: [] }
}
