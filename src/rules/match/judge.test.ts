import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bibOf, planOf } from '../../../test/planned.ts'
import { recordOf } from '../../../test/record-of.ts'
import type { MarcRecord } from '../../marc/record.ts'
import type { BibState } from '../bib-state.ts'
import type { ImportProfile, MatchSettings } from '../import-profile.ts'
import type { Plan } from '../plan.ts'
import { shippedProfile } from '../profiles.ts'

const repository = shippedProfile('repository')

const by = (method: string, more: Partial<MatchSettings> = {}): ImportProfile => ({
  ...repository,
  match: { ...repository.match, method, ...more },
})

const dates = (year: number) => `008 000000s${year}`.padEnd(44, ' ')

const book = (title: string, year: number, author: string | null, ...lines: readonly string[]) =>
  recordOf(
    dates(year),
    ...(author === null ? [] : [`100 1# $a ${author}`]),
    `245 10 $a ${title}`,
    '300 ## $a 324 p.',
    ...lines,
  )

const plan = (profile: ImportProfile, bibs: readonly BibState[], record: MarcRecord): Plan => {
  const [planned] = planOf({ bibs, profile }, record)
  assert.ok(planned)
  return planned
}

/** Whether it was matched, or why not, and the bibs left, with those that were set aside and why. */
const judged = (profile: ImportProfile, bibs: readonly BibState[], record: MarcRecord) => {
  const { code, outcome, candidates, trace } = plan(profile, bibs, record)
  const counts = (mmsId: string) => Number(mmsId.slice(2, 9)) - 1_000_000
  return [
    code ?? (outcome === 'created' ? 'created' : 'matched'),
    candidates.map(counts).join(' '),
    (trace?.candidates ?? [])
      .flatMap(({ mmsId, dropped }) => (dropped ? `${counts(mmsId)} ${dropped}` : []))
      .join(', '),
  ]
}

const fuzzy = by('title-fuzzy-non-serial')

test('of the title statement fuzzy the newest of several is the match', () => {
  const bibs = [1, 3, 2].map((count) => bibOf(count, book('Emma', 1998, 'Austen, Jane')))
  assert.deepEqual(judged(fuzzy, bibs, book('Emma', 1999, 'Austen, Jane')), [
    'matched',
    '3',
    '1 added-earlier, 2 added-earlier',
  ])
})

test('what has the title and another year, type or author is set aside by name', () => {
  const map = { ...book('Emma', 1998, 'Austen, Jane'), leader: '00000nem a2200000 a 4500' }
  const bibs = [
    bibOf(1, book('Emma', 1996, 'Austen, Jane')),
    bibOf(2, map),
    bibOf(3, book('Emma', 1998, 'Bloom, Harold')),
    bibOf(4, book('Emma', 1999, null)),
  ]
  const [code, , dropped] = judged(fuzzy, bibs, book('Emma', 1998, 'Austen, Jane'))
  assert.equal(code, 'created')
  // The look-up by title, year and type does not bring what is of a year too far off at all.
  assert.equal(dropped, '2 other-type, 3 other-author, 4 other-author')
})

test('several matches are an issue, and the trace names what its settings set aside', () => {
  const bibs = [1, 2].map((count) => bibOf(count, book('Emma', 1998, 'Austen, Jane', '020 ## $a 0141439513')))
  const online = bibOf(
    3,
    book('Emma', 1998, 'Austen, Jane', '020 ## $a 0141439513', '338 ## $a online resource $b cr'),
    { linkedToCommunity: true },
  )
  const record = book('Emma', 1998, 'Austen, Jane', '020 ## $a 0141439513')
  assert.deepEqual(judged(by('isbn-exact'), bibs, record), ['MULTI_MATCH', '1 2', ''])
  assert.deepEqual(judged(by('isbn-exact'), [...bibs, online], record), [
    'MULTI_MATCH',
    '1 2',
    '3 other-carrier',
  ])
})

test('D13: a bib of the community is set aside before a cancelled number, and that before a carrier', () => {
  const multi = { ...repository.match.multi, disregardCommunity: true, disregardCancelled: true }
  const profile = by('035', { multi: { ...multi, preferSameCarrier: true } })
  const own = '035 ## $a (OCoLC)1'
  const bibs = [
    bibOf(1, book('Emma', 1998, null, own), { linkedToCommunity: true }),
    bibOf(2, book('Emma', 1998, null, '035 ## $a (OCoLC)2 $z (OCoLC)1')),
    bibOf(3, book('Emma', 1998, null, own, '338 ## $a online resource $b cr')),
    bibOf(4, book('Emma', 1998, null, own)),
  ]
  assert.deepEqual(judged(profile, bibs, book('Emma', 1998, null, own)), [
    'matched',
    '4',
    '1 community, 2 cancelled-number, 3 other-carrier',
  ])
})

test('a setting that would leave no bib is passed over', () => {
  const multi = { ...repository.match.multi, disregardCommunity: true }
  const bibs = [1, 2].map((count) =>
    bibOf(count, book('Emma', 1998, null, '035 ## $a (OCoLC)1'), { linkedToCommunity: true }),
  )
  assert.deepEqual(judged(by('035', { multi }), bibs, book('Emma', 1998, null, '035 ## $a (OCoLC)1')), [
    'MULTI_MATCH',
    '1 2',
    '',
  ])
})

const weighted = by('weighted')
const isbn = '020 ## $a 0141439513'

