import type { Field, MarcRecord } from '../../src/marc/record.ts'
import { concat, latin1, rawBytes } from '../raw-record.ts'
import { type Damage, bytesOf, only, raw, rawFields, textOf, withField } from './sample.ts'

/* Damage to indicators, subfields and the characters between them. */

/** A change of a field's characters that the record keeps. */
const kept = (tag: string, change: (content: string) => string) => ({
  bytes: textOf(tag, change),
  becomes: withField(tag, change),
})

const withTags = (change: (fields: readonly Field[]) => readonly Field[]) => ({
  bytes: (sample: Parameters<Damage['bytes']>[0]) => {
    const contents = rawFields(sample)
    const { fields } = sample.record
    return rawBytes(
      raw(
        sample,
        change(fields).map((field) => contents[fields.indexOf(field)] ?? ['', latin1('')]),
      ),
    )
  },
  becomes: (record: MarcRecord): MarcRecord => ({ ...record, fields: change(record.fields) }),
})

/** Before the last character of a field. */
const put = (bytes: Uint8Array, inserted: string) =>
  concat(bytes.subarray(0, -1), inserted, bytes.subarray(-1))

export const contentDamages: readonly Damage[] = [
  {
    rule: 'indicators that are missing are blanks',
    bytes: textOf('245', (content) => content.slice(2)),
    becomes: withField('245', (content) => `  ${content.slice(2)}`),
    repairs: ['INDICATORS'],
  },
  {
    rule: 'a second indicator that is missing is a blank',
    bytes: textOf('245', (content) => `1${content.slice(2)}`),
    becomes: withField('245', (content) => `1 ${content.slice(2)}`),
    repairs: ['INDICATORS'],
  },
  {
    rule: 'of three indicators the first two are kept',
    bytes: textOf('245', (content) => `100${content.slice(2)}`),
    repairs: ['INDICATORS'],
  },
  {
    rule: 'an indicator out of ASCII is a blank',
    bytes: textOf('245', (content) => `é0${content.slice(2)}`),
    becomes: withField('245', (content) => ` 0${content.slice(2)}`),
    repairs: ['INDICATORS'],
  },
  {
    rule: 'text between indicators and the first delimiter is in $a',
    bytes: textOf('245', (content) => `10${content.slice(4)}`),
    repairs: ['TEXT_BEFORE_SUBFIELD'],
  },
  {
    rule: 'text without indicators before the first delimiter is in $a whole',
    bytes: textOf('245', (content) => content.slice(4)),
    becomes: withField('245', (content) => `  ${content.slice(2)}`),
    repairs: ['INDICATORS', 'TEXT_BEFORE_SUBFIELD'],
  },
  {
    rule: 'a data field without a delimiter is $a',
    bytes: textOf('650', (content) => content.slice(0, 2) + content.slice(4)),
    repairs: ['TEXT_BEFORE_SUBFIELD'],
  },
  {
    rule: 'digits without a delimiter are text, not indicators',
    bytes: textOf('650', () => '20090228041800.0'),
    becomes: withField('650', () => '  \x1fa20090228041800.0'),
    repairs: ['INDICATORS', 'TEXT_BEFORE_SUBFIELD'],
  },
  {
    rule: 'a data field with indicators alone has no subfields',
    bytes: textOf('650', () => ' 0'),
    becomes: withField('650', () => ' 0'),
  },
  {
    rule: 'a data field without anything has no subfields',
    bytes: textOf('650', () => ''),
    becomes: withField('650', () => '  '),
    repairs: ['INDICATORS'],
  },
  {
    rule: 'a subfield code in upper case stays',
    ...kept('245', (content) => content.replace('\x1fc', '\x1fC')),
  },
  {
    rule: 'a subfield code that is a mark stays',
    ...kept('245', (content) => content.replace('\x1fc', '\x1f%')),
  },
  {
    rule: 'a delimiter before a blank begins $a',
    bytes: textOf('300', (content) => content.replace('\x1fc', '\x1f ')),
    becomes: withField('300', (content) => content.replace('\x1fc', '\x1fa')),
    repairs: ['SUBFIELD_CODE'],
  },
  {
    rule: 'a delimiter before a letter beyond ASCII begins $a, and the letter stays',
    bytes: textOf('300', (content) => content.replace('\x1fc', '\x1fé')),
    becomes: withField('300', (content) => content.replace('\x1fc', '\x1faé')),
    repairs: ['SUBFIELD_CODE'],
  },
  {
    rule: 'a control character before a subfield code is taken out',
    bytes: bytesOf('300', (content) => concat(content.subarray(0, 3), '\x01', content.subarray(3))),
    repairs: ['CONTROL_CHARACTER'],
  },
  { rule: 'an empty subfield stays', ...kept('300', (content) => `${content}\x1fe`) },
  {
    rule: 'a delimiter that nothing follows is none',
    bytes: textOf('300', (content) => `${content}\x1f`),
    repairs: ['SUBFIELD_CODE'],
  },
  {
    rule: 'two delimiters in a row are one',
    bytes: textOf('300', (content) => content.replace('\x1fc', '\x1f\x1fc')),
    repairs: ['SUBFIELD_CODE'],
  },
  {
    rule: 'subfields of a control field are its text',
    bytes: textOf('001', (content) => `\x1fa${content}`),
    repairs: ['SUBFIELD_CODE'],
  },
  {
    rule: 'NUL in the text is taken out',
    bytes: bytesOf('245', (content) => concat(content.subarray(0, 4), '\0', content.subarray(4))),
    repairs: ['CONTROL_CHARACTER'],
  },
  {
    rule: 'a vertical tab in the text is a blank',
    bytes: bytesOf('300', (content) => put(content, '\x0b')),
    becomes: withField('300', (content) => `${content.slice(0, -1)} ${content.slice(-1)}`),
    repairs: ['CONTROL_CHARACTER'],
  },
  {
    rule: 'a line end in the text is one blank',
    bytes: bytesOf('300', (content) => put(content, '\r\n')),
    becomes: withField('300', (content) => `${content.slice(0, -1)} ${content.slice(-1)}`),
    repairs: ['CONTROL_CHARACTER'],
  },
  {
    rule: 'an escape character that means nothing is taken out of UTF-8',
    bytes: only(
      { encoding: 'utf-8' },
      bytesOf('300', (content) => put(content, '\x1b')),
    ),
    repairs: ['CONTROL_CHARACTER'],
  },
  {
    rule: 'an escape character that means nothing is taken out of MARC-8',
    bytes: only(
      { encoding: 'marc-8', script: 'Latin' },
      bytesOf('245', (content) => put(content, '\x1b')),
    ),
    repairs: ['ESCAPE_SEQUENCE'],
  },
  {
    rule: 'the marks around a word that is not sorted stay',
    ...kept('300', (content) => content.replace('\x1fa', '\x1fa\x98Le \x9c')),
  },
  {
    rule: 'a record without a 245 is read',
    ...withTags((fields) => fields.filter(({ tag }) => tag !== '245')),
  },
  {
    rule: 'a record without a 001 is read',
    ...withTags((fields) => fields.filter(({ tag }) => tag !== '001')),
  },
  {
    rule: 'a record with two 001s is read',
    ...withTags((fields) => [...fields.slice(0, 1), ...fields]),
  },
]
