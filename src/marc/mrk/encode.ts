import type { Written } from '../iso2709/encode.ts'
import type { MarcRecord } from '../record.ts'
import { writeMnemonics } from './mnemonics.ts'

const utf8 = new TextEncoder()

/**
 * Mnemonic text in UTF-8 with MarcEdit's line ends, a blank line after the record. `decodeMrk` reads it
 * back as it was, but for fields with the tags `LDR` and `000`, which the form has for the leader.
 */
export function encodeMrk(record: MarcRecord): Written {
  const leader = `${record.leader.slice(0, 9)}a${record.leader.slice(10)}`
  let text = `=LDR  ${writeMnemonics(leader)}\r\n`
  for (const field of record.fields) {
    text += `=${field.tag}  `
    if ('subfields' in field) {
      text += blanked(field.ind1) + blanked(field.ind2)
      for (const { code, value } of field.subfields)
        text += `$${writeMnemonics(code)}${writeMnemonics(value)}`
    } else text += blanked(field.value)
    text += '\r\n'
  }
  const notes = record.fields
    .filter(({ tag }) => tag === 'LDR' || tag === '000')
    .map(({ tag }) => `Field ${tag} cannot be told from a leader in mnemonic text.`)
  return { bytes: utf8.encode(`${text}\r\n`), notes }
}

const blanked = (text: string) => writeMnemonics(text).replaceAll(' ', '\\')
