import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mergeRuleOfLines } from '../../../test/merge-rule-of.ts'
import { recordOf } from '../../../test/record-of.ts'
import { formatField } from '../field-text.ts'
import { merge } from './merge.ts'
import { defaultProtect } from './protect.ts'

const merged = (existing: readonly string[], incoming: readonly string[], ...lines: readonly string[]) =>
  merge(recordOf(...existing), recordOf(...incoming), mergeRuleOfLines(...lines), {
    ...defaultProtect,
    members: ['OWN'],
  }).record.fields.map(formatField)

test('a line reaches what a tag alone protects where it names that tag, and by no pattern', () => {
  assert.deepEqual(merged(['590 ## $a ours'], [], 'remove MARC."590"'), [])
  for (const line of ['remove MARC."59"X', 'remove MARC."5"XX', 'remove MARC."X"XX'])
    assert.deepEqual(merged(['590 ## $a ours'], [], line), ['590 ## $a ours'], line)
})

test('no line takes a field that is marked as somebody’s own, nor another system’s number', () => {
  const existing = ['035 ## $a (GOBI)1', '500 ## $a x $5 OWN', '650 #0 $a y $9 LOCAL']
  assert.deepEqual(
    merged(existing, [], 'remove MARC."035|500|650"', 'remove MARC."500" if exists subfield "5"'),
    existing,
  )
})

test('incoming local fields come by a pattern that is no wider than that of the list', () => {
  const incoming = ['590 ## $a note', '690 ## $a subject', '945 ## $a shelf']
  assert.deepEqual(merged([], incoming, 'add MARC."69"X', 'add MARC."9"XX', 'add MARC."590"'), incoming)
  assert.deepEqual(merged([], incoming, 'add MARC."5"XX', 'add MARC."6"XX', 'add MARC."X"XX'), [])
})

test('incoming fields marked as somebody’s own come by a line that asks for the mark', () => {
  const incoming = ['246 3# $a A $5 OWN', '500 ## $a B $9 LOCAL']
  assert.deepEqual(merged([], incoming, 'add MARC."246"', 'add MARC."500"'), [])
  assert.deepEqual(
    merged(
      [],
      incoming,
      'add MARC."246" when MARC."246"."5" has any value',
      'add MARC."500" if exists subfield "9"',
    ),
    incoming,
  )
})

test('a line that names 880 reaches those fields by what they are, another by what they stand for', () => {
  const existing = ['880 10 $6 245-01 $a А', '880 ## $6 590-02 $a Б', '880 ## $a В']
  assert.deepEqual(merged(existing, [], 'remove MARC."880"'), ['880 ## $6 590-02 $a Б'])
  assert.deepEqual(merged(existing, [], 'remove MARC."8"XX'), existing.slice(0, 2))
  assert.deepEqual(merged(existing, [], 'remove MARC."245"'), existing.slice(1))
  assert.deepEqual(merged(existing, [], 'remove MARC."X"XX excluding "880"'), existing)
  assert.deepEqual(merged([], existing.slice(0, 1), 'add MARC."88"X'), existing.slice(0, 1))
  assert.deepEqual(
    merged(existing, [], 'remove MARC."880" when MARC."880"."a" contains "А"'),
    existing.slice(1),
  )
})

test('excluding takes tags, fields with indicators, indicators and values out of what a line means', () => {
  const existing = ['035 99 $a (OCoLC)1', '035 ## $a (OCoLC)2', '650 #0 $a a', '650 #7 $a b']
  assert.deepEqual(merged(existing, [], 'remove MARC."035" excluding MARC."035"("9","9")'), [
    existing[0],
    ...existing.slice(2),
  ])
  assert.deepEqual(merged(existing, [], 'remove MARC."650" excluding second indicator "7"'), [
    existing[0],
    existing[1],
    existing[3],
  ])
  assert.deepEqual(merged(existing, [], 'remove MARC."X"XX excluding "035"'), existing.slice(0, 2))
  assert.deepEqual(merged(existing, [], 'remove MARC."650" excluding subfield ("a","b")'), [
    existing[0],
    existing[1],
    existing[3],
  ])
})
