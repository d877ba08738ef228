import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bibOf, planOf } from '../../test/planned.ts'
import { recordOf } from '../../test/record-of.ts'
import { unpack } from '../marc/packed.ts'
import type { BibState } from './bib-state.ts'
import { combineRecords } from './combine-records.ts'
import { formatField } from './field-text.ts'
import type { LinkedBib } from './hanging.ts'
import type { Combine, ImportProfile } from './import-profile.ts'
import { type MergeRule, mergeRule, mergeRules } from './merge/merge-rule.ts'
import { defaultProtect } from './merge/protect.ts'
import { withOldNumbers } from './old-numbers.ts'
import type { Plan } from './plan.ts'
import { shippedProfile } from './profiles.ts'

const repository = shippedProfile('repository')

const combining = (combine: Partial<Combine> = {}): ImportProfile => ({
  ...repository,
  match: {
    ...repository.match,
    method: 'isbn-any',
    multi: {
      ...repository.match.multi,
      combine: {
        handling: 'automatic',
        preferred: 'most-inventory',
        others: 'delete',
        mergeRule: 'keep-existing',
        ...combine,
      },
    },
  },
})

const book = (oclc: number, ...lines: readonly string[]) =>
  recordOf(
    '020 ## $a 9780141439587',
    `035 ## $a (OCoLC)${oclc}`,
    '245 10 $a Emma / $c Jane Austen.',
    '300 ## $a 3 v.',
    ...lines,
  )

const linkedTo = (bib: BibState, count: number, zoneId = 2): LinkedBib => ({
  zoneId,
  zone: `I${zoneId}`,
  bib: { ...bibOf(count, recordOf()), mmsId: `99${count}580${zoneId}`, linkedMmsId: bib.mmsId },
})

const only = (plans: readonly Plan[]): Plan => {
  assert.equal(plans.length, 1)
  return plans[0] as Plan
}

const fieldsOf = (record: string | undefined) =>
  unpack(record ?? '')
    .fields.filter(({ tag }) => tag > '008')
    .map(formatField)

test('the preferred bib is told by what hangs on the bibs, by fullness or by age', () => {
  const full = ['264 #1 $a London', '650 #0 $a Matchmaking.']
  const oldest = bibOf(1, book(11))
  const fullest = bibOf(2, book(12, ...full))
  const heaviest = bibOf(3, book(13))
  const newest = bibOf(4, book(14))
  const bibs = [newest, heaviest, fullest, oldest]
  const linked = [linkedTo(heaviest, 51), linkedTo(heaviest, 52, 3), linkedTo(fullest, 53)]
  const orders = {
    'most-inventory': [heaviest, fullest, oldest, newest],
    fullest: [fullest, oldest, heaviest, newest],
    oldest: [oldest, fullest, heaviest, newest],
    newest: [newest, heaviest, fullest, oldest],
  }
  for (const [preferred, order] of Object.entries(orders) as [Combine['preferred'], BibState[]][]) {
    const profile = combining({ preferred, handling: 'manual' })
    const { candidates, code } = only(planOf({ bibs, linked, profile }, book(15)))
    assert.equal(code, 'COMBINE_MANUAL')
    assert.deepEqual(
      candidates,
      order.map(({ mmsId }) => mmsId),
      preferred,
    )
  }
})

test('a bib that the job has yet to make is newer than all others', () => {
  const old = bibOf(1, book(11))
  const planned = ['new:1:10', 'new:1:9'].map((mmsId) => bibOf(0, book(12), { mmsId }))
  const profile = combining({ preferred: 'newest', handling: 'manual' })
  const { candidates } = only(planOf({ bibs: [old, ...planned], profile }, book(15)))
  assert.deepEqual(candidates, ['new:1:10', 'new:1:9', old.mmsId])
})

test('the others are merged one after the other, and the record comes last', () => {
  const bibs = [
    bibOf(1, book(11)),
    bibOf(2, book(12, '500 ## $a Two.')),
    bibOf(3, book(13, '500 ## $a Three.')),
  ]
  const seen: string[] = []
  const rule: MergeRule = {
    ...mergeRule('keep-existing'),
    actions: [{ verb: 'add', targets: [{ tag: '500' }], place: null }],
  }
  const combined = combineRecords(
    book(11),
    bibs.slice(1).map((bib) => ({ bib, becomes: 'delete', mergeRule: 'add-notes' })),
    defaultProtect,
    (code) => {
      seen.push(code)
      return rule
    },
  )
  assert.deepEqual(seen, ['add-notes', 'add-notes'])
  assert.deepEqual(combined.fields.filter(({ tag }) => tag === '500').map(formatField), [
    '500 ## $a Two.',
    '500 ## $a Three.',
  ])
  const profile = combining({ preferred: 'oldest' })
  const { changes } = only(planOf({ bibs, profile }, book(11, '500 ## $a Incoming.')))
  assert.deepEqual(
    changes.map(({ mmsId, action, after }) => [mmsId, action, after?.version ?? null]),
    [
      [bibs[0]?.mmsId, 'merged', 2],
      [bibs[1]?.mmsId, 'deleted', null],
      [bibs[2]?.mmsId, 'deleted', null],
    ],
  )
})

