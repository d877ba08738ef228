import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shippedExceptionLines } from '../../rules/validation/exceptions.ts'
import { readText } from './field-line.ts'
import { findingsOf } from './findings.ts'
import { missingLine } from './held-lines.ts'

const exceptions = { lines: shippedExceptionLines('editor') ?? [], inline: {}, leavesOutEmpty: true }

const found = (...lines: readonly string[]) =>
  findingsOf(readText(lines.join('\n')), exceptions).map(
    ({ line, severity, code }) => `${line ?? 'record'} ${severity} ${code}`,
  )

const head = [
  'LDR 00000nam a2200000 i 4500',
  '008 030101s2003    enka          000 1 eng d',
  '040 ## ‡a DLC ‡b eng ‡c DLC',
]
const rest = ['264 #1 ‡a London : ‡b Penguin, ‡c 2003.', '300 ## ‡a 1 volume']

test('a finding stands at the line of its field, blank lines and faults before it or not', () => {
  assert.deepEqual(found(...head, '245 00 ‡a Emma.', ...rest), [])
  assert.deepEqual(found(...head, '', '24', '020 ## ‡a 0141439514', '245 00 ‡a Emma.', ...rest), [
    '5 error no-tag',
    '6 warning ISBN_INVALID',
  ])
})

test('what is missing stands at no line, and what is wrong with the leader at its own', () => {
  assert.deepEqual(found(...head, ...rest), ['record error TITLE_MISSING'])
  assert.deepEqual(found('LDR 00000xam a2200000 i 4500', ...head.slice(1), '245 00 ‡a Emma.', ...rest), [
    '1 error LEADER_STATUS',
  ])
  assert.deepEqual(found('LDR 00000nam', ...head.slice(1), '245 00 ‡a Emma.', ...rest), [
    '1 error leader-length',
  ])
})

test('exceptions of the zone decide how bad a finding is, and whether it is told', () => {
  const text = readText([...head, '245 00 ‡a Emma.', ...rest, '020 ## ‡a 0141439514'].join('\n'))
  const severities = (severity: 'error' | 'off') =>
    findingsOf(text, { lines: [], inline: { ISBN_INVALID: severity }, leavesOutEmpty: true }).map(
      (finding) => finding.severity,
    )
  assert.deepEqual(severities('error'), ['error'])
  assert.deepEqual(severities('off'), [])
})

test('nothing is found in empty subfields where they are left out at saving, and later fields keep their lines', () => {
  const lines = [...head, '245 00 ‡a Emma. ‡b ', ...rest, '500 ## ‡a ', '020 ## ‡a 0141439514']
  assert.deepEqual(found(...lines), ['8 warning ISBN_INVALID'])
  const kept = findingsOf(readText(lines.join('\n')), { ...exceptions, leavesOutEmpty: false })
  assert.deepEqual(
    kept.map(({ line, code }) => [line, code]),
    [
      [4, 'SUBFIELD_EMPTY'],
      [7, 'SUBFIELD_EMPTY'],
      [8, 'ISBN_INVALID'],
    ],
  )
})

test('a held line is missed where it stands less often than it is held', () => {
  const held = new Map([['001 1', 2]])
  assert.equal(missingLine(['001 1', '245', '001 1'], held), null)
  assert.equal(missingLine(['001 1', '001 2'], held), '001 1')
})
