import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { arbitraryRecord } from '../../../test/arbitrary-record.ts'
import { polyglot } from '../../../test/polyglot.ts'
import type { DataField, MarcRecord } from '../../marc/record.ts'
import { fieldOfLine, lineOfField, readLine, readText, textOfRecord } from './field-line.ts'

const leader = '00000nam a2200000 i 4500'
const withFields = (...fields: MarcRecord['fields']): MarcRecord => ({ leader, fields })
const note = (value: string): DataField => ({
  tag: '500',
  ind1: ' ',
  ind2: ' ',
  subfields: [{ code: 'a', value }],
})

test('a field is a line as cataloguers read it, and the line is the field again', () => {
  const field = {
    tag: '245',
    ind1: '1',
    ind2: ' ',
    subfields: [
      { code: 'a', value: 'Emma /' },
      { code: 'c', value: 'Jane Austen.' },
    ],
  }
  assert.equal(lineOfField(field), '245 1# ‡a Emma / ‡c Jane Austen.')
  assert.deepEqual(fieldOfLine('245 1# ‡a Emma / ‡c Jane Austen.'), field)
  assert.deepEqual(fieldOfLine('245 1#‡aEmma /‡cJane Austen.'), field)
})

test('whatever a record holds comes back out of its text', () => {
  fc.assert(
    fc.property(arbitraryRecord, (record) => {
      const plain = (text: string) => !/[#‡]/.test(text)
      fc.pre(record.fields.every((field) => !('subfields' in field) || plain(field.ind1 + field.ind2)))
      const { record: again, faults } = readText(textOfRecord(record))
      assert.deepEqual(faults, [])
      assert.deepEqual(again, record)
    }),
  )
})

test('delimiters, line ends, braces and blanks in a value come back as they were', () => {
  for (const value of [
    'a‡b',
    'one\r\ntwo',
    '{LF}',
    '{{Dagger}',
    '{‡}',
    '{lcub}lcub}',
    ' lead',
    'tail ',
    '',
    ' ',
    '$5 {x}',
  ])
    for (const fields of [[note(value)], [note(value), note(value)]])
      assert.deepEqual(
        readText(textOfRecord(withFields(...fields))).record.fields,
        fields,
        JSON.stringify(value),
      )
  const two = {
    ...note('x '),
    subfields: [...note('x ').subfields, { code: 'b', value: '' }, { code: 'c', value: ' y' }],
  }
  assert.deepEqual(readText(textOfRecord(withFields(two))).record.fields, [two])
})

test('a record in which every part means harm comes back as it was', () => {
  const { record, faults } = readText(textOfRecord(polyglot))
  assert.deepEqual(faults, [])
  assert.deepEqual(record, polyglot)
})

test('a line that is no field says at which place it is none', () => {
  const at = (line: string) => {
    const read = readLine(line)
    return read.is === 'fault' ? [read.fault, read.at] : read.is
  }
  assert.deepEqual(at('24'), ['no-tag', 0])
  assert.deepEqual(at('2450 10 ‡a Emma'), ['no-tag', 0])
  assert.deepEqual(at('245'), ['no-indicators', 3])
  assert.deepEqual(at('245 ‡a Emma'), ['no-indicators', 4])
  assert.deepEqual(at('245 100 ‡a Emma'), ['no-indicators', 6])
  assert.deepEqual(at('245 10 Emma'), ['no-delimiter', 7])
  assert.deepEqual(at('245 10 ‡a Emma ‡'), ['no-code', 15])
  assert.deepEqual(at('245 10 ‡ a Emma'), ['no-code', 7])
  assert.equal(at('   '), 'blank')
  assert.equal(at('245 10'), 'data')
  assert.equal(at('008'), 'control')
})

test('fields know their lines, blank lines are no fields, and a second leader is a fault', () => {
  const read = readText(`LDR ${leader}\n\n001 1\n500 ## ‡a one\nbroken\nLDR ${leader}`)
  assert.deepEqual(read.lines, [3, 4])
  assert.equal(read.leaderLine, 1)
  assert.deepEqual(
    read.faults.map(({ line, fault }) => [line, fault]),
    [
      [5, 'no-tag'],
      [6, 'second-leader'],
    ],
  )
  assert.deepEqual(
    readText('500 ## ‡a one').faults.map(({ fault }) => fault),
    ['leader-length'],
  )
})
