import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { recordOf } from '../../test/record-of.ts'
import type { MarcRecord } from '../marc/record.ts'
import type { BibState } from '../rules/bib-state.ts'
import { derive } from '../rules/derive.ts'
import { bodyOf, storedRecord } from '../rules/prepare.ts'
import { sameWords } from '../rules/words.ts'
import { type DerivedState, deriveDifference } from './derived-difference.ts'

const state: Omit<BibState, 'record'> = {
  mmsId: '99100000000015816',
  version: 1,
  briefLevel: 5,
  carrier: 'print',
  suppressed: false,
  publishToOclc: 'publish',
  originatingSystem: 'OCLC',
  originatingNumber: null,
  originatingVersion: null,
  linkedMmsId: null,
  linkedToCommunity: false,
  lock: null,
  sourceHash: null,
  passed: null,
  jobId: null,
  hangs: [],
}

const stateOf = (
  record: MarcRecord,
  stamp = '20260101000000.0',
  tags: Partial<BibState> = {},
): DerivedState => ({
  state: { ...state, ...tags, record: storedRecord(record.leader, state.mmsId, stamp, bodyOf(record)) },
  derived: derive(record, null),
})

const difference = (before: DerivedState | null, after: DerivedState | null) =>
  deriveDifference([{ mmsId: '99100000000015816', before, after }])

const emma = ['035 ## $a (OCoLC)1', '100 1# $a Austen, Jane', '245 10 $a Emma', '650 #0 $a Matchmaking']

test('a new time of the save alone writes nothing', () => {
  const { keys, headings, search, facets } = difference(
    stateOf(recordOf(...emma)),
    stateOf(recordOf(...emma), '20270101000000.0'),
  )
  assert.deepEqual([facets.add, facets.remove], [[], []])
  assert.deepEqual([keys.add, keys.remove, headings.add, headings.remove], [[], [], [], []])
  assert.deepEqual([search.add, search.remove], [[], []])
})

test('a tag of the bib writes its facets alone', () => {
  const [before, after] = [false, true].map((suppressed) =>
    stateOf(recordOf(...emma), '20260101000000.0', { suppressed }),
  )
  assert.ok(before && after)
  const { keys, search, facets } = difference(before, after)
  assert.deepEqual([keys.add, search.add, facets.remove], [[], [], [state.mmsId]])
  assert.deepEqual(
    facets.add.map((row) => row.state.suppressed),
    [true],
  )
})

test('a subject that gets a number keeps its search row', () => {
  const { headings, search } = difference(
    stateOf(recordOf(...emma)),
    stateOf(recordOf(...emma.slice(0, -1), '650 #0 $a Matchmaking $0 http://id.example/1')),
  )
  assert.deepEqual([headings.add, headings.remove, search.add, search.remove], [[], [], [], []])
})

const fields = fc.array(
  fc.constantFrom(
    '035 ## $a (OCoLC)1',
    '035 ## $a (OCoLC)2',
    '245 10 $a Emma',
    '245 10 $a Emma Emma',
    '500 ## $a Emma',
    '500 ## $a A note',
    '520 ## $a Note of Emma',
    '650 #0 $a Emma',
    '650 #0 $a EMMA',
    '650 #0 $a Emma $0 1',
    '700 1# $a Austen, Jane $t Emma',
    '700 1# $a Austen, Jane',
    '856 40 $u http://example.org/',
    '880 1# $6 700-00 $a Emma',
  ),
  { maxLength: 8 },
)

test('the rows of before, without those removed and with those added, are the rows of after', () => {
  fc.assert(
    fc.property(fields, fields, (old, fresh) => {
      const before = stateOf(recordOf(...old))
      const after = stateOf(recordOf(...fresh), '20270101000000.0')
      const { keys, headings, search } = difference(before, after)
      const rows = (all: readonly object[]) => all.map((row) => JSON.stringify(row)).toSorted()
      const left = (had: readonly object[], removed: readonly object[], added: readonly object[]) => {
        const gone = new Set(rows(removed))
        return [...rows(had).filter((row) => !gone.has(row)), ...rows(added)].toSorted()
      }
      const key = (row: { readonly key: object }) => row.key
      assert.deepEqual(
        left(before.derived.keys, keys.remove.map(key), keys.add.map(key)),
        rows(after.derived.keys),
      )
      // The tag of a heading is not in its row.
      const row = ({ heading: { kind, form, sortForm } }: (typeof headings.add)[number]) => ({
        kind,
        form,
        sortForm,
      })
      const all = (state: DerivedState) =>
        state.derived.headings.map((heading) => row({ mmsId: '', heading }))
      assert.deepEqual(left(all(before), headings.remove.map(row), headings.add.map(row)), rows(all(after)))
      if (search.add.length === 0 && search.remove.length === 0) {
        assert.ok(sameWords(before.derived.words, after.derived.words))
        assert.equal(before.derived.title, after.derived.title)
      }
    }),
    { numRuns: 3000 },
  )
})
