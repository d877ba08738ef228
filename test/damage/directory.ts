import type { MarcRecord } from '../../src/marc/record.ts'
import { type RawRecord, concat, digits } from '../raw-record.ts'
import { type Damage, bytesOf, pieces, place, withField } from './sample.ts'

/* Damage to directories, and to the terminators that part fields. */

const numbered = (tag: string, length: number, start: number) => tag + digits(length, 4) + digits(start, 5)

const entry = (tag: string, change: (entry: string) => string) =>
  pieces((record) => {
    const at = place(record, tag)
    return { entries: record.entries.with(at, change(record.entries[at] ?? '')) }
  })

const allEntries = (change: (entry: string, at: number, record: RawRecord) => string) =>
  pieces((record) => ({ entries: record.entries.map((each, at) => change(each, at, record)) }))

/** The bytes of a field, terminator included, with nothing else brought into line. */
const field = (tag: string, change: (bytes: Uint8Array) => Uint8Array) =>
  pieces((record) => {
    const at = place(record, tag)
    return { fields: record.fields.with(at, change(record.fields[at] as Uint8Array)) }
  })

/** The directory in the order of tags, the data with its first field last. */
const unsorted = pieces(({ entries, fields }) => {
  const [first = new Uint8Array(), ...others] = fields
  const size = others.reduce((sum, { length }) => sum + length, 0)
  return {
    entries: entries.map((each, at) =>
      numbered(
        each.slice(0, 3),
        Number(each.slice(3, 7)),
        at === 0 ? size : Number(each.slice(7)) - first.length,
      ),
    ),
    fields: [...others, first],
  }
})

const retagged = (from: string, to: string) => (record: MarcRecord) => ({
  ...record,
  fields: record.fields.map((each) => (each.tag === from ? { ...each, tag: to } : each)),
})

const inside = (bytes: Uint8Array, at: number, skipped: number, value: string) =>
  concat(bytes.subarray(0, at), value, bytes.subarray(at + skipped))

