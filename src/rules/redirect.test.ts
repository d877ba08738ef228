import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bibOf, planOf } from '../../test/planned.ts'
import { recordOf } from '../../test/record-of.ts'
import type { ImportProfile, Redirect } from './import-profile.ts'
import { tracedKey } from './trace.ts'
import type { Plan } from './plan.ts'
import { shippedProfile } from './profiles.ts'
import { redirectLookups } from './redirect.ts'

const repository = shippedProfile('repository')

const from019: Redirect = {
  field: '019',
  subfield: 'a',
  handling: 'automatic',
  others: 'delete',
  mergeRule: 'keep-existing',
}

const redirecting = (more: Partial<Redirect> = {}, profile: Partial<ImportProfile> = {}): ImportProfile => ({
  ...repository,
  ...profile,
  redirect: { ...from019, ...more },
})

const book = (oclc: number, ...lines: readonly string[]) =>
  recordOf(`035 ## $a (OCoLC)${oclc}`, '245 10 $a Emma.', '300 ## $a 3 v.', ...lines)

const only = (plans: readonly Plan[]): Plan => {
  assert.equal(plans.length, 1)
  return plans[0] as Plan
}

const [current, former, elder] = [bibOf(1, book(11)), bibOf(2, book(12)), bibOf(3, book(13))] as const

test('a number in the field is looked up as what the field has, and a bare one elsewhere as the source’s', () => {
  const looked = (field: string, subfield: string, line: string) =>
    redirectLookups(recordOf(line), { ...from019, field, subfield }, '(VENDOR)').map(
      ({ kind, value, existing }) =>
        `${tracedKey(kind, value)} ${Array.isArray(existing) ? existing.join(' ') : 'other'}`,
    )
  assert.deepEqual(looked('019', 'a', '019 ## $a 12 $a ocm00000013 $a 12'), ['oclc:12 a', 'oclc:13 a'])
  assert.deepEqual(looked('035', 'z', '035 ## $a (OCoLC)11 $z (OCoLC)12'), ['oclc:12 a'])
  assert.deepEqual(looked('035', 'z', '035 ## $z (OTHER)12'), ['system:(other)12 a', 'source:(OTHER)12 001'])
  assert.deepEqual(looked('020', 'z', '020 ## $z 0141439580'), ['isbn:9780141439587 a'])
  assert.deepEqual(looked('914', 'a', '914 ## $a 12'), ['source:(VENDOR)12 001'])
  assert.deepEqual(looked('914', 'a', '914 ## $a (OCoLC)12'), ['oclc:12 a'])
  assert.deepEqual(looked('914', 'a', '914 ## $b 12'), [])
})

test('bibs whose numbers a record names as superseded become part of its match', () => {
  const planned = only(
    planOf({ bibs: [current, former, elder], profile: redirecting() }, book(11, '019 ## $a 12 $a 13 $a 99')),
  )
  assert.deepEqual([planned.outcome, planned.mmsId], ['merged', current.mmsId])
  assert.deepEqual(planned.trace?.superseded, [
    { mmsId: former.mmsId, by: ['oclc:12/a'] },
    { mmsId: elder.mmsId, by: ['oclc:13/a'] },
  ])
  assert.deepEqual(planned.trace?.combined, [
    { mmsId: former.mmsId, became: 'deleted' },
    { mmsId: elder.mmsId, became: 'deleted' },
  ])
})

test('a bib that has the number as cancelled is no superseded one', () => {
  const lists = bibOf(4, book(14, '035 ## $z (OCoLC)12'))
  const byNumber = redirecting({}, { match: { ...repository.match, method: 'mms-001' } })
  const planned = only(planOf({ bibs: [lists], profile: byNumber }, book(15, '019 ## $a 12')))
  assert.deepEqual([planned.outcome, planned.combined], ['created', []])
})

test('where all that a record matches is superseded, one of the bibs becomes the record', () => {
  const planned = only(
    planOf({ bibs: [former, elder], profile: redirecting() }, book(15, '019 ## $a 12 $a 13')),
  )
  assert.deepEqual([planned.outcome, planned.mmsId], ['merged', former.mmsId])
  assert.deepEqual(planned.trace?.combined, [{ mmsId: elder.mmsId, became: 'deleted' }])
  const one = only(planOf({ bibs: [former], profile: redirecting() }, book(15, '019 ## $a 12')))
  assert.deepEqual([one.outcome, one.mmsId, one.combined], ['merged', former.mmsId, []])
})

