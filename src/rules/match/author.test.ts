import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../../test/record-of.ts'
import { authorsOf, shareAuthor } from './author.ts'

const share = (a: readonly string[], b: readonly string[]) =>
  shareAuthor(authorsOf(recordOf(...a)), authorsOf(recordOf(...b)))

test('a name is the same with and without dates, roles and fuller form, and not with other dates', () => {
  const austen = ['100 1# $a Austen, Jane, $d 1775-1817, $e author.']
  assert.equal(share(austen, ['100 1# $a AUSTEN, JANE $q (Jane)']), true)
  assert.equal(share(austen, ['100 1# $a Austen, Jane, $d b. 1951']), false)
  assert.equal(share(austen, ['100 1# $a Austen, John.']), false)
})

test('a main entry of the one may be an added entry of the other', () => {
  assert.equal(share(['100 1# $a Austen, Jane.'], ['700 1# $a Austen, Jane.']), true)
})

test('a body is the same with all its units only', () => {
  const house = ['110 1# $a United States. $b Congress. $b House, $e issuing body.']
  assert.equal(share(house, ['710 1# $a United States. $b Congress. $b House.']), true)
  assert.equal(share(house, ['110 1# $a United States. $b Congress.']), false)
})

test('a meeting is the same with its number and year only', () => {
  const meeting = ['111 2# $a Austen Symposium $n (2nd : $d 2003 : $c Bath)']
  assert.equal(share(meeting, ['711 2# $a Austen Symposium $n (2nd : $d 2003 : $c Bath)']), true)
  assert.equal(share(meeting, ['111 2# $a Austen Symposium $n (3rd : $d 2005 : $c Bath)']), false)
})

test('the author of another work that a record names is not its own', () => {
  assert.equal(share(['700 1# $a Austen, Jane. $t Emma.'], ['100 1# $a Austen, Jane.']), false)
})

test('a name in another script counts where both have it', () => {
  assert.equal(share(['880 1# $6 100-01/$1 $a 奥斯汀'], ['100 1# $a 奥斯汀']), true)
})
