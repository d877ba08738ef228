import type { Field, MarcRecord, Subfield } from './record.ts'
import { isControlTag } from './record.ts'

/*
 * The packed form: what the catalogue stores and what travels between threads. It is ISO 2709's
 * own text without the directory, so it has no length limits, reads at the speed of a split, and
 * can be looked at in SQL: replace(record, e'\x1e', e'\n').
 *
 *   leader (RS tag value)*            control fields
 *   leader (RS tag ind1 ind2 (US code value)*)*   data fields
 */
const RS = '\x1e'
const US = '\x1f'

/** Shape: leader, then each field after U+001E; subfields after U+001F. */
export function pack(record: MarcRecord): string {
  const parts = [record.leader]
  for (const field of record.fields) parts.push(packField(field))
  // Unlike a text that was added up, a joined one does not hold on to the pieces that it was made of.
  return parts.join(RS)
}

/** One field in the packed form, without its U+001E: what fields are compared and hashed by. */
export function packField(field: Field): string {
  if (!('subfields' in field)) return field.tag + field.value
  let text = field.tag + field.ind1 + field.ind2
  for (const subfield of field.subfields) text += US + subfield.code + subfield.value
  return text
}

/** The inverse of `pack`: unpack(pack(r)) equals r. */
export function unpack(text: string): MarcRecord {
  const parts = text.split(RS)
  const fields: Field[] = new Array(parts.length - 1)
  for (let at = 1; at < parts.length; at++) fields[at - 1] = unpackField(parts[at] as string)
  return { leader: parts[0] as string, fields }
}

export function unpackField(text: string): Field {
  const tag = text.slice(0, 3)
  if (isControlTag(tag)) return { tag, value: text.slice(3) }
  const subfields: Subfield[] = []
  let start = text.indexOf(US, 5)
  while (start !== -1) {
    const next = text.indexOf(US, start + 1)
    const end = next === -1 ? text.length : next
    // A code may be a character outside the basic plane in a damaged record: it is then two units.
    const wide = (text.charCodeAt(start + 1) & 0xfc00) === 0xd800 ? 3 : 2
    if (end > start + 1)
      subfields.push({ code: text.slice(start + 1, start + wide), value: text.slice(start + wide, end) })
    start = next
  }
  return { tag, ind1: text.charAt(3), ind2: text.charAt(4), subfields }
}
