import { encodeIso2709 } from '../../marc/iso2709/encode.ts'
import type { MarcRecord } from '../../marc/record.ts'

/*
 * What happens to records on tapes, in transfers and in careless exports, done to sound ones. A text is
 * worked on as Latin-1, in which each character is one byte.
 */

type Damage = (record: MarcRecord) => Uint8Array

const fieldEnd = '\x1e'
const recordEnd = '\x1d'

const sound = (record: MarcRecord, marc8 = false): string =>
  Buffer.from(encodeIso2709(record, { marc8 }).bytes).toString('latin1')

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')

const withLabel = (text: string, label: string): string => text.slice(0, 9) + label + text.slice(10)

const beyondAscii = /[^\0-\x7f]/g

/** A byte that no text has. */
const placeholder = '\x7f'

/** With lengths that count each character as one byte, whatever is then written for it. */
function countedInCharacters(record: MarcRecord, write: (character: string) => string): string {
  const texts: string[] = []
  const fields = record.fields.map((field) => {
    if (!('subfields' in field)) return field
    const subfields = field.subfields.map(({ code, value }) => {
      texts.push(value)
      return { code, value: value.replace(beyondAscii, placeholder) }
    })
    return { ...field, subfields }
  })
  const characters = texts.join('').match(beyondAscii) ?? []
  let next = 0
  return sound({ ...record, fields }).replaceAll(placeholder, () => write(characters[next++] ?? ''))
}

/** What UTF-8 becomes when a program takes it for Latin-1 and writes UTF-8 again. */
function utf8Twice(record: MarcRecord): string {
  const fields = record.fields.map((field) =>
    'subfields' in field
      ? { ...field, subfields: field.subfields.map(({ code, value }) => ({ code, value: inUtf8(value) })) }
      : field,
  )
  return sound({ ...record, fields })
}

const inUtf8 = (text: string): string => Buffer.from(text).toString('latin1')

export const damages = {
  none: (record) => bytes(sound(record)),
  /** As tapes were written: MARC-8, and the leader says so. */
  marc8: (record) => bytes(sound(record, true)),
  marc8LabelledUtf8: (record) => bytes(withLabel(sound(record, true), 'a')),
  utf8LabelledMarc8: (record) => bytes(withLabel(sound(record), ' ')),
  latin1: (record) => bytes(countedInCharacters(record, (character) => character)),
  lengthsInCharacters: (record) => bytes(countedInCharacters(record, inUtf8)),
  utf8Twice: (record) => bytes(utf8Twice(record)),
  byteOfNoSet: (record) => bytes(sound(record).replace('\x1fa', '\x1fa\xff\xfe')),
  controlCharacters: (record) => bytes(sound(record).replaceAll(' /', '\x02 /\x0b')),
  wrongLength: (record) => bytes(`00042${sound(record).slice(5)}`),
  noRecordEnd: (record) => bytes(sound(record).replace(recordEnd, '')),
  lineEnds: (record) => bytes(sound(record).replaceAll(fieldEnd, `${fieldEnd}\r\n`)),
  lettersInDirectory: (record) => bytes(sound(record).replace(/^(.{24}.{12}...)\d{4}/, '$1OOI7')),
  cutDirectory: (record) => bytes(sound(record).replace(/^([^\x1e]+)[^\x1e]{5}/, '$1')),
  noFields: ({ leader }) => bytes(sound({ leader, fields: [] })),
  cutOff: (record) => bytes(sound(record).slice(0, 300)),
  authority: ({ leader, fields }) =>
    bytes(sound({ leader: `${leader.slice(0, 6)}z${leader.slice(7)}`, fields })),
} as const satisfies Readonly<Record<string, Damage>>

export type DamageName = keyof typeof damages
