import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Field, MarcRecord } from '../marc/record.ts'
import { formatField, parseField } from './field-text.ts'
import { splitLocal } from './local-fields.ts'
import { defaultProtect } from './merge/protect.ts'

const leader = '00000nam a2200000 i 4500'
const fields = (...lines: string[]): Field[] => lines.map((line) => parseField(line) as Field)
const recordOf = (...lines: string[]): MarcRecord => ({ leader, fields: fields(...lines) })

const shared = recordOf('001 991', '245 10 $a Emma.', '650 #0 $a Love.', '590 ## $a The network’s.')
const split = (written: MarcRecord, before: Field[] = []) => {
  const { local, changed } = splitLocal(written, shared, before, defaultProtect)
  return { local: local.map(formatField), changed }
}

test('fields that equal the shared ones are shared, and what is marked or listed as local is local', () => {
  const written = recordOf(
    '001 992',
    '245 10 $a Emma.',
    '650 #0 $a Love.',
    '590 ## $a The network’s.',
    '590 ## $a Ours.',
    '500 ## $a Ours too. $9 local',
  )
  assert.deepEqual(split(written), {
    local: ['590 ## $a Ours.', '500 ## $a Ours too. $9 local'],
    changed: [],
  })
})

test('what was local before stays local without a mark', () => {
  const before = fields('500 ## $a Unmarked.')
  const written = { ...shared, fields: [...shared.fields, ...before] }
  assert.deepEqual(split(written, before), { local: ['500 ## $a Unmarked.'], changed: [] })
  assert.deepEqual(split(written).changed, ['500'])
})

test('a shared field that is changed, added or left out is named, and so is the leader', () => {
  assert.deepEqual(
    split(recordOf('245 10 $a Persuasion.', '650 #0 $a Love.', '590 ## $a The network’s.')).changed,
    ['245'],
  )
  assert.deepEqual(split(recordOf('245 10 $a Emma.', '590 ## $a The network’s.')).changed, ['650'])
  assert.deepEqual(split({ ...shared, leader: '00000nas a2200000 i 4500' }).changed, ['LDR'])
})

test('a second copy of a shared field is a change of the shared fields', () => {
  const written = { ...shared, fields: [...shared.fields, ...fields('650 #0 $a Love.')] }
  assert.deepEqual(split(written).changed, ['650'])
})

test('local fields that stand alone are the whole of what was sent', () => {
  assert.deepEqual(split(recordOf('590 ## $a Ours.')), { local: ['590 ## $a Ours.'], changed: [] })
})