export const directoryDamages: readonly Damage[] = [
  { rule: 'data in another order than the directory is sound', bytes: unsorted },
  {
    rule: 'offsets that overlap give way to the terminators',
    bytes: entry('300', (each) => each.slice(0, 7) + digits(Number(each.slice(7)) - 20, 5)),
    repairs: ['DIRECTORY'],
  },
  {
    rule: 'an offset of another field gives way to the terminators',
    bytes: pieces((record) => {
      const [at, other] = [place(record, '245'), place(record, '100')]
      const wrong = (record.entries[at] ?? '').slice(0, 7) + (record.entries[other] ?? '').slice(7)
      return { entries: record.entries.with(at, wrong) }
    }),
    repairs: ['DIRECTORY'],
  },
  {
    rule: 'offsets of zeros give way to the terminators',
    bytes: allEntries((each) => `${each.slice(0, 7)}00000`),
    repairs: ['DIRECTORY'],
  },
  {
    rule: 'lengths and offsets of zeros give way to the terminators',
    bytes: allEntries((each) => `${each.slice(0, 3)}000000000`),
    repairs: ['DIRECTORY'],
  },
  {
    rule: 'offsets that count from the start of the record give way to the terminators',
    bytes: allEntries(
      (each, _, { entries }) =>
        each.slice(0, 7) + digits(Number(each.slice(7)) + 25 + entries.length * 12, 5),
    ),
    repairs: ['DIRECTORY'],
  },
  {
    rule: 'a length that is no number is mended',
    bytes: entry('245', (each) => `${each.slice(0, 4)}x${each.slice(5)}`),
    repairs: ['DIRECTORY'],
  },
  {
    rule: 'an offset that is no number is mended',
    bytes: entry('245', (each) => `${each.slice(0, 8)}x${each.slice(9)}`),
    repairs: ['DIRECTORY'],
  },
  {
    rule: 'an entry that lost a digit is mended',
    bytes: entry('245', (each) => each.slice(0, 8) + each.slice(9)),
    repairs: ['LENGTH', 'BASE_ADDRESS', 'DIRECTORY'],
  },
  {
    rule: 'an entry that gained a digit is mended',
    bytes: entry('245', (each) => `${each.slice(0, 8)}7${each.slice(8)}`),
    repairs: ['LENGTH', 'BASE_ADDRESS', 'DIRECTORY'],
  },
  {
    rule: 'a character after the last entry is none of the directory',
    bytes: entry('700', (each) => `${each}1`),
    repairs: ['LENGTH', 'BASE_ADDRESS', 'DIRECTORY'],
  },
  {
    rule: 'an entry that lost a character of its tag is rejected, since nothing else tells the tag',
    bytes: entry('245', (each) => each.slice(1)),
    rejected: 'NO_DIRECTORY',
    repairs: ['LENGTH'],
  },
  {
    rule: 'a directory that lost an entry is rejected, since nothing else tells the tag',
    bytes: pieces((record) => ({ entries: record.entries.toSpliced(place(record, '245'), 1) })),
    rejected: 'NO_DIRECTORY',
    repairs: ['LENGTH'],
  },
  {
    rule: 'a record that lost a field is rejected',
    bytes: pieces((record) => ({ fields: record.fields.toSpliced(place(record, '650'), 1) })),
    rejected: 'NO_DIRECTORY',
    repairs: ['LENGTH'],
  },
  {
    rule: 'a terminator in the directory does not end it',
    bytes: entry('100', (each) => `${each.slice(0, 5)}\x1e${each.slice(6)}`),
    repairs: ['DIRECTORY'],
  },
  {
    rule: 'a terminator in a tag does not end the directory',
    bytes: entry('650', (each) => `\x1e${each.slice(1)}`),
    becomes: retagged('650', '?50'),
    repairs: ['TAG'],
  },
  {
    rule: 'a field terminator that is gone is found by the directory',
    bytes: field('245', (bytes) => bytes.subarray(0, -1)),
    repairs: ['LENGTH', 'FIELD_TERMINATOR_MISSING'],
  },
  {
    rule: 'a control field whose terminator is gone ends where the directory says',
    bytes: field('001', (bytes) => bytes.subarray(0, -1)),
    repairs: ['LENGTH', 'FIELD_TERMINATOR_MISSING'],
  },
  {
    rule: 'another byte in place of a field terminator is no text',
    bytes: field('245', (bytes) => concat(bytes.subarray(0, -1), ' ')),
    repairs: ['FIELD_TERMINATOR_MISSING'],
  },
  {
    rule: 'another byte in place of the terminator of a control field is no text',
    bytes: field('001', (bytes) => concat(bytes.subarray(0, -1), 'x')),
    repairs: ['FIELD_TERMINATOR_MISSING'],
  },
  {
    rule: 'a record terminator that the lengths count as data is data',
    bytes: bytesOf('300', (bytes) => inside(bytes, 8, 1, '\x1d')),
    becomes: withField('300', (content) => `${content.slice(0, 8)} ${content.slice(9)}`),
    repairs: ['TERMINATOR_INSIDE'],
  },
  {
    rule: 'a record terminator that was put into the data is data',
    bytes: field('300', (bytes) => inside(bytes, 8, 0, '\x1d')),
    becomes: withField('300', (content) => `${content.slice(0, 8)} ${content.slice(8)}`),
    repairs: ['LENGTH', 'DIRECTORY', 'TERMINATOR_INSIDE'],
  },
  {
    rule: 'a record terminator that was put before a field is data',
    bytes: field('300', (bytes) => concat('\x1d', bytes)),
    repairs: ['LENGTH', 'DIRECTORY', 'TERMINATOR_INSIDE', 'INDICATORS'],
  },
  {
    rule: 'a record terminator in the last field is data',
    bytes: bytesOf('700', (bytes) => inside(bytes, bytes.length - 3, 1, '\x1d')),
    becomes: withField('700', (content) => `${content.slice(0, -3)} ${content.slice(-2)}`),
    repairs: ['TERMINATOR_INSIDE'],
  },
  {
    rule: 'a field terminator that the lengths count as data is data',
    bytes: bytesOf('300', (bytes) => inside(bytes, 8, 1, '\x1e')),
    becomes: withField('300', (content) => `${content.slice(0, 8)} ${content.slice(9)}`),
    repairs: ['TERMINATOR_INSIDE'],
  },
  {
    rule: 'a field terminator that was put into the data is data',
    bytes: field('300', (bytes) => inside(bytes, 8, 0, '\x1e')),
    becomes: withField('300', (content) => `${content.slice(0, 8)} ${content.slice(8)}`),
    repairs: ['LENGTH', 'DIRECTORY', 'TERMINATOR_INSIDE'],
  },
  {
    rule: 'CR LF after every field terminator is taken out',
    bytes: pieces(({ fields }) => ({
      directoryEnd: '\x1e\r\n',
      fields: fields.map((each) => concat(each, '\r\n')),
    })),
    repairs: ['LENGTH', 'LINE_ENDS_INSIDE'],
  },
  {
    rule: 'a line feed after every field terminator is taken out',
    bytes: pieces(({ fields }) => ({
      directoryEnd: '\x1e\n',
      fields: fields.map((each) => concat(each, '\n')),
    })),
    repairs: ['LENGTH', 'LINE_ENDS_INSIDE'],
  },
  {
    rule: 'a tag of letters is a tag',
    bytes: entry('650', (each) => `LKR${each.slice(3)}`),
    becomes: retagged('650', 'LKR'),
  },
  {
    rule: 'a tag that cannot be looked for has question marks, and is named',
    bytes: entry('650', (each) => `6\xe90${each.slice(3)}`),
    becomes: retagged('650', '6?0'),
    repairs: ['TAG'],
  },
]
