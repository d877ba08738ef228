import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../../test/record-of.ts'
import type { MatchSettings, MultiStep } from '../import-profile.ts'
import { shippedProfile } from '../profiles.ts'
import { matchFeatures } from './match-features.ts'
import { matchKeys } from './match-key.ts'
import { matchMethod } from './match-methods.ts'
import { asksFeatures, methodFor, readySteps } from './ready-steps.ts'

const match = shippedProfile('repository').match

const stepsFor = (settings: MatchSettings, isSerial: boolean, ...lines: string[]) => {
  const record = recordOf('035 ## $a (OCoLC)1', '035 ## $a (DLC)2', '020 ## $a 0141439513', ...lines)
  return readySteps(methodFor(settings, isSerial), settings, {
    keys: matchKeys(record),
    controlNumber: null,
    originatingSystem: 'OCLC',
    features: matchFeatures(record),
    isSerial,
  })
}
const asked = (rows: readonly MultiStep[], isSerial: boolean) =>
  stepsFor({ ...match, method: 'multi-step', steps: rows }, isSerial).map(
    ({ name, lookups }) => `${name}: ${lookups.map(({ kind, value }) => `${kind} ${value}`).join(', ')}`,
  )

test('a serial is matched by the method for serials, where the profile has one', () => {
  assert.equal(methodFor({ ...match, serial: 'issn-any' }, true).code, 'issn-any')
  assert.equal(methodFor({ ...match, serial: 'issn-any' }, false).code, match.method)
  assert.equal(methodFor(match, true).code, match.method)
})

test('the rows of a multi-step method are tried in order, each for the records that it is for', () => {
  const rows: readonly MultiStep[] = [
    { method: '035', for: 'serial', prefix: 'DLC' },
    { method: 'oclc', for: 'all' },
    { method: 'isbn-any', for: 'non-serial' },
  ]
  assert.deepEqual(asked(rows, true), [
    'Other system identifier (035): system number: system (dlc)2',
    'Unique OCLC identifier: OCLC number: oclc 1',
  ])
  assert.deepEqual(asked(rows, false), [
    'Unique OCLC identifier: OCLC number: oclc 1',
    'ISBN: ISBN: isbn 9780141439518',
  ])
})

test('a multi-step method without rows finds nothing, and one is no row of another', () => {
  assert.deepEqual(asked([], false), [])
  assert.deepEqual(asked([{ method: 'multi-step', for: 'all' }], false), [])
})

test('the carrier counts by the method of the row', () => {
  const steps = stepsFor(
    {
      ...match,
      method: 'multi-step',
      steps: [
        { method: 'oclc', for: 'all' },
        { method: 'isbn-any', for: 'all' },
      ],
    },
    false,
  )
  assert.deepEqual(
    steps.map(({ sameCarrier }) => sameCarrier),
    [false, true],
  )
})

test('a step by author looks nothing up for a record without one, a step by title alone nothing for one with', () => {
  const looked = (...lines: string[]) =>
    stepsFor({ ...match, method: 'fuzzy-non-serial' }, false, '245 10 $a The watsons of Meryton', ...lines)
      .slice(1)
      .map(({ lookups }) => lookups.length)
  assert.deepEqual(looked('100 1# $a Austen, Jane.'), [1, 0])
  assert.deepEqual(looked(), [0, 1])
})

test('features are worked out for methods that compare more than keys', () => {
  const asks = (code: string, steps: readonly MultiStep[] = []) =>
    asksFeatures(matchMethod(code), { ...match, steps })
  assert.deepEqual(
    ['oclc-else-source', 'isbn-024-035', 'mms-001'].map((code) => asks(code)),
    [false, false, false],
  )
  assert.deepEqual(
    ['fuzzy', '024-source', 'weighted'].map((code) => asks(code)),
    [true, true, true],
  )
  assert.equal(asks('multi-step', [{ method: 'oclc', for: 'all' }]), false)
  assert.equal(asks('multi-step', [{ method: 'fuzzy-serial', for: 'serial' }]), true)
})