test('a bib keeps its own OCLC numbers through every shipped rule by which others are merged into it', () => {
  const stays = book(11, '019 ## $a 10', '035 ## $z (OCoLC)9')
  const other = bibOf(
    2,
    book(12, '019 ## $a 8', '500 ## $a Other.', '590 ## $a Signed.', '035 ## $a (VENDOR)1'),
  )
  for (const { code } of mergeRules) {
    const { fields } = combineRecords(
      stays,
      [{ bib: other, becomes: 'delete', mergeRule: code }],
      defaultProtect,
      mergeRule,
    )
    const of = (tag: string) =>
      fields
        .filter((field) => field.tag === tag)
        .map(formatField)
        .toSorted()
    assert.deepEqual(of('019'), ['019 ## $a 10'], code)
    assert.deepEqual(of('035'), ['035 ## $a (OCoLC)11', '035 ## $a (VENDOR)1', '035 ## $z (OCoLC)9'], code)
    assert.deepEqual(of('590'), ['590 ## $a Signed.'], code)
  }
})

test('the numbers of what is combined stay in a 035 of its own, each once', () => {
  const stays = bibOf(1, book(11))
  const gone = [
    bibOf(2, book(12, '035 ## $z (OCoLC)5', '019 ## $a 6'), { originatingNumber: '(VENDOR)77' }),
    bibOf(3, book(12), { originatingNumber: '(OCoLC)ocm00000012' }),
  ]
  const numbers = (record: ReturnType<typeof book>) =>
    withOldNumbers(record, stays, gone, 'NZ')
      .fields.filter(({ tag }) => tag === '035')
      .map(formatField)
  assert.deepEqual(numbers(book(11)), [
    '035 ## $a (OCoLC)11',
    `035 ## $a (NZ)${gone[0]?.mmsId} $z (OCoLC)12 $z (OCoLC)5 $z (OCoLC)6 $z (VENDOR)77`,
    `035 ## $a (NZ)${gone[1]?.mmsId}`,
  ])
  // The record has taken one of the numbers over, and the bib has lost its own by it.
  assert.deepEqual(numbers(book(12)).slice(1), [
    `035 ## $a (NZ)${gone[0]?.mmsId} $z (OCoLC)5 $z (OCoLC)6 $z (VENDOR)77 $z (OCoLC)11`,
    `035 ## $a (NZ)${gone[1]?.mmsId}`,
  ])
  const once = withOldNumbers(book(11), stays, gone, 'NZ')
  assert.equal(withOldNumbers(once, stays, gone, 'NZ'), once)
})

test('more matches than are looked at, matches that a person is to look at, and deletions are not combined', () => {
  const many = Array.from({ length: 61 }, (_, at) => bibOf(at, book(100 + at)))
  const bibs = [bibOf(1, book(11)), bibOf(2, book(12))]
  const code = (planning: Parameters<typeof planOf>[0], record = book(15)) =>
    only(planOf(planning, record)).code
  const { match } = combining()
  const byHand: ImportProfile = { ...combining(), match: { ...match, handling: 'manual' } }
  assert.equal(code({ bibs, profile: byHand }), 'MULTI_MATCH')
  const deleting: ImportProfile = { ...combining(), deletes: 'delete' }
  const asksForIt = { ...book(15), leader: '00000dam a2200000 a 4500' }
  assert.equal(code({ bibs, profile: deleting }, asksForIt), 'MULTI_MATCH')
  for (const action of ['do-not-import', 'import'] as const) {
    const { onMatch } = repository
    assert.equal(code({ bibs, profile: { ...combining(), onMatch: { ...onMatch, action } } }), 'MULTI_MATCH')
  }
  assert.equal(only(planOf({ bibs: many.slice(0, 20), profile: combining() }, book(15))).combined.length, 19)
})

test('a later record finds the bib that earlier ones have combined, by the number of one that is gone', () => {
  const bibs = [bibOf(1, book(11)), bibOf(2, book(12, '500 ## $a Fuller.'))]
  const profile: ImportProfile = { ...combining(), match: { ...combining().match, method: 'isbn-024-035' } }
  const later = recordOf('035 ## $a (OCoLC)11', '245 10 $a Emma.', '300 ## $a 3 v.', '501 ## $a Later.')
  const [first, second] = planOf({ bibs, profile }, book(13), later)
  assert.deepEqual([first?.mmsId, second?.mmsId], [bibs[1]?.mmsId, bibs[1]?.mmsId])
  assert.deepEqual([second?.outcome, second?.versionBefore, second?.duplicateInFile], ['merged', 2, true])
})

test('a record overlays what the bibs have become where the profile overlays', () => {
  const bibs = [bibOf(1, book(11, '590 ## $a Signed.')), bibOf(2, book(12))]
  const profile: ImportProfile = {
    ...combining({ preferred: 'newest' }),
    onMatch: { ...repository.onMatch, action: 'overlay' },
  }
  const { outcome, changes } = only(planOf({ bibs, profile }, book(12, '500 ## $a New.')))
  assert.equal(outcome, 'overlaid')
  assert.deepEqual(fieldsOf(changes[0]?.after?.record), [
    '020 ## $a 9780141439587',
    '035 ## $a (OCoLC)12',
    `035 ## $a (NZ)${bibs[0]?.mmsId} $z (OCoLC)11`,
    '245 10 $a Emma / $c Jane Austen.',
    '300 ## $a 3 v.',
    '500 ## $a New.',
    '590 ## $a Signed.',
  ])
})
