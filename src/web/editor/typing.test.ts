import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readLine } from './field-line.ts'
import { skeletonOf } from './skeleton.ts'
import { deleted, type Typed, typed } from './typing.ts'

const today = new Date(2026, 10, 26)

/** The line after a change, the caret as `|`. */
function after(text: string, change: Typed | null): string | null {
  if (change === null) return null
  const line = text.slice(0, change.from) + change.insert + text.slice(change.to)
  return `${line.slice(0, change.caret)}|${line.slice(change.caret)}`
}

/** Types a character where the caret is. */
function type(shown: string, character: string): string | null {
  const at = shown.indexOf('|')
  const text = shown.replace('|', '')
  return after(text, typed(text, at, at, character, today))
}

test('the third character of a tag brings the rest of the field', () => {
  assert.equal(type('50|', '0'), '500 ## ‡a |')
  assert.equal(type('24|', '5'), '245 00 ‡a |')
  assert.equal(type('78|', '0'), '780 00 ‡a |')
  assert.equal(type('10|', '0'), '100 0# ‡a |')
  assert.equal(type('24|5 10 ‡a Emma', '5'), null)
})

test('a new 006, 007 and 008 is as long as it has to be', () => {
  assert.equal(skeletonOf('008', today).length, 1 + 40)
  assert.equal(skeletonOf('006', today).length, 1 + 18)
  assert.equal(readLine(`008${skeletonOf('008', today)}`).is, 'control')
})

test('a character takes the place of an indicator, and a blank is written as #', () => {
  assert.equal(type('245 |10 ‡a Emma', '0'), '245 0|0 ‡a Emma')
  assert.equal(type('245 1|0 ‡a Emma', ' '), '245 1#| ‡a Emma')
  assert.equal(after('245 10 ‡a Emma', typed('245 10 ‡a Emma', 4, 5, ' ', today)), '245 #|0 ‡a Emma')
})

test('a character takes the place of a coded one, and a value of text is written into', () => {
  assert.equal(type('LDR 00000|nam', 'c'), 'LDR 00000c|am')
  assert.equal(type('LDR 00000nam|', ' '), null)
  assert.equal(type('245 10 ‡a E|ma', 'm'), null)
})

test('two dollar signs are a delimiter, and a code brings the blank after it', () => {
  assert.equal(type('245 10 ‡a Emma $|', '$'), '245 10 ‡a Emma ‡|')
  assert.equal(type('245 10 ‡a Emma$|', '$'), '245 10 ‡a Emma ‡|')
  assert.equal(type('245 10 ‡a Emma ‡|', 'b'), '245 10 ‡a Emma ‡b |')
  assert.equal(type('245 10 ‡a Emma ‡b |', ' '), '245 10 ‡a Emma ‡b |')
  assert.equal(type('020 ## ‡c |', '$'), null)
})

test('what is deleted in a coded field leaves a blank, but at its end', () => {
  const remove = (shown: string, way: 'before' | 'after') => {
    const at = shown.indexOf('|')
    const text = shown.replace('|', '')
    return after(text, deleted(text, at, way))
  }
  assert.equal(remove('LDR 00000n|am', 'before'), 'LDR 00000| am')
  assert.equal(remove('LDR 00000n|am', 'after'), 'LDR 00000n| m')
  assert.equal(remove('LDR 00000nam|', 'before'), null)
  assert.equal(remove('LDR |00000nam', 'before'), null)
  assert.equal(remove('500 ## ‡a No|te', 'before'), null)
})
