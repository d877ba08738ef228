import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type RawRecord, latin1, rawBytes, rawRecord } from '../../../test/raw-record.ts'
import { readDirectory } from './directory.ts'

const record = rawRecord([
  ['001', latin1('ocm1')],
  ['245', latin1('10\x1faEmma')],
  ['650', latin1(' 0\x1faFiction')],
])

const entries = [
  { tag: '001', length: 5, start: 0 },
  { tag: '245', length: 9, start: 5 },
  { tag: '650', length: 12, start: 14 },
]

/** The record without its last terminator, as `divide` has it. */
const read = (change: Partial<RawRecord> = {}) =>
  readDirectory(rawBytes({ ...record, ...change, end: '' }), 10)

const withEntry = (at: number, entry: string) => ({ entries: record.entries.with(at, entry) })

test('a directory is twelve characters a field, between the leader and the first field terminator', () => {
  assert.deepEqual(read(), { leaderLength: 24, base: 61, entries })
})

test('numbers that are damaged are said to be so', () => {
  const found = read(withEntry(1, '2450x0900005'))
  assert.ok('entries' in found)
  assert.deepEqual(found.entries[1], { tag: '245', length: -1, start: 5 })
})

test('entries that fit their fields one place off belong to a leader of 23 or 25 characters', () => {
  const leader = record.leader
  assert.deepEqual(read({ leader: leader.slice(1) }), { leaderLength: 23, base: 60, entries })
  assert.deepEqual(read({ leader: `${leader} ` }), { leaderLength: 25, base: 62, entries })
})

test('an entry that lost or gained a digit has those of its field', () => {
  for (const [at, entry] of [
    [0, '00100050000'],
    [1, '24500090005'],
    [1, '2450009100005'],
    [2, '65000120001'],
    [2, '6500012000141'],
  ] as const) {
    const found = read(withEntry(at, entry))
    assert.ok('entries' in found, entry)
    assert.deepEqual(found.entries, entries)
    assert.equal(found.mended?.before, entry)
    assert.equal(found.mended.after, record.entries[at])
  }
})

test('a tag that lost or gained a character is not guessed', () => {
  for (const entry of ['45000900005', '2245000900005']) {
    const found = read(withEntry(1, entry))
    assert.equal('code' in found && found.code, 'NO_DIRECTORY', entry)
  }
})

test('what is no directory says why', () => {
  const reasons = new Map([
    [rawBytes({ ...record, entries: ['24500'.repeat(4)] }), /not twelve characters each/],
    [latin1(record.leader), /no field terminator/],
  ])
  for (const [bytes, reason] of reasons) {
    const found = readDirectory(bytes, 10)
    assert.ok('code' in found)
    assert.equal(found.code, 'NO_DIRECTORY')
    assert.match(found.message, reason)
  }
  const found = readDirectory(latin1(`${record.leader}\x1e`), 10)
  assert.equal('code' in found && found.code, 'NO_FIELDS')
})

test('a directory beyond the limit of fields is not read', () => {
  const found = readDirectory(rawBytes(record), 2)
  assert.equal('code' in found && found.code, 'TOO_MANY_FIELDS')
})
