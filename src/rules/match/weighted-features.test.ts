import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../../test/record-of.ts'
import { matchFeatures } from './match-features.ts'
import { agreementIn, type WeightedFeature } from './weighted-features.ts'

const agree = (feature: WeightedFeature, a: string | readonly string[], b: string | readonly string[]) =>
  agreementIn[feature](matchFeatures(recordOf(...[a].flat())), matchFeatures(recordOf(...[b].flat())))

test('what one record does not say is neither for nor against', () => {
  const bare = matchFeatures(recordOf())
  const full = matchFeatures(
    recordOf('020 ## $a 0141439513', '100 1# $a Austen, Jane', '245 10 $a Emma', '250 ## $a 2nd ed.'),
  )
  for (const feature of ['isbn', 'oclc', 'title', 'year', 'publisher', 'extent', 'language'] as const)
    assert.equal(agreementIn[feature](bare, full), null, feature)
  assert.equal(agreementIn.author(bare, full), null)
})

test('a number counts by whether it is the record’s own', () => {
  assert.equal(agree('oclc', '035 ## $a (OCoLC)1', '035 ## $a (OCoLC)1'), 1)
  assert.equal(agree('oclc', '035 ## $a (OCoLC)1', '035 ## $z (OCoLC)1'), 0.8)
  assert.equal(agree('oclc', '035 ## $a (OCoLC)1', '035 ## $a (OCoLC)2'), -1)
  assert.equal(agree('lccn', '010 ## $a    95034518', '010 ## $z    95034518'), 0.4)
})

test('an ISBN of a set, or of print on one and electronic on the other, says less', () => {
  const isbn = (a: string, b: string) => agree('isbn', `020 ## $a ${a}`, `020 ## $a ${b}`)
  assert.equal(isbn('0141439513 (pbk.)', '9780141439518'), 1)
  assert.equal(isbn('0141439513 (set)', '9780141439518'), 0.4)
  assert.equal(isbn('0141439513 (pbk.)', '9780141439518 (electronic book)'), 0.4)
  assert.equal(isbn('0141439513', '9780306406157'), -1)
})

test('an ISSN tells serials; on a monograph it is that of its series', () => {
  const serial = 'LDR 00000nas a2200000 a 4500'
  const issn = '022 0# $a 0197-4262'
  assert.equal(agree('issn', [serial, issn], [serial, issn]), 1)
  assert.equal(agree('issn', issn, issn), 0.3)
  assert.equal(agree('issn', issn, '022 0# $a 1234-5679'), null)
})

test('numbers of systems and of publishers tell by their kind', () => {
  assert.equal(agree('system-number', '035 ## $a (DLC)1', '035 ## $a (DLC)1'), 1)
  assert.equal(agree('system-number', '035 ## $a 1', '035 ## $a 1'), 0.3)
  assert.equal(agree('system-number', '035 ## $a (DLC)1', '035 ## $a (DLC)2'), null)
  assert.equal(agree('standard-number', '024 1# $a 043396566347', '024 1# $a 043396566347'), 1)
  assert.equal(agree('standard-number', '024 1# $a 043396566347', '024 1# $a 031398332084'), -1)
  assert.equal(agree('standard-number', '024 8# $a 12', '024 8# $a 12'), 0.3)
  assert.equal(agree('standard-number', '024 8# $a 12', '024 8# $a 13'), null)
})

test('two numbers of documents that both records have one of differ', () => {
  assert.equal(agree('document-number', '086 0# $a A 1.2:', '086 0# $a A 1.2:B 3'), null)
  assert.equal(agree('document-number', '086 0# $a A 1.2:B 3', '086 0# $a A 1.2:B3'), 1)
  assert.equal(agree('document-number', '086 0# $a A 1.2:B 3', '086 0# $a A 1.2:B 4'), -1)
  const shelf = (number: string) => ['086 0# $a A 1.2:B 3', `088 ## $a ${number}`]
  assert.equal(agree('document-number', shelf('EPA-1'), shelf('EPA-2')), 0)
})

test('names agree whole, in part, or not; one that stands in the other’s statement counts half', () => {
  assert.equal(agree('author', '100 1# $a Austen, Jane', '700 1# $a Austen, Jane'), 1)
  assert.equal(agree('author', '100 1# $a Austen, Jane', '100 1# $a Austen, J.'), 0.5)
  assert.equal(agree('author', '100 1# $a Austen, Jane', '100 1# $a Bloom, Harold'), -1)
  assert.equal(agree('author', '100 1# $a Austen, Jane', '245 10 $a Emma / $c by J. Austen'), 0.5)
  assert.equal(
    agree('author', '110 1# $a United States. $b Army.', '110 1# $a United States. $b Army. $b Staff'),
    0.5,
  )
})