test('the weighted method matches, leaves to a person, or finds nothing, by its thresholds', () => {
  const bib = bibOf(1, book('Emma', 1998, 'Austen, Jane', isbn))
  const sure = plan(weighted, [bib], book('Emma', 1998, 'Austen, Jane', isbn))
  assert.equal(sure.matched, 1)
  assert.equal(sure.trace?.step, 'weighing')
  const [found] = sure.trace?.candidates ?? []
  assert.ok((found?.score ?? 0) >= 65)
  assert.equal(found?.evidence?.[0], 'isbn +28')
  assert.deepEqual(judged(weighted, [bib], book('Emma', 1996, 'Austen, Jane')), ['MATCH_UNSURE', '1', ''])
  assert.deepEqual(judged(weighted, [bib], book('Emma', 1960, 'Bloom, Harold')), [
    'created',
    '',
    '1 low-score',
  ])
  const online = book('Emma', 1998, 'Austen, Jane', isbn, '338 ## $a online resource $b cr')
  assert.deepEqual(judged(weighted, [bib], online), ['created', '', '1 veto'])
})

test('what is unsure is not imported where the profile skips what it cannot resolve', () => {
  const bib = bibOf(1, book('Emma', 1998, 'Austen, Jane', isbn))
  const multi = { ...repository.match.multi, skipUnresolved: true }
  const { outcome, code } = plan(by('weighted', { multi }), [bib], book('Emma', 1996, 'Austen, Jane'))
  assert.deepEqual([outcome, code], ['not_imported', 'MATCH_UNSURE'])
})

test('the likest by far is the one match, and of several as like a person chooses', () => {
  const same = book('Emma', 1998, 'Austen, Jane', isbn, '035 ## $a (OCoLC)1')
  const bibs = [
    bibOf(1, same),
    bibOf(2, book('Emma', 1998, 'Austen, Jane', '035 ## $a (OCoLC)2')),
    bibOf(3, book('Emma', 1998, 'Austen, Jane', isbn)),
  ]
  assert.deepEqual(judged(weighted, bibs, same), ['matched', '1', '3 low-score, 2 low-score'])
  assert.deepEqual(judged(weighted, [bibOf(1, same), bibOf(2, same)], same), ['MULTI_MATCH', '1 2', ''])
})

test('a doubt leaves to a person what would match, unless another bib is as like without one', () => {
  const ebook = (host: string) =>
    book('Emma', 1998, 'Austen, Jane', isbn, '338 ## $b cr', `856 40 $u https://www.${host}/1`)
  const other = bibOf(1, ebook('proquest.com'))
  assert.deepEqual(judged(weighted, [other], ebook('jstor.org')), ['MATCH_UNSURE', '1', ''])
  assert.deepEqual(judged(weighted, [other, bibOf(2, ebook('jstor.org'))], ebook('jstor.org')), [
    'matched',
    '2',
    '1 low-score',
  ])
  assert.deepEqual(judged(by('weighted', { weighted: { doubts: [] } }), [other], ebook('jstor.org')), [
    'matched',
    '1',
    '',
  ])
})

test('a record that comes again is its own match, however little it is weighed by', () => {
  const brief = recordOf('245 10 $a Emma', '100 1# $a Austen, Jane')
  const plans = planOf({ bibs: [], profile: weighted }, brief, brief)
  assert.deepEqual(
    plans.map(({ outcome, trace }) => [outcome, trace?.candidates?.[0]?.evidence]),
    [
      ['created', undefined],
      ['unchanged', ['the same record again']],
    ],
  )
})

test('a new version of a record that says little is found by its number at its source', () => {
  const version = (title: string) => recordOf('001 77', '003 DE-1', `245 10 $a ${title}`)
  const [, second] = planOf({ bibs: [], profile: weighted }, version('Emma'), version('Emma : a novel'))
  assert.deepEqual(
    [second?.outcome, second?.trace?.candidates?.[0]?.evidence?.[0]],
    ['merged', 'source-number +40'],
  )
})

test('the trace shows ten of what was set aside, the likest of them', () => {
  const bibs = Array.from({ length: 30 }, (_, at) =>
    bibOf(at + 1, book('Emma', at === 20 ? 1996 : 1900 + at, 'Bloom, Harold')),
  )
  const { trace } = plan(weighted, bibs, book('Emma', 1997, 'Austen, Jane'))
  assert.equal(trace?.candidates?.length, 10)
  assert.ok(trace.candidates.some(({ mmsId }) => mmsId === bibs[20]?.mmsId))
})

test('multi-step tries one method after another, those for the kind of record, and stops where one finds', () => {
  const steps = [
    { method: 'issn-exact', for: 'serial' },
    { method: '035', for: 'all', prefix: 'DLC' },
    { method: 'isbn-exact', for: 'non-serial' },
  ] as const
  const profile = by('multi-step', { steps })
  const bibs = [
    bibOf(1, book('Emma', 1998, null, isbn, '035 ## $a (OCoLC)1')),
    bibOf(2, book('Emma', 1998, null, '035 ## $a (DLC)7')),
  ]
  const step = (...lines: readonly string[]) => {
    const { trace, candidates } = plan(profile, bibs, book('Emma', 1998, null, ...lines))
    return [trace?.step, candidates.length]
  }
  assert.deepEqual(step(isbn, '035 ## $a (DLC)7'), ['Other system identifier (035): system number', 1])
  assert.deepEqual(step(isbn, '035 ## $a (OCoLC)1'), ['ISBN, exact subfield: ISBN', 1])
  assert.deepEqual(step('035 ## $a (OCoLC)1'), [undefined, 0])
})
