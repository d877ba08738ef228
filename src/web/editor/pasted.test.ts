import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linesOfPasted } from './pasted.ts'

test('mnemonic text becomes lines, its names characters and its backslashes blanks', () => {
  const pasted = [
    '=LDR  00000nam\\a2200000\\i\\4500',
    '=008  030101s2003\\\\\\\\enk',
    '=245  10$aCaf{eacute} /$cJane {dollar}.',
    '=500  \\\\$aA note.',
  ]
  assert.deepEqual(linesOfPasted(`${pasted.join('\r\n')}\r\n\r\n`).split('\n'), [
    'LDR 00000nam a2200000 i 4500',
    '008 030101s2003    enk',
    '245 10 ‡a Café / ‡c Jane $.',
    '500 ## ‡a A note.',
  ])
})

test('delimiters of other editors become the one of this one', () => {
  for (const line of [
    '245 10 $a Emma / $c Jane Austen.',
    '245 10 |a Emma / |c Jane Austen.',
    '245 10 |aEmma /|cJane Austen.',
    '245 1 0 ǂa Emma / ǂc Jane Austen.',
    '245 10 ‡a Emma / ‡c Jane Austen.',
  ])
    assert.equal(linesOfPasted(line), '245 10 ‡a Emma / ‡c Jane Austen.', line)
  assert.equal(linesOfPasted('500    |a A note.'), '500 ## ‡a A note.')
  assert.equal(linesOfPasted('500 __ $a A note.'), '500 ## ‡a A note.')
})

test('what is no field is pasted as it is', () => {
  for (const text of ['Emma / Jane Austen', '$23.99', 'half a line\n245 10 $a Emma', '', '\n'])
    assert.equal(linesOfPasted(text), text)
})
