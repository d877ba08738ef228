import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../../test/record-of.ts'
import { matchFeatures } from './match-features.ts'
import { counts, lookupsFor } from './lookup.ts'
import { matchKeys } from './match-key.ts'
import { matchMethod } from './match-methods.ts'

const lookedUp = (...lines: string[]) => {
  const record = recordOf(...lines)
  return {
    keys: matchKeys(record),
    controlNumber: '991',
    originatingSystem: 'Repo',
    features: matchFeatures(record),
  }
}
const numbers = lookedUp(
  '019 ## $a 9',
  '020 ## $a 0141439513 $z 9780141439519',
  '035 ## $a (OCoLC)1 $z (OCoLC)2',
  '035 ## $a (DLC)3 $a (EBL)4',
)
const asked = (code: string, record = numbers, prefix?: string) =>
  matchMethod(code).steps.flatMap((step) =>
    lookupsFor(step, record, prefix).map(({ kind, value }) => `${kind}:${value}`),
  )

test('the OCLC method asks $a and $z against $a and $z, 019 only where it has become $z', () => {
  const existing = ['a', 'z']
  const [step] = matchMethod('oclc').steps
  assert.deepEqual(step && lookupsFor(step, numbers), [
    { kind: 'oclc', value: '1', origin: 'a', existing, sameOrigin: false },
    { kind: 'oclc', value: '2', origin: 'z', existing, sameOrigin: false },
  ])
})

test('an exact method asks each subfield against its like', () => {
  const [step] = matchMethod('isbn-exact').steps
  const [first] = step ? lookupsFor(step, numbers) : []
  assert.ok(first && first.kind !== 'mms')
  assert.deepEqual([counts(first, 'a'), counts(first, 'z')], [true, false])
})

test('the 001 method asks for the number as it came, and for nothing without one', () => {
  assert.deepEqual(asked('mms-001'), ['mms:991'])
  assert.deepEqual(asked('mms-001', { ...numbers, controlNumber: null }), [])
})

test('a 024 may be the number of the source, with its prefix or without, or an MMS ID', () => {
  assert.deepEqual(asked('024-source', lookedUp('024 8# $a oai:X-1')), [
    'source:oai:X-1',
    'source:(Repo)oai:X-1',
    'mms:oai:X-1',
  ])
})

test('a prefix leaves the 035s that have it, and what is not of 035', () => {
  assert.deepEqual(asked('035'), ['oclc:1', 'oclc:2', 'system:(dlc)3', 'system:(ebl)4'])
  assert.deepEqual(asked('035', numbers, 'DLC'), ['system:(dlc)3'])
  assert.deepEqual(asked('035', numbers, '(OCoLC)'), ['oclc:1', 'oclc:2'])
  assert.deepEqual(asked('isbn-any', numbers, 'DLC'), ['isbn:9780141439518', 'isbn:9780141439519'])
})

/** Which of the keys of these records the first title step of a method counts for a record. */
const met = (code: string, at: number, incoming: readonly string[], ...existing: (readonly string[])[]) => {
  const step = matchMethod(code).steps[at]
  const lookups = step ? lookupsFor(step, lookedUp(...incoming)) : []
  return existing.map((lines) =>
    matchKeys(recordOf(...lines)).some(({ kind, value, origin }) =>
      lookups.some(
        (lookup) =>
          lookup.kind === kind && lookup.value === value && lookup.kind !== 'mms' && counts(lookup, origin),
      ),
    ),
  )
}
const of = (year: number, title: string, ...more: string[]) => [
  `008 030101s${year}    enk           000 1 eng d`,
  `245 10 ${title}`,
  ...more,
]

test('a whole title meets whole titles, of a year where one is asked for', () => {
  const emma = of(2003, '$a Emma : $b a novel')
  const others = [of(2004, '$a Emma: a novel'), of(1816, '$a Emma : $b a novel'), of(2003, '$a Emma')]
  assert.deepEqual(met('fuzzy-non-serial', 1, emma, ...others), [true, true, false])
  assert.deepEqual(met('title-fuzzy-non-serial', 1, emma, ...others), [true, false, false])
  assert.deepEqual(met('title-author', 0, emma, of(2003, '$a Emma : $b a novel'), ...others), [
    true,
    false,
    false,
    false,
  ])
})

test('an extended method meets the title proper of any title, variants among them', () => {
  const emma = of(2003, '$a Emma : $b a novel', '246 3# $a Miss Woodhouse')
  const others = [
    of(2003, '$a Emma'),
    of(2003, '$a Miss Woodhouse'),
    of(1816, '$a Emma'),
    of(2003, '$a Emmas'),
  ]
  assert.deepEqual(met('fuzzy-extended-non-serial', 1, emma, ...others), [true, true, true, false])
  assert.deepEqual(met('title-fuzzy-extended-non-serial', 1, emma, ...others), [true, true, false, false])
})

test('a record without a year is not looked up where a year is asked for', () => {
  const [, step] = matchMethod('title-fuzzy-non-serial').steps
  assert.deepEqual(step && lookupsFor(step, lookedUp('245 10 $a Emma')), [])
})