test('without a match the superseded bibs become part of the new one', () => {
  const profile = redirecting({}, { match: { ...repository.match, method: 'mms-001' } })
  const signed = bibOf(2, book(12, '590 ## $a Signed.'))
  const planned = only(planOf({ bibs: [signed, elder], profile }, book(15, '019 ## $a 12 $a 13')))
  assert.deepEqual([planned.outcome, planned.combined.length, planned.versionAfter], ['created', 2, 1])
  const record = planned.changes[0]?.after?.record ?? ''
  assert.ok(record.includes('\x1e590  \x1faSigned.'))
  for (const { mmsId } of [signed, elder])
    assert.ok(record.includes(`\x1e035  \x1fa(NZ)${mmsId}\x1fz(OCoLC)1`))
  const unwanted = redirecting({}, { match: profile.match, onNoMatch: 'do-not-import' })
  const left = only(planOf({ bibs: [signed], profile: unwanted }, book(15, '019 ## $a 12')))
  assert.deepEqual([left.code, left.changes], ['NO_MATCH_DO_NOT_IMPORT', []])
})

test('a new bib beside the match takes the superseded ones, where the profile imports as new', () => {
  const profile = redirecting({}, { onMatch: { ...repository.onMatch, action: 'import' } })
  const planned = only(planOf({ bibs: [current, former], profile }, book(11, '019 ## $a 12')))
  // The number in 019 is a match as well, since the profile copies it to 035 $z; set aside, it is superseded.
  assert.deepEqual(
    [planned.outcome, planned.trace?.combined],
    ['created', [{ mmsId: former.mmsId, became: 'deleted' }]],
  )
  const leaving = redirecting({}, { onMatch: { ...repository.onMatch, action: 'do-not-import' } })
  const left = only(planOf({ bibs: [current, former], profile: leaving }, book(11, '019 ## $a 12')))
  assert.deepEqual([left.code, left.changes], ['MATCHED_DO_NOT_IMPORT', []])
})

test('a person decides where the profile says so, and a merge by a person redirects nothing', () => {
  const profile = redirecting({ handling: 'manual' })
  const record = book(11, '019 ## $a 12')
  const asked = only(planOf({ bibs: [current, former], profile }, record))
  assert.deepEqual(
    [asked.outcome, asked.code, asked.candidates],
    ['unresolved', 'COMBINE_MANUAL', [current.mmsId, former.mmsId]],
  )
  const into = current.mmsId
  const merged = only(planOf({ bibs: [current, former], profile, decided: { as: 'merge', into } }, record))
  assert.deepEqual([merged.outcome, merged.combined], ['merged', []])
  const decided = { as: 'combine', into, others: [former.mmsId] } as const
  const combined = only(planOf({ bibs: [current, former], profile, decided }, record))
  assert.deepEqual(combined.trace?.combined, [{ mmsId: former.mmsId, became: 'deleted' }])
})

test('several matches and superseded bibs become one where the profile combines, and none where it does not', () => {
  const twin = bibOf(5, book(11, '500 ## $a Fuller.'))
  const bibs = [current, former, twin]
  const record = book(11, '019 ## $a 12')
  assert.equal(only(planOf({ bibs, profile: redirecting() }, record)).code, 'MULTI_MATCH')
  const { match } = repository
  const combine = {
    handling: 'automatic',
    preferred: 'fullest',
    others: 'suppress',
    mergeRule: 'keep-existing',
  } as const
  const profile = redirecting({}, { match: { ...match, multi: { ...match.multi, combine } } })
  const planned = only(planOf({ bibs, profile }, record))
  assert.equal(planned.mmsId, twin.mmsId)
  assert.deepEqual(planned.trace?.combined, [
    { mmsId: current.mmsId, became: 'suppressed' },
    { mmsId: former.mmsId, became: 'deleted' },
  ])
  const manual = redirecting(
    { handling: 'manual' },
    { match: { ...match, multi: { ...match.multi, combine } } },
  )
  assert.equal(only(planOf({ bibs, profile: manual }, record)).code, 'COMBINE_MANUAL')
})
