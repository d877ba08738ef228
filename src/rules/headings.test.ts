import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../test/record-of.ts'
import { headings, sortForm } from './headings.ts'

const headingsOf = (...lines: string[]) =>
  headings(recordOf(...lines)).map(({ kind, form, sortForm: filed, tag }) => [kind, form, filed, tag])

test('names, subjects, genres, titles and series are headings, each with its filing form', () => {
  assert.deepEqual(
    headingsOf(
      '100 1# $a Austen, Jane, $d 1775-1817, $e author.',
      '245 10 $a Emma.',
      '650 #0 $a Young women $z England $v Fiction.',
      '655 #7 $a Novels. $2 lcgft',
      '730 4# $a The Times (London)',
      '830 #0 $a Penguin classics ; $v 12.',
    ),
    [
      ['name', 'Austen, Jane, 1775-1817', 'austen jane 1775 1817', '100'],
      ['subject', 'Young women--England--Fiction', 'young women -- england -- fiction', '650'],
      ['genre', 'Novels', 'novels', '655'],
      ['title', 'The Times (London)', 'times london', '730'],
      ['series', 'Penguin classics', 'penguin classics', '830'],
    ],
  )
})

test('a 7XX that names a work gives the name and the work', () => {
  assert.deepEqual(headingsOf('700 12 $i Contains: $a Austen, Jane. $t Emma.'), [
    ['name', 'Austen, Jane', 'austen jane', '700'],
    ['title', 'Austen, Jane. Emma', 'austen jane emma', '700'],
  ])
})

test('one heading under two thesauri, or with another full stop, is one row', () => {
  assert.equal(headingsOf('650 #0 $a Women.', '650 #2 $a Women', '650 #7 $a WOMEN $2 fast').length, 1)
})

test('an 880 counts as its partner', () => {
  assert.deepEqual(headingsOf('880 1# $6 100-01/$1 $a 奥斯汀, $d 1775-1817.'), [
    ['name', '奥斯汀, 1775-1817', '奥斯汀 1775 1817', '100'],
  ])
})

test('initials and abbreviations keep their full stop', () => {
  assert.deepEqual(
    headingsOf('100 1# $a Tolkien, J. R. R.', '710 2# $a Penguin Co.').map(([, form]) => form),
    ['Tolkien, J. R. R.', 'Penguin Co.'],
  )
})

test('a heading files before its subdivisions, and those before longer words', () => {
  const filed = ['Art', 'Art--History', 'Art academies', 'Artists'].map(sortForm)
  assert.deepEqual([...filed].sort(), filed)
  assert.equal(sortForm('Art -- history.'), sortForm('Art--History'))
  assert.equal(sortForm('x'.repeat(400)).length, 250)
})

test('fields without text make no heading', () => {
  assert.deepEqual(headingsOf('650 #0 $2 fast', '100 1# $a ...'), [])
})
