import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../../test/record-of.ts'
import type { MarcRecord } from '../../marc/record.ts'
import { formatField } from '../field-text.ts'
import type { Pattern } from '../language/rule.ts'
import type { MergeRule } from './merge-rule.ts'
import { mergeRule } from './merge-rule.ts'
import { merge, overlayRule } from './merge.ts'
import { defaultProtect } from './protect.ts'

const protect = { ...defaultProtect, members: ['DLC'] }
const text = (literal: string): Pattern => ({
  kind: 'text',
  alternatives: [[{ part: 'literal', text: literal }]],
})
const lines = (record: MarcRecord) => record.fields.map(formatField)
const merged = (rule: MergeRule | string, existing: MarcRecord, incoming: MarcRecord) =>
  lines(merge(existing, incoming, typeof rule === 'string' ? mergeRule(rule) : rule, protect).record)

const ours = recordOf(
  'LDR 00000nam a22000005a 4500',
  '001 99115816',
  '005 20240101120000.0',
  '035 ## $a (OCoLC)1',
  '035 ## $a (YBP)77',
  '100 1# $a Austen, J.',
  '245 10 $a Emma.',
  '500 ## $a Signed by the author. $5 DLC',
  '590 ## $a Gift of the estate.',
  '650 #0 $a Matchmaking.',
  '945 ## $a shelf 4',
)
const theirs = recordOf(
  'LDR 00000cam a2200000 i 4500',
  '001 ocm00000001',
  '005 20200101120000.0',
  '035 ## $a (OCoLC)1 $z (OCoLC)2',
  '035 ## $a (GOBI)88',
  '100 1# $a Austen, Jane, $d 1775-1817.',
  '245 10 $a Emma / $c Jane Austen.',
  '500 ## $a First published in 1815.',
  '590 ## $a Note of another library.',
  '650 #0 $a Young women $v Fiction.',
  '700 1# $a Wiltshire, John.',
  '938 ## $a a vendor',
)

test("an overlay takes everything but the bib's own number and its local fields", () => {
  const result = merge(ours, theirs, mergeRule(overlayRule), protect).record
  assert.equal(result.leader, theirs.leader)
  assert.deepEqual(lines(result), [
    '001 99115816',
    '005 20240101120000.0',
    '035 ## $a (YBP)77',
    '035 ## $a (OCoLC)1 $z (OCoLC)2',
    '035 ## $a (GOBI)88',
    '100 1# $a Austen, Jane, $d 1775-1817.',
    '245 10 $a Emma / $c Jane Austen.',
    '500 ## $a Signed by the author. $5 DLC',
    '500 ## $a First published in 1815.',
    '590 ## $a Gift of the estate.',
    '650 #0 $a Young women $v Fiction.',
    '700 1# $a Wiltshire, John.',
    '945 ## $a shelf 4',
  ])
})

test("a vendor's record without an OCLC number does not cost the bib its own", () => {
  assert.deepEqual(
    merged('overlay-all-but-local', recordOf('035 ## $a (OCoLC)1'), recordOf('035 ## $a (YBP)2')),
    ['035 ## $a (OCoLC)1', '035 ## $a (YBP)2'],
  )
})

test('keep-existing changes nothing and gives the very record back', () => {
  assert.equal(merge(ours, theirs, mergeRule('keep-existing'), protect).record, ours)
})

test('replace-245-035 takes title and numbers alone', () => {
  assert.deepEqual(
    merged(
      'replace-245-035',
      recordOf('035 ## $a (OCoLC)1', '100 1# $a A', '245 10 $a x'),
      recordOf('035 ## $a (OCoLC)2', '100 1# $a B', '245 10 $a y'),
    ),
    ['035 ## $a (OCoLC)2', '100 1# $a A', '245 10 $a y'],
  )
  assert.deepEqual(merged('replace-245-035', recordOf('245 10 $a x'), recordOf('100 1# $a B')), [
    '245 10 $a x',
  ])
})

test('conditional subject headings join subjects and added entries', () => {
  assert.deepEqual(
    merged(
      'conditional-subject-headings',
      recordOf('245 10 $a x', '600 10 $a P', '650 #0 $a A', '700 1# $a B'),
      recordOf('245 10 $a y', '650 #0 $a A', '650 #0 $a C', '700 1# $a D'),
    ),
    ['245 10 $a y', '650 #0 $a A', '650 #0 $a C', '700 1# $a B', '700 1# $a D'],
  )
})

test('an 880 goes and comes with its partner', () => {
  const rule: MergeRule = {
    code: 'x',
    name: 'x',
    description: '',
    actions: [{ verb: 'replace', targets: [{ tag: '245' }], place: null }],
  }
  const existing = recordOf(
    '100 1# $6 880-01 $a A',
    '245 10 $6 880-02 $a old',
    '880 1# $6 100-01 $a а',
    '880 10 $6 245-02 $a старый',
  )
  const incoming = recordOf('245 10 $6 880-01 $a new', '880 10 $6 245-01 $a новый')
  assert.deepEqual(merged(rule, existing, incoming), [
    '100 1# $6 880-01 $a A',
    '245 10 $6 880-02 $a new',
    '880 1# $6 100-01 $a а',
    '880 10 $6 245-02 $a новый',
  ])
})

