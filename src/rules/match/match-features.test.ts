import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../../test/record-of.ts'
import type { DataField } from '../../marc/record.ts'
import { matchFeatures } from './match-features.ts'
import { matchKeys } from './match-key.ts'
import { agreementIn, weightedFeatures } from './weighted-features.ts'

test('a description is read from the fields that have it', () => {
  const features = matchFeatures(
    recordOf(
      '008 980101t19981997enk           000 1 eng d',
      '100 1# $a Austen, Jane, $d 1775-1817.',
      '210 0# $a Em.',
      '245 10 $a Emma : $b a novel. $n Part II, $p Highbury / $c Jane Austen ; edited by R. Blythe.',
      '250 ## $a 2nd ed.',
      '264 #1 $a London : $b Penguin, $c 1999.',
      '490 1# $a Classics ; $v 12',
    ),
    '(VEN)7',
  )
  assert.equal(features.year, 1998)
  assert.deepEqual(features.years, [1998, 1997, 1999])
  assert.deepEqual(
    features.titles.map(({ proper, rest }) => `${proper} | ${rest}`),
    ['emma | a novel part ii highbury', 'em | '],
  )
  assert.deepEqual(features.part, ['2', 'highbury'])
  assert.deepEqual(features.seriesNumbers, ['12'])
  assert.equal(features.statement, 'jane austen edited by r blythe')
  assert.deepEqual(features.edition, ['2'])
  assert.equal(features.publisher, 'penguin')
  assert.equal(features.language, 'eng')
  assert.equal(features.sourceNumber, '(VEN)7')
})

test('a language that is none, several or unknown says nothing', () => {
  const languageOf = (code: string) =>
    matchFeatures(recordOf(`008 980101s1998    enk           000 1 ${code} d`)).language
  assert.deepEqual(['eng', 'mul', 'und', 'zxx', '|||'].map(languageOf), ['eng', null, null, null, null])
})

/** Whatever a file may bring: a text of any length in any field costs no more than in proportion to it. */
test('long texts of any kind are held to what can be compared', { timeout: 120_000 }, () => {
  const length = 40_000
  const texts = ['1', ' ', 'ab ', '1, ', ' :', 'v. 1 ', '(', 'http://', '1.', '-'].map((text) =>
    text.repeat(length / text.length),
  )
  texts.push(Array.from({ length: length / 6 }, (_, at) => `w${at.toString(36)}`).join(' '))
  const tags =
    '010 015 020 022 024 027 028 030 035 086 100 110 245 246 250 260 264 300 338 490 533 700 856'.split(' ')
  for (const text of texts) {
    const of = (value: string) => {
      const subfields = [...'abcdhknpquv2'].map((code) => ({ code, value }))
      const fields = tags.map((tag): DataField => ({ tag, ind1: '1', ind2: '0', subfields }))
      return { leader: '00000nam a2200000 a 4500', fields }
    }
    const [one, other] = [matchFeatures(of(text)), matchFeatures(of(`${text.replaceAll('w', 'q')} x`))]
    assert.ok(matchKeys(of(text)).every(({ value }) => value.length <= 260))
    for (const feature of weightedFeatures) agreementIn[feature](one, other)
    assert.ok(JSON.stringify(one).length < 15_000, `${JSON.stringify(one).length} of ${text.slice(0, 8)}`)
  }
})