test('years agree, or are near', () => {
  const year = (a: string, b: string) => agree('year', `264 #1 $c ${a}`, `264 #1 $c ${b}`)
  assert.equal(year('1998', '1998'), 1)
  assert.equal(year('[1999], ©1998', '1998'), 1)
  assert.equal(year('1998', '1999'), 0)
  assert.equal(year('1998', '2000'), -0.5)
  assert.equal(year('1998', '2001'), -1)
})

test('an edition against none is nearly another one', () => {
  const edition = (a: string, b: string) => agree('edition', `250 ## $a ${a}`, `250 ## $a ${b}`)
  assert.equal(edition('2nd ed.', 'Second edition'), 1)
  assert.equal(edition('2nd ed.', '3rd ed.'), -1)
  assert.equal(edition('2nd ed.', '2nd rev. ed.'), 0.5)
  assert.equal(edition('2nd rev. ed.', '2nd corr. ed.'), -0.7)
  assert.equal(agree('edition', '250 ## $a 2nd ed.', '245 10 $a Emma'), -0.7)
  assert.equal(agree('edition', '250 ## $a 1st ed.', '245 10 $a Emma'), null)
})

test('publishers agree without the words that all of them have', () => {
  const publisher = (a: string, b: string) => agree('publisher', `264 #1 $b ${a}`, `264 #1 $b ${b}`)
  assert.equal(publisher('The Survey', 'Survey'), 1)
  assert.equal(publisher('Norton Publishing Co.', 'W.W. Norton'), 1)
  assert.equal(publisher('Penguin Books', 'Virago Press'), -1)
  assert.equal(publisher('[publisher not identified]', 'Virago Press'), null)
})

test('pages may be off by a little, and a set is not one of its volumes', () => {
  const extent = (a: string, b: string) => agree('extent', `300 ## $a ${a}`, `300 ## $a ${b}`)
  assert.equal(extent('324 p.', 'xii, 324 pages'), 1)
  assert.equal(extent('324 p.', '326 p.'), 0.3)
  assert.equal(extent('324 p.', '400 p.'), -1)
  assert.equal(extent('324 p.', '2 v.'), -1)
  assert.equal(extent('2 v.', '2 volumes'), 0.5)
  assert.equal(extent('324 p. ; $c 24 cm', '324 p. ; $c 30 cm'), 0.3)
  assert.equal(extent('1 map ; $c 24 cm', '1 map ; $c 30 cm'), -0.5)
})

test('parts differ wholly, or one says more; a number in a series counts less', () => {
  const part = (a: string, b: string) => agree('part', `245 10 $a Works. $n ${a}`, `245 10 $a Works. $n ${b}`)
  assert.equal(part('Part 2', 'Vol. II'), 1)
  assert.equal(part('Part 2', 'Part 3'), -1)
  assert.equal(part('Part 2', 'Part 2, Letters'), 0.3)
  assert.equal(agree('part', '245 10 $a Works. $n Part 2', '245 10 $a Works'), -0.3)
  assert.equal(agree('part', '490 0# $a Essays ; $v 2', '490 0# $a Essays ; $v 3'), -0.6)
  assert.equal(agree('part', '490 0# $a Essays ; $v 2', '490 0# $a Essays ; $v 2'), 0.5)
})

test('manuscript text is text, and a component part is only nearly a book', () => {
  const type = (a: string, b: string) =>
    agree('record-type', `LDR 00000n${a} a2200000 a 4500`, `LDR 00000n${b} a2200000 a 4500`)
  assert.equal(type('am', 'tm'), 1)
  assert.equal(type('am', 'em'), -1)
  assert.equal(type('am', 'as'), -1)
  assert.equal(type('am', 'aa'), -0.3)
})

test('forms that have one in common agree', () => {
  const online = '338 ## $b cr'
  assert.equal(agree('carrier', online, '338 ## $b nc'), -1)
  assert.equal(agree('carrier', online, online), 1)
  assert.equal(agree('carrier', '338 ## $b nc', ['338 ## $b nc', '338 ## $b sd']), 1)
})

test('only what is online has providers that count, and not where the OCLC number is one', () => {
  const of = (host: string, ...more: readonly string[]) => [
    '338 ## $b cr',
    `856 40 $u https://www.${host}/1`,
    ...more,
  ]
  assert.equal(agree('provider', of('jstor.org'), of('proquest.com')), -1)
  assert.equal(agree('provider', of('jstor.org'), of('books.jstor.org')), 1)
  const number = '035 ## $a (OCoLC)1'
  assert.equal(agree('provider', of('jstor.org', number), of('proquest.com', number)), null)
  const print = '338 ## $b nc'
  assert.equal(agree('provider', [print, '856 40 $u https://a.org/1'], of('b.org')), null)
  const own = (...sources: readonly string[]) => [
    '338 ## $b cr',
    ...sources.map((source) => `035 ## $a (${source})1`),
  ]
  assert.equal(agree('provider', own('NjP', 'YBP'), own('NjP', 'EBC')), -1)
  assert.equal(agree('provider', own('NjP', 'YBP'), own('NjP')), null)
})
