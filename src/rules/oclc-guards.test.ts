import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bibOf, planOf } from '../../test/planned.ts'
import { recordOf } from '../../test/record-of.ts'
import type { ImportProfile, OclcGuard, OnMatch } from './import-profile.ts'
import type { Plan } from './plan.ts'
import { shippedProfile } from './profiles.ts'

const repository = shippedProfile('repository')

const guarding = (oclc?: Partial<NonNullable<OnMatch['oclc']>>, method = 'isbn-any'): ImportProfile => {
  const all: NonNullable<OnMatch['oclc']> = {
    twoCurrent: 'off',
    numberChange: 'off',
    cancelledElsewhere: 'off',
  }
  const { onMatch, match } = repository
  return {
    ...repository,
    match: { ...match, method },
    onMatch: oclc === undefined ? onMatch : { ...onMatch, oclc: { ...all, ...oclc } },
  }
}

const book = (...lines: readonly string[]) =>
  recordOf('020 ## $a 9780141439587', ...lines, '245 10 $a Emma / $c Jane Austen.', '300 ## $a 3 v.')

const only = (plans: readonly Plan[]): Plan => {
  assert.equal(plans.length, 1)
  return plans[0] as Plan
}

const guards: readonly OclcGuard[] = ['off', 'warn', 'review', 'refuse']
const outcomes = { off: 'merged', warn: 'merged', review: 'unresolved', refuse: 'not_imported' } as const

/** What each setting of a guard comes to for one record. */
function assertGuard(
  name: keyof NonNullable<OnMatch['oclc']>,
  code: Plan['code'],
  plan: (profile: ImportProfile) => Plan,
): void {
  for (const guard of guards) {
    const planned = plan(guarding({ [name]: guard }))
    assert.equal(planned.outcome, outcomes[guard], guard)
    assert.equal(planned.code, guard === 'review' || guard === 'refuse' ? code : null)
    assert.equal(planned.changes.length, guard === 'off' || guard === 'warn' ? 1 : 0)
    assert.equal(planned.trace?.warned?.length, guard === 'warn' ? 1 : undefined)
    const traced = guard === 'warn' ? planned.trace?.warned?.[0] : planned.trace?.guard
    assert.equal(traced?.guard === 'oclc' ? traced.code : null, guard === 'off' ? null : code)
  }
  // Nothing said is a word of warning.
  assert.ok(plan(guarding()).trace?.warned?.some((warned) => warned.guard === 'oclc' && warned.code === code))
}

test('a bib that would get a second current OCLC number is guarded, by what the profile says', () => {
  const existing = bibOf(1, book('035 ## $a (OCoLC)11'))
  const incoming = book('035 ## $a (OCoLC)11', '035 ## $a (OCoLC)12')
  assertGuard('twoCurrent', 'OCLC_TWO_CURRENT', (profile) =>
    only(planOf({ bibs: [existing], profile }, incoming)),
  )
  const two = only(planOf({ bibs: [existing], profile: guarding({ twoCurrent: 'review' }) }, incoming))
  assert.deepEqual(two.trace?.guard, { guard: 'oclc', code: 'OCLC_TWO_CURRENT', numbers: ['11', '12'] })
  assert.deepEqual([two.mmsId, two.candidates], [null, [existing.mmsId]])
})

test('a new record with two current OCLC numbers is guarded too, and becomes no bib', () => {
  const profile = guarding({ twoCurrent: 'refuse' })
  const planned = only(planOf({ bibs: [], profile }, book('035 ## $a (OCoLC)11', '035 ## $a (OCoLC)12')))
  assert.deepEqual(
    [planned.outcome, planned.code, planned.mmsId, planned.candidates, planned.changes],
    ['not_imported', 'OCLC_TWO_CURRENT', null, [], []],
  )
})

test('one number written in two ways is one, and a bib that had two before may keep them', () => {
  const profile = guarding({ twoCurrent: 'refuse' })
  const twice = book('035 ## $a (OCoLC)ocm00000011', '035 ## $a (OCoLC)11')
  assert.equal(only(planOf({ bibs: [], profile }, twice)).outcome, 'created')
  const had = bibOf(1, book('035 ## $a (OCoLC)11', '035 ## $a (OCoLC)12'))
  const better = book('035 ## $a (OCoLC)11', '035 ## $a (OCoLC)12', '500 ## $a New.')
  assert.equal(only(planOf({ bibs: [had], profile }, better)).outcome, 'merged')
})

test('a bib whose OCLC number would become another is guarded, with both numbers', () => {
  const existing = bibOf(1, book('035 ## $a (OCoLC)11'))
  const plan = (profile: ImportProfile) =>
    only(planOf({ bibs: [existing], profile }, book('035 ## $a (OCoLC)12')))
  assertGuard('numberChange', 'OCLC_NUMBER_CHANGE', plan)
  const refused = plan(guarding({ numberChange: 'refuse' }))
  assert.deepEqual(refused.trace?.guard, { guard: 'oclc', code: 'OCLC_NUMBER_CHANGE', numbers: ['11', '12'] })
  assert.deepEqual(
    [refused.mmsId, refused.versionBefore, refused.versionAfter],
    [existing.mmsId, existing.version, existing.version],
  )
})

