import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../../test/record-of.ts'
import { noFacets, packedFacets, unpackFacets } from './record-facets.ts'

const facetsOf = (...lines: readonly string[]) => unpackFacets(packedFacets(recordOf(...lines)))

test('008 says year, second year, country and the first language; 041 the others, also where they are joined', () => {
  const facets = facetsOf(
    '008 990101r19981816enk           000 1 eng d',
    '041 1# $a engfre $d lat $h grc',
    '041 #7 $a xyz',
    '245 10 $a Emma',
  )
  assert.deepEqual(
    [facets.year, facets.secondYear, facets.country, facets.languages],
    [1998, 1816, 'enk', ['eng', 'fre', 'lat']],
  )
})

test('open access is what a 506 says, in any subfield and case; a restriction is none', () => {
  assert.ok(
    facetsOf('245 10 $a Emma', '506 0# $3 Volumes 1-3: $a UNRESTRICTED  online access $2 star').isOpenAccess,
  )
  assert.ok(!facetsOf('500 ## $a Unrestricted online access', '506 ## $a Members only').isOpenAccess)
  assert.ok(!unpackFacets(noFacets).isOpenAccess)
})

test('the encoding level is that of leader/17, a blank in words of its own; an unknown sign is none', () => {
  const levelOf = (sign: string) =>
    unpackFacets(packedFacets({ leader: `00000nam a2200000${sign}i 4500`, fields: [] })).encodingLevel
  assert.deepEqual([' ', '7', 'I', 'M', 'x', ''].map(levelOf), ['#', '7', 'i', 'm', '', 'i'])
})

test('what is not coded is empty', () => {
  const { languages, year, secondYear, country } = facetsOf('245 10 $a Emma')
  assert.deepEqual([languages, year, secondYear, country], [[], null, null, ''])
  assert.deepEqual(unpackFacets(noFacets).languages, [])
})

test('a title is sorted without its article, folded; one that is all article is sorted by it', () => {
  assert.equal(facetsOf('245 14 $a The Über-Dog : $b a life /').sortTitle, 'uber dog a life')
  assert.equal(facetsOf('245 19 $a A.').sortTitle, 'a')
})

test('the creator is the main entry wherever it stands, else the first added person', () => {
  assert.equal(
    facetsOf('700 1# $a Zola, Émile.', '100 1# $a Austen, Jane, $d 1775-1817.').sortCreator,
    'austen jane 1775 1817',
  )
  assert.equal(
    facetsOf('710 2# $a Unesco', '700 1# $a Zola, Émile', '700 1# $a Hugo').sortCreator,
    'zola emile',
  )
  assert.equal(facetsOf('245 10 $a Emma').sortCreator, '')
})

test('a sort form has 100 characters at most, however long the title', () => {
  assert.equal(facetsOf(`245 10 $a ${'word '.repeat(4000)}`).sortTitle.length, 99)
})
