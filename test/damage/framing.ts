import type { MarcRecord } from '../../src/marc/record.ts'
import { concat, digits, utf8 } from '../raw-record.ts'
import { type Damage, only, pieces, soundBytes } from './sample.ts'

/* Damage around a record, to its leader, and to the terminators that part records. */

const around =
  (before: string, after: string): Damage['bytes'] =>
  (sample) =>
    concat(utf8(before), soundBytes(sample), utf8(after))

const leader = (change: (leader: string) => string) => pieces((record) => ({ leader: change(record.leader) }))

const length = (change: (length: number) => string) =>
  leader((text) => change(Number(text.slice(0, 5))) + text.slice(5))

const becomesLeader = (change: (leader: string) => string) => (record: MarcRecord) => ({
  ...record,
  leader: change(record.leader),
})

const lastField = (fields: readonly Uint8Array[]) => fields.at(-1) as Uint8Array

/** Without the terminator of its last field. */
const open = (fields: readonly Uint8Array[]) => fields.with(-1, lastField(fields).subarray(0, -1))

const webPage = '<html><head><title>503</title></head><body>Service Unavailable</body></html>\r\n'

export const framingDamages: readonly Damage[] = [
  { rule: 'a line feed after a record is junk', bytes: around('', '\n'), junk: ['LINE_ENDS'] },
  { rule: 'CR LF after a record is junk', bytes: around('', '\r\n'), junk: ['LINE_ENDS'] },
  { rule: 'a byte order mark before a record is junk', bytes: around('\ufeff', ''), junk: ['BOM'] },
  { rule: 'Ctrl-Z after a record is junk', bytes: around('', '\x1a'), junk: ['PADDING'] },
  { rule: 'the NUL padding of a block is junk', bytes: around('', '\0'.repeat(700)), junk: ['PADDING'] },
  { rule: 'blanks before a record are junk', bytes: around('  ', ''), junk: ['PADDING'] },
  { rule: 'a web page before a record is junk', bytes: around(webPage, ''), junk: ['FOREIGN'] },
  { rule: 'a web page after a record is junk', bytes: around('', webPage), junk: ['FOREIGN'] },
  { rule: 'a marker of a merge conflict is junk', bytes: around('<<<<<<< HEAD\n', ''), junk: ['FOREIGN'] },
  { rule: 'a stray character before a record is junk', bytes: around('x', ''), junk: ['FOREIGN'] },
  { rule: 'a stray digit before a record is junk', bytes: around('0', ''), junk: ['FOREIGN'] },
  { rule: 'a second record terminator is junk', bytes: around('', '\x1d'), junk: ['FOREIGN'] },

  { rule: 'a length short by a few is mended', bytes: length((n) => digits(n - 3, 5)), repairs: ['LENGTH'] },
  { rule: 'a length long by a few is mended', bytes: length((n) => digits(n + 3, 5)), repairs: ['LENGTH'] },
  { rule: 'a blank length is mended', bytes: length(() => '     '), repairs: ['LENGTH'] },
  { rule: 'a length of zeros is mended', bytes: length(() => '00000'), repairs: ['LENGTH'] },
  { rule: 'a length of letters is mended', bytes: length(() => 'abcde'), repairs: ['LENGTH'] },
  {
    rule: 'a length of 99999 on a small record is mended',
    bytes: length(() => '99999'),
    repairs: ['LENGTH'],
  },
  {
    rule: 'a length of NULs is mended',
    bytes: length(() => '\0\0\0\0\0'),
    repairs: ['LENGTH', 'LEADER_FILLED'],
  },
  {
    rule: 'a length that ends with the next record swallows nothing',
    bytes: length((n) => digits(n * 2, 5)),
    repairs: ['LENGTH'],
  },
  {
    rule: 'a base address that is wrong is mended',
    bytes: leader((text) => `${text.slice(0, 12)}00099${text.slice(17)}`),
    repairs: ['BASE_ADDRESS'],
  },
  {
    rule: 'a base address of zeros is mended',
    bytes: leader((text) => `${text.slice(0, 12)}00000${text.slice(17)}`),
    repairs: ['BASE_ADDRESS'],
  },
  {
    rule: 'a base address of letters is mended',
    bytes: leader((text) => `${text.slice(0, 12)}f0f0f${text.slice(17)}`),
    repairs: ['BASE_ADDRESS'],
  },
  {
    rule: 'a leader that lost a character before 22 is read',
    bytes: leader((text) => text.slice(0, 8) + text.slice(9)),
    repairs: ['LENGTH', 'LEADER_LENGTH'],
  },
  {
    rule: 'a leader that lost a character after the base address is read',
    bytes: leader((text) => text.slice(0, 17) + text.slice(18)),
    becomes: becomesLeader((text) => `${text.slice(0, 17)}a  ${text.slice(20)}`),
    repairs: ['LENGTH', 'LEADER_LENGTH'],
  },
  {
    rule: 'a leader that lost a digit of its length is read',
    bytes: leader((text) => text.slice(1)),
    repairs: ['LENGTH', 'LEADER_LENGTH'],
  },
  {
    rule: 'a leader that gained a character is read',
    bytes: leader((text) => `${text.slice(0, 19)} ${text.slice(19)}`),
    repairs: ['LENGTH', 'LEADER_LENGTH'],
  },
  {
    rule: 'blanks for 22 and 4500 in a leader mean nothing',
    bytes: leader((text) => `${text.slice(0, 10)}  ${text.slice(12, 20)}    `),
  },
  {
    rule: 'NULs in a leader are filled',
    bytes: leader((text) => `${text.slice(0, 18)}\0${text.slice(19, 22)}\0${text.slice(23)}`),
    becomes: becomesLeader((text) => `${text.slice(0, 18)} ${text.slice(19)}`),
    repairs: ['LEADER_FILLED'],
  },
  {
    rule: 'an unknown record type is read',
    bytes: leader((text) => `${text.slice(0, 6)}x${text.slice(7)}`),
    becomes: becomesLeader((text) => `${text.slice(0, 6)}x${text.slice(7)}`),
  },
  {
    rule: 'a leader beyond recognition leaves the fields, and the type as it came',
    bytes: only(
      { encoding: 'utf-8' },
      leader(() => '########################'),
    ),
    becomes: becomesLeader(() => '#########a##############'),
    repairs: ['LENGTH', 'BASE_ADDRESS', 'ENCODING_LABEL'],
  },

  {
    rule: 'a missing record terminator is where the next leader or the end of the file is',
    bytes: pieces(() => ({ end: '' })),
    repairs: ['TERMINATOR_MISSING'],
  },
  {
    rule: 'a line end in place of the record terminator is junk',
    bytes: pieces(() => ({ end: '\r\n' })),
    repairs: ['TERMINATOR_MISSING'],
    junk: ['LINE_ENDS'],
  },
  {
    rule: 'a record without its last two terminators is whole, if the last field is',
    bytes: pieces(({ fields }) => ({ fields: open(fields), end: '' })),
    repairs: ['TERMINATOR_MISSING', 'FIELD_TERMINATOR_MISSING'],
  },
  {
    rule: 'a record without its last field terminator is whole',
    bytes: pieces(({ fields }) => ({ fields: open(fields) })),
    repairs: ['LENGTH', 'FIELD_TERMINATOR_MISSING'],
  },
  {
    rule: 'a record without its last field terminator is whole before junk too',
    bytes: pieces(({ fields }) => ({ fields: open(fields), end: `\x1d${webPage}` })),
    repairs: ['LENGTH', 'FIELD_TERMINATOR_MISSING'],
    junk: ['FOREIGN'],
  },
  {
    rule: 'a blank in place of the last field terminator is no text',
    bytes: pieces(({ fields }) => ({ fields: fields.with(-1, concat(open(fields).at(-1) ?? '', ' ')) })),
    repairs: ['FIELD_TERMINATOR_MISSING'],
  },
  {
    rule: 'two terminators after the last field are one',
    bytes: pieces(({ fields }) => ({ fields: [...fields, concat('\x1e')] })),
    repairs: ['LENGTH', 'TERMINATOR_INSIDE'],
  },
  {
    rule: 'a record that is cut off in its fields is rejected',
    bytes: (sample) => soundBytes(sample).subarray(0, 300),
    rejected: 'TRUNCATED',
  },
  {
    rule: 'a record that is cut off in its last field is rejected',
    bytes: (sample) => soundBytes(sample).subarray(0, -8),
    rejected: 'TRUNCATED',
  },
  {
    rule: 'a record that is cut off in its directory is rejected',
    bytes: (sample) => soundBytes(sample).subarray(0, 60),
    rejected: 'TRUNCATED',
  },
  {
    rule: 'a record that is cut off in its leader is rejected',
    bytes: (sample) => soundBytes(sample).subarray(0, 11),
    rejected: 'TRUNCATED',
  },
  {
    rule: 'a leader without a directory is rejected',
    bytes: pieces(() => ({ entries: [], directoryEnd: '', fields: [] })),
    rejected: 'NO_DIRECTORY',
    repairs: ['LENGTH'],
  },
  {
    rule: 'a record without fields is rejected',
    bytes: () => concat('00026nam a2200025 a 4500\x1e\x1d'),
    rejected: 'NO_FIELDS',
  },
  {
    rule: 'the first characters of a leader and a terminator are rejected',
    bytes: () => concat('00605cam\x1d'),
    rejected: 'NO_DIRECTORY',
    repairs: ['LENGTH'],
  },
]
