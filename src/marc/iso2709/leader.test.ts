import assert from 'node:assert/strict'
import { test } from 'node:test'
import { latin1 } from '../../../test/raw-record.ts'
import { isStrictLeader, looksLikeLeader, looksLikeShiftedLeader, mendLeader } from './leader.ts'

const whole = '00714cam a2200205 a 4500'

test('three of five things make bytes look like a leader', () => {
  for (const text of [
    whole,
    '     cam a2200205 a 4500',
    '00714cam a  00205 a     ',
    '#####cam a22##### a 4500',
    '00714### a2200205 a 45##',
  ])
    assert.ok(looksLikeLeader(latin1(text), 0), text)
  for (const text of ['#####cam a22##### a     ', '10 a title in 22 volumes.', whole.slice(0, 23)])
    assert.ok(!looksLikeLeader(latin1(text), 0), text)
})

test('a leader that lost or gained a character is told from the byte before a sound one', () => {
  for (const text of [
    `${whole.slice(0, 8)}${whole.slice(9)}00`,
    `${whole.slice(0, 18)}${whole.slice(19)}00`,
    `${whole.slice(0, 9)} ${whole.slice(9)}`,
  ])
    assert.ok(looksLikeShiftedLeader(latin1(text), 0), text)
  assert.ok(!looksLikeShiftedLeader(latin1(`x${whole}`), 0))
})

test('only a leader with all that MARC 21 fixes may cut a record in two', () => {
  assert.ok(isStrictLeader(latin1(whole), 0))
  for (const text of [
    '00714cam a2200206 a 4500',
    '00020cam a2200205 a 4500',
    '00714cam a  00205 a 4500',
    '00714cam a2200205 a     ',
    '007a4cam a2200205 a 4500',
    '007141am a2200205 a 4500',
  ])
    assert.ok(!isStrictLeader(latin1(text), 0), text)
})

test('a leader is mended where what has a fixed place shows the change', () => {
  const mended = new Map([
    ['0714cam a2200205 a 4500', whole],
    ['00714cama2200205 a 4500', whole],
    ['00714cam a2200205a 4500', '00714cam a2200205a  4500'],
    ['00714cam a2200205 a 450', '00714cam a2200205 a 4500'],
    ['000714cam a2200205 a 4500', whole],
    ['00714cam a 2200205 a 4500', whole],
    ['00714cam a2200205 a  4500', whole],
    ['00714cam\0a\0\x0000205 a 45\0\0', whole],
  ])
  for (const [leader, expected] of mended) assert.equal(mendLeader(leader), expected, leader)
})