test('a bib without an OCLC number may get one', () => {
  const profile = guarding({ numberChange: 'refuse' })
  const planned = only(planOf({ bibs: [bibOf(1, book())], profile }, book('035 ## $a (OCoLC)12')))
  assert.deepEqual([planned.outcome, planned.trace?.warned], ['merged', undefined])
})

test('where OCLC has merged its records the new number is fine, and the trace says why', () => {
  for (const lists of ['035 ## $z (OCoLC)11', '019 ## $a 11']) {
    const incoming = book('035 ## $a (OCoLC)12', lists)
    const existing = bibOf(1, book('035 ## $a (OCoLC)11'))
    const merged = only(planOf({ bibs: [existing], profile: guarding({ numberChange: 'refuse' }) }, incoming))
    assert.equal(merged.outcome, 'merged', lists)
    assert.deepEqual(merged.trace?.warned, [
      { guard: 'oclc', code: 'OCLC_NUMBER_CHANGE', numbers: ['11', '12'], superseded: true },
    ])
    const off = only(planOf({ bibs: [existing], profile: guarding({ numberChange: 'off' }) }, incoming))
    assert.equal(off.trace?.warned, undefined)
  }
})

test('a number that another bib has as cancelled is guarded, whatever the method looks by', () => {
  for (const has of ['035 ## $z (OCoLC)12', '019 ## $a 12']) {
    const other = bibOf(2, recordOf('035 ## $a (OCoLC)99', has, '245 10 $a Emma.', '300 ## $a 3 v.'))
    const existing = bibOf(1, book('035 ## $a (OCoLC)12'))
    const incoming = book('035 ## $a (OCoLC)12', '500 ## $a New.')
    const plan = (profile: ImportProfile) => only(planOf({ bibs: [existing, other], profile }, incoming))
    assertGuard('cancelledElsewhere', 'OCLC_CANCELLED_ELSEWHERE', plan)
    const held = plan(guarding({ cancelledElsewhere: 'review' }))
    assert.deepEqual(held.candidates, [existing.mmsId, other.mmsId])
    assert.deepEqual(held.trace?.guard, {
      guard: 'oclc',
      code: 'OCLC_CANCELLED_ELSEWHERE',
      numbers: ['12'],
      mmsId: other.mmsId,
    })
  }
})

test('a new record with a number that a bib has as cancelled is guarded, and the bib is the candidate', () => {
  const other = bibOf(2, recordOf('035 ## $a (OCoLC)99', '019 ## $a 12', '245 10 $a Emma.', '300 ## $a 3 v.'))
  // 019 is no match for the method: the record would be a bib of its own.
  const profile = guarding({ cancelledElsewhere: 'review' }, 'oclc')
  const planned = only(planOf({ bibs: [other], profile }, book('035 ## $a (OCoLC)12')))
  assert.deepEqual(
    [planned.outcome, planned.code, planned.candidates],
    ['unresolved', 'OCLC_CANCELLED_ELSEWHERE', [other.mmsId]],
  )
  const itself = bibOf(1, book('035 ## $a (OCoLC)99', '035 ## $z (OCoLC)12'))
  const own = only(planOf({ bibs: [itself], profile }, book('035 ## $a (OCoLC)12', '500 ## $a New.')))
  assert.equal(own.outcome, 'merged')
})

test('of several findings the strictest decides, and the others are words of warning', () => {
  const other = bibOf(2, recordOf('035 ## $a (OCoLC)99', '019 ## $a 12', '245 10 $a Emma.', '300 ## $a 3 v.'))
  const existing = bibOf(1, book('035 ## $a (OCoLC)11'))
  const profile = guarding({ twoCurrent: 'warn', numberChange: 'review', cancelledElsewhere: 'refuse' })
  const incoming = book('035 ## $a (OCoLC)12', '035 ## $a (OCoLC)13')
  const planned = only(planOf({ bibs: [existing, other], profile }, incoming))
  assert.deepEqual([planned.outcome, planned.code], ['not_imported', 'OCLC_CANCELLED_ELSEWHERE'])
  assert.deepEqual(
    planned.trace?.warned?.map((warned) => warned.guard === 'oclc' && warned.code),
    ['OCLC_TWO_CURRENT', 'OCLC_NUMBER_CHANGE'],
  )
})

test('what a person has decided passes the guards, and is warned of', () => {
  const existing = bibOf(1, book('035 ## $a (OCoLC)11'))
  const profile = guarding({ numberChange: 'refuse' })
  const decided = { as: 'merge', into: existing.mmsId } as const
  const planned = only(planOf({ bibs: [existing], profile, decided }, book('035 ## $a (OCoLC)12')))
  assert.equal(planned.outcome, 'merged')
  assert.equal(planned.trace?.warned?.length, 1)
})

test('a record that changes nothing is not held', () => {
  const other = bibOf(2, recordOf('035 ## $a (OCoLC)99', '019 ## $a 11', '245 10 $a Emma.', '300 ## $a 3 v.'))
  const same = book('035 ## $a (OCoLC)11')
  const profile = guarding({ twoCurrent: 'refuse', numberChange: 'refuse', cancelledElsewhere: 'refuse' })
  assert.equal(only(planOf({ bibs: [bibOf(1, same), other], profile }, same)).outcome, 'unchanged')
})
