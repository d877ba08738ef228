import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bookLeader, recordOf } from '../../test/record-of.ts'
import { briefLevel, briefRule } from './brief-level.ts'

const full = [
  '050 00 $a PR4034',
  '245 10 $a Emma.',
  '260 ## $a London',
  '300 ## $a 300 p.',
  '650 #0 $a Women.',
]
const levelOf = (encoding: string, ...lines: string[]) =>
  briefLevel(recordOf(`LDR ${bookLeader.slice(0, 17)}${encoding}${bookLeader.slice(18)}`, ...lines))

test('a full record has the level of its encoding level', () => {
  assert.deepEqual(
    [...' IL1 4KM 27 8 3 5uz J'].filter((c) => c !== ' ').map((encoding) => levelOf(encoding, ...full)),
    [9, 9, 8, 7, 6, 6, 5, 5, 4, 3, 2, 2, 2, 1],
  )
  assert.equal(levelOf(' ', ...full), 10)
})

test('content lowers what the encoding level claims', () => {
  assert.equal(levelOf(' ', '100 1# $a Austen'), 1)
  assert.equal(levelOf(' ', '245 10 $a Emma.', '980 ## $a 12.50'), 2)
  assert.equal(levelOf(' ', '245 10 $a Emma.', '260 ## $a London'), 3)
  assert.equal(levelOf(' ', '245 10 $a Emma.', '260 ## $a London', '650 #0 $a Women.'), 6)
})

test('content never raises it', () => {
  assert.equal(levelOf('5', ...full, '500 ## $a Note.'), 2)
})

test('the rule that decided can be named, and other rules can be given', () => {
  assert.equal(briefRule(recordOf('245 10 $a Emma.'))?.name, 'neither publication nor extent')
  assert.equal(briefLevel(recordOf('245 10 $a Emma.'), [{ level: 4, name: 'x', when: { field: '245' } }]), 4)
  assert.equal(briefLevel(recordOf('245 10 $a Emma.'), []), 10)
})
