import fc from 'fast-check'
import type { ControlField, DataField, MarcRecord } from '../src/marc/record.ts'

/** Objects like those that a reader makes. */
const plain = { noNullPrototype: true }

/** Characters that some format has a use for, those that are blank, and any others that a record may hold. */
const character = fc.oneof(
  fc.constantFrom(...'$\\{}=|"\'<>&;#/[],: ', ']]>', '&amp;', '&#65;', '{acute}', '{dollar}'),
  fc.constantFrom(
    '\u00a0',
    '\u0098',
    '\u0085',
    '\u2028',
    '\ufeff',
    '\ufdd0',
    '\ufffd',
    'é',
    'e\u0301',
    '日',
    '😀',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
)

const value = fc.array(character, { maxLength: 12 }).map((all) => all.join('').replace(/[\0-\x1f\x7f]/g, ''))

const printable = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((code) => String.fromCharCode(code))

const tag = fc
  .array(fc.oneof(printable(0x30, 0x39), printable(0x21, 0x7e)), { minLength: 3, maxLength: 3 })
  .map((all) => all.join(''))
  .filter((each) => !each.startsWith('00') && each !== 'LDR')

const controlField: fc.Arbitrary<ControlField> = fc.record(
  {
    tag: fc.constantFrom('001', '003', '005', '006', '007', '008', '009'),
    value,
  },
  plain,
)

const dataField: fc.Arbitrary<DataField> = fc.record(
  {
    tag,
    ind1: printable(0x20, 0x7e),
    ind2: printable(0x20, 0x7e),
    subfields: fc.array(fc.record({ code: printable(0x21, 0x7e), value }, plain), {
      minLength: 1,
      maxLength: 4,
    }),
  },
  plain,
)

const leader = fc
  .array(printable(0x20, 0x7e), { minLength: 24, maxLength: 24 })
  .map((all) => `${all.slice(0, 9).join('')}a${all.slice(10).join('')}`)

/** Any record that a reader may yield: 24 printable characters, and fields of text without control characters. */
export const arbitraryRecord: fc.Arbitrary<MarcRecord> = fc.record(
  {
    leader,
    fields: fc.array(fc.oneof(controlField, dataField), { minLength: 1, maxLength: 8 }),
  },
  plain,
)