test('a pair whose number is taken gets a free one, and a field follows its partner', () => {
  const existing = recordOf(
    '245 10 $6 880-02 $a Emma.',
    '590 ## $6 880-01 $a Gift',
    '880 10 $6 245-02 $a Эма',
    '880 ## $6 590-01 $a Дар',
  )
  const incoming = recordOf(
    '100 1# $6 880-01 $a A',
    '245 10 $6 880-03 $a Emma.',
    '880 1# $6 100-01 $a А',
    '880 10 $6 245-03 $a Эмма',
  )
  assert.deepEqual(merged('overlay-all-but-local', existing, incoming), [
    '100 1# $6 880-03 $a A',
    '245 10 $6 880-02 $a Emma.',
    '590 ## $6 880-01 $a Gift',
    '880 ## $6 590-01 $a Дар',
    '880 1# $6 100-03 $a А',
    '880 10 $6 245-02 $a Эмма',
  ])
})

test('the incoming order stands where the existing has nothing of its own', () => {
  assert.deepEqual(
    merged(
      'overlay-all-but-local',
      recordOf('500 ## $a k', '650 #0 $a C', '650 #0 $a A', '690 ## $a L'),
      recordOf('520 ## $a s', '500 ## $a k', '504 ## $a b', '650 #0 $a A', '650 #0 $a B', '650 #0 $a C'),
    ),
    ['520 ## $a s', '500 ## $a k', '504 ## $a b', '650 #0 $a A', '650 #0 $a B', '650 #0 $a C', '690 ## $a L'],
  )
})

test('actions follow one another, with their conditions', () => {
  const act = (...actions: MergeRule['actions']): MergeRule => ({
    code: 'x',
    name: 'x',
    description: '',
    actions,
  })
  const existing = recordOf('500 ## $a a', '500 ## $a b $5 X', '520 ## $a s')
  const incoming = recordOf('500 1# $a c', '500 ## $a d', '520 ## $a t', '546 ## $a e')
  assert.deepEqual(
    merged(
      act({
        verb: 'remove',
        targets: [{ tag: '5XX' }],
        place: null,
        excluding: [{ tag: '520' }],
        subfield: { code: '5', is: 'absent' },
      }),
      existing,
      incoming,
    ),
    ['500 ## $a b $5 X', '520 ## $a s'],
  )
  assert.deepEqual(
    merged(
      act({ verb: 'add', targets: [{ tag: '5XX' }], place: null, only: 'if-existing-lacks' }),
      existing,
      incoming,
    ).at(-1),
    '546 ## $a e',
  )
  assert.equal(
    merged(act({ verb: 'add', targets: [{ tag: '500', ind1: '1' }], place: null }), existing, incoming)
      .length,
    4,
  )
  assert.deepEqual(
    merged(
      act({
        verb: 'replace',
        targets: [{ tag: '500' }],
        place: null,
        when: { subfield: 'a', contains: text('z') },
        only: 'if-incoming-has',
      }),
      existing,
      incoming,
    ),
    lines(existing),
  )
  assert.equal(
    merged(
      act({
        verb: 'add',
        targets: [{ tag: '500' }],
        place: null,
        when: { tag: '546', subfield: 'a', contains: text('e') },
      }),
      existing,
      incoming,
    ).length,
    5,
  )
})

test('an action that names a local tag outright reaches it, one with a pattern does not', () => {
  const act = (tag: string): MergeRule => ({
    code: 'x',
    name: 'x',
    description: '',
    actions: [{ verb: 'replace', targets: [{ tag }], place: null }],
  })
  const existing = recordOf('590 ## $a ours')
  const incoming = recordOf('590 ## $a theirs')
  assert.deepEqual(merged(act('5XX'), existing, incoming), ['590 ## $a ours'])
  assert.deepEqual(merged(act('590'), existing, incoming), ['590 ## $a theirs'])
})

test('every field of the result and every removed one has its decision', () => {
  const { record, decisions } = merge(ours, theirs, mergeRule('overlay-all-but-local'), protect)
  assert.deepEqual(
    decisions.filter(({ result }) => result !== null).map(({ result }) => result),
    [...record.fields.keys()],
  )
  const of = (line: string) =>
    decisions.find(({ result }) => result !== null && lines(record)[result] === line)
  assert.deepEqual(of('590 ## $a Gift of the estate.'), {
    decision: 'kept',
    existing: 7,
    incoming: null,
    result: lines(record).indexOf('590 ## $a Gift of the estate.'),
    action: null,
    protected: true,
  })
  assert.equal(of('245 10 $a Emma / $c Jane Austen.')?.decision, 'replaced')
  assert.equal(of('700 1# $a Wiltshire, John.')?.decision, 'added')
  const seen = decisions.flatMap(({ existing }) => existing ?? []).sort((a, b) => a - b)
  assert.deepEqual(seen, [...ours.fields.keys()])
})
