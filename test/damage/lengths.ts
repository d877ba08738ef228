import { unpackField } from '../../src/marc/packed.ts'
import type { MarcRecord } from '../../src/marc/record.ts'
import { type RawField, type RawRecord, digits, latin1, rawBytes } from '../raw-record.ts'
import { type Damage, type Sample, only, place, raw, rawFields } from './sample.ts'

/* Lengths that are counted in another measure, or that are too large for their places. */

/** Directory and length anew, with the lengths as a system says them that counts or writes them differently. */
function said(
  record: RawRecord,
  lengthOf: (field: Uint8Array) => number,
  say: (n: number, width: number) => string,
) {
  let start = 0
  const entries = record.entries.map((each, at) => {
    const length = lengthOf(record.fields[at] as Uint8Array)
    const whole = each.slice(0, 3) + say(length, 4) + say(start, 5)
    start += length
    return whole
  })
  const total = say(25 + entries.length * 12 + start + 1, 5)
  return rawBytes({ ...record, leader: total + record.leader.slice(5), entries })
}

const modulo = (value: number, width: number) => digits(value % 10 ** width, width)
const bytesIn = ({ length }: Uint8Array) => length
const charactersIn = (bytes: Uint8Array) => [...new TextDecoder().decode(bytes)].length

const notes = (count: number, size: number) =>
  Array.from({ length: count }, (_, at) => `0 \x1fa${at}${'x'.repeat(size)}`)

const withNotes = (count: number, size: number) => (sample: Sample) =>
  raw(
    sample,
    rawFields(sample).toSpliced(6, 0, ...notes(count, size).map((note): RawField => ['505', latin1(note)])),
  )

const becomesNoted =
  (count: number, size: number) =>
  (record: MarcRecord): MarcRecord => ({
    ...record,
    fields: record.fields.toSpliced(6, 0, ...notes(count, size).map((note) => unpackField(`505${note}`))),
  })

export const lengthDamages: readonly Damage[] = [
  {
    rule: 'lengths counted in characters are mended',
    bytes: only({ encoding: 'utf-8' }, (sample) => said(raw(sample), charactersIn, digits)),
    repairs: ['LENGTH', 'LENGTH_IN_CHARACTERS'],
  },
  {
    rule: 'a record above 99,999 bytes with nines for its numbers is whole',
    bytes: (sample) => said(withNotes(12, 9000)(sample), bytesIn, digits),
    becomes: becomesNoted(12, 9000),
    repairs: ['OVERSIZE'],
  },
  {
    rule: 'a record above 99,999 bytes with the rest of its numbers by 100,000 is whole',
    bytes: (sample) => said(withNotes(12, 9000)(sample), bytesIn, modulo),
    becomes: becomesNoted(12, 9000),
    repairs: ['OVERSIZE'],
  },
  {
    rule: 'a field above 9,999 bytes with nines for its length is whole',
    bytes: (sample) => said(withNotes(1, 12_000)(sample), bytesIn, digits),
    becomes: becomesNoted(1, 12_000),
    repairs: ['OVERSIZE'],
  },
  {
    rule: 'a field above 9,999 bytes with the rest of its length by 10,000 is whole',
    bytes: (sample) => said(withNotes(1, 12_000)(sample), bytesIn, modulo),
    becomes: becomesNoted(1, 12_000),
    repairs: ['OVERSIZE'],
  },
  {
    rule: 'a field above 9,999 bytes is whole where the offsets count 9,999 for it',
    bytes: (sample) => said(withNotes(1, 12_000)(sample), ({ length }) => Math.min(length, 9999), digits),
    becomes: becomesNoted(1, 12_000),
    repairs: ['LENGTH', 'OVERSIZE'],
  },
  {
    rule: 'a field above 9,999 bytes is whole where its entry has five digits for the length',
    bytes: (sample) => {
      const record = withNotes(1, 12_000)(sample)
      const at = place(record, '505')
      const own = record.entries[at] ?? ''
      const length = String((record.fields[at] as Uint8Array).length)
      return rawBytes({ ...record, entries: record.entries.with(at, `505${length}${own.slice(7)}`) })
    },
    becomes: becomesNoted(1, 12_000),
    repairs: ['LENGTH', 'BASE_ADDRESS', 'OVERSIZE'],
  },
]
