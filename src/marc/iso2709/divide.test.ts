import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type RawRecord, concat, latin1, rawBytes, rawRecord } from '../../../test/raw-record.ts'
import { divide } from './divide.ts'

const contents: readonly (readonly [tag: string, text: string])[] = [
  ['001', 'ocm1'],
  ['100', '1 \x1faAusten'],
  ['245', '10\x1faEmma'],
  ['650', ' 0\x1faFiction'],
]
const record = rawRecord(contents.map(([tag, text]) => [tag, latin1(text)]))

/** Fields as tag and content, in the order of their tags, and the codes of the repairs; or why there are none. */
function fieldsOf(change: Partial<RawRecord>) {
  const divided = divide(rawBytes({ ...record, ...change }), 10)
  if ('code' in divided) return divided.code
  const fields = divided.fields.toSorted((one, other) => Number(one.tag) - Number(other.tag))
  const texts = fields.map(({ tag, bytes }) => [tag, Buffer.from(bytes).toString('latin1')])
  return [texts, divided.repairs.map(({ code }) => code).join(' ')]
}

const [number, name, title, subject] = record.entries as [string, string, string, string]

test('a directory that tiles the data is taken at its word, in its own order', () => {
  const divided = divide(rawBytes({ ...record, entries: [title, subject, number, name] }), 10)
  assert.ok('fields' in divided)
  assert.deepEqual(
    divided.fields.map(({ tag }) => tag),
    ['245', '650', '001', '100'],
  )
  assert.deepEqual(divided.repairs, [])
})

test('an entry has the field that starts where it says, though its length be wrong', () => {
  assert.deepEqual(fieldsOf({ entries: [number, `1000099${name.slice(7)}`, title, subject] }), [
    contents,
    'DIRECTORY',
  ])
})

test('the entry that points nowhere has the field that no other has', () => {
  assert.deepEqual(fieldsOf({ entries: [subject, `${title.slice(0, 7)}00099`, number, name] }), [
    contents,
    'DIRECTORY',
  ])
})

test('entries that point to no field at all are paired in order', () => {
  const entries = [number, name, title, subject].map((entry) => `${entry.slice(0, 3)}000099999`)
  assert.deepEqual(fieldsOf({ entries }), [contents, 'DIRECTORY'])
})

test('two fields that ran together are parted where the directory puts the second', () => {
  const [first = '', second = '', ...rest] = record.fields
  const gone = concat(first.slice(0, -1))
  assert.deepEqual(fieldsOf({ fields: [gone, second, ...rest] as Uint8Array[] }), [
    contents,
    'FIELD_TERMINATOR_MISSING',
  ])
  const other = concat(gone, '|')
  assert.deepEqual(fieldsOf({ fields: [other, second, ...rest] as Uint8Array[] }), [
    contents,
    'FIELD_TERMINATOR_MISSING',
  ])
})

test('a terminator more than there are fields belongs to the field that the directory says', () => {
  const fields = record.fields.with(2, latin1('10\x1faEm\x1ema\x1e'))
  assert.deepEqual(fieldsOf({ fields }), [contents.with(2, ['245', '10\x1faEm\x1ema']), 'DIRECTORY'])
})

test('fields that no entry lists, and entries without a field, are no guess', () => {
  assert.equal(fieldsOf({ entries: [number, title, subject] }), 'NO_DIRECTORY')
  assert.equal(fieldsOf({ fields: record.fields.slice(1) }), 'NO_DIRECTORY')
  assert.equal(fieldsOf({ fields: [] }), 'NO_DIRECTORY')
})

test('line ends after terminators are taken out only where the lengths disagree by them', () => {
  const fields = record.fields.map((field) => concat(field, '\r\n'))
  assert.deepEqual(fieldsOf({ fields, directoryEnd: '\x1e\r\n' }), [contents, 'LINE_ENDS_INSIDE'])
  const sound = rawRecord([['245', latin1('\n0\x1faEmma')]])
  assert.deepEqual(fieldsOf(sound), [[['245', '\n0\x1faEmma']], ''])
})

test('more terminators than any directory lists are looked at no further than need be', () => {
  assert.equal(fieldsOf({ fields: [new Uint8Array(1 << 20).fill(0x1e)] }), 'NO_DIRECTORY')
})
