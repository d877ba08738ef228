import { fieldNamer } from '../field-parts.ts'
import type { Written } from '../iso2709/encode.ts'
import type { MarcRecord } from '../record.ts'

const utf8 = new TextEncoder()

export const collectionHead = utf8.encode(
  '<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="http://www.loc.gov/MARC21/slim">\n',
)
export const collectionTail = utf8.encode('</collection>\n')

/**
 * One `<record>` of MARCXML (MARC 21 slim), without a namespace of its own: it belongs between
 * `collectionHead` and `collectionTail`. Characters that XML 1.0 cannot hold even as references (of those
 * that a record may have, U+FFFE and U+FFFF) are left out, and a note says in which field.
 */
export function encodeMarcxml(record: MarcRecord): Written {
  const notes: string[] = []
  const nameOf = fieldNamer()
  const leader = `${record.leader.slice(0, 9)}a${record.leader.slice(10)}`
  let text = `  <record>\n    <leader>${escaped(leader)}</leader>\n`
  for (const field of record.fields) {
    const name = nameOf(field.tag)
    const tag = escaped(field.tag)
    if ('subfields' in field) {
      text += `    <datafield tag="${tag}" ind1="${escaped(field.ind1)}" ind2="${escaped(field.ind2)}">\n`
      for (const { code, value } of field.subfields)
        text += `      <subfield code="${escaped(code)}">${escaped(held(value, name, notes))}</subfield>\n`
      text += '    </datafield>\n'
    } else
      text += `    <controlfield tag="${tag}">${escaped(held(field.value, name, notes))}</controlfield>\n`
  }
  return { bytes: utf8.encode(`${text}  </record>\n`), notes }
}

const special = /[&<>"]/g

const escaped = (text: string) => text.replace(special, (found) => entities[found] ?? found)

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Production 2 of XML 1.0. */
const illegal = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g

function held(value: string, name: string, notes: string[]): string {
  const kept = value.replace(illegal, '')
  if (kept.length < value.length) {
    const count = value.length - kept.length
    notes.push(
      `${count} character${count === 1 ? '' : 's'} of ${name} that XML cannot hold ${count === 1 ? 'was' : 'were'} left out.`,
    )
  }
  return kept
}
