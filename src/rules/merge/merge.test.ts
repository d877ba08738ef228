import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { recordOf } from '../../../test/record-of.ts'
import { packField } from '../../marc/packed.ts'
import type { MarcRecord } from '../../marc/record.ts'
import { formatField } from '../field-text.ts'
import type { MergeRule } from './merge-rule.ts'
import { mergeRule, mergeRules } from './merge-rule.ts'
import { merge, overlay } from './merge.ts'
import { defaultProtect, isProtected } from './protect.ts'

const protect = { ...defaultProtect, members: ['DLC'] }
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
  const result = overlay(ours, theirs, protect)
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
    actions: [{ verb: 'replace', target: { tag: '245' } }],
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
        target: { tag: '5XX' },
        excluding: [{ tag: '520' }],
        subfield: { code: '5', is: 'absent' },
      }),
      existing,
      incoming,
    ),
    ['500 ## $a b $5 X', '520 ## $a s'],
  )
  assert.deepEqual(
    merged(act({ verb: 'add', target: { tag: '5XX' }, only: 'if-existing-lacks' }), existing, incoming).at(
      -1,
    ),
    '546 ## $a e',
  )
  assert.equal(merged(act({ verb: 'add', target: { tag: '500', ind1: '1' } }), existing, incoming).length, 4)
  assert.deepEqual(
    merged(
      act({
        verb: 'replace',
        target: { tag: '500' },
        when: { subfield: 'a', contains: 'z' },
        only: 'if-incoming-has',
      }),
      existing,
      incoming,
    ),
    lines(existing),
  )
  assert.equal(
    merged(
      act({ verb: 'add', target: { tag: '500' }, when: { tag: '546', subfield: 'a', contains: 'e' } }),
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
    actions: [{ verb: 'replace', target: { tag } }],
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

const value = fc.constantFrom('x', 'y', 'z', '(OCoLC)1', '(OCoLC)2', '(DLC)3')
const subfield = fc.oneof(
  { weight: 6, arbitrary: fc.record({ code: fc.constantFrom('a', 'b'), value }) },
  fc.constant({ code: '9', value: 'LOCAL' }),
  fc.constant({ code: '5', value: 'DLC' }),
  fc.record({ code: fc.constant('6'), value: fc.constantFrom('880-01', '880-02', '245-01', '590-02') }),
)
const dataField = fc.record({
  tag: fc.constantFrom(
    '035',
    '090',
    '100',
    '245',
    '500',
    '520',
    '590',
    '600',
    '650',
    '690',
    '700',
    '880',
    '949',
  ),
  ind1: fc.constantFrom(' ', '1'),
  ind2: fc.constant(' '),
  subfields: fc.array(subfield, { minLength: 1, maxLength: 3 }),
})
const controlField = fc.record({
  tag: fc.constantFrom('001', '003', '005', '006', '008'),
  value: fc.constantFrom('1', '2'),
})
const anyRecord = fc.record({
  leader: fc.constantFrom('00000nam a2200000 a 4500', '00000cas a2200000 i 4500'),
  fields: fc.array(fc.oneof({ weight: 5, arbitrary: dataField }, controlField), { maxLength: 14 }),
})
const anyRule = fc.constantFrom(...mergeRules)
/** `$6` aside, whose occurrence number a merge may change. */
const unlinked = (field: MarcRecord['fields'][number]) =>
  packField(field).replace(/\x1f6(...)-\d+/g, '\x1f6$1')

test('a record merged into itself is itself, by every rule', () => {
  fc.assert(
    fc.property(anyRecord, anyRule, (record, rule) =>
      assert.equal(merge(record, structuredClone(record), rule, protect).record, record),
    ),
    { numRuns: 500 },
  )
})

test('merging the same record once more changes nothing', () => {
  fc.assert(
    fc.property(anyRecord, anyRecord, anyRule, (existing, incoming, rule) => {
      const once = merge(existing, incoming, rule, protect).record
      assert.deepEqual(lines(merge(once, incoming, rule, protect).record), lines(once))
    }),
    { numRuns: 1000 },
  )
})

test('no protected field is ever lost, nor 001, 003 or 005 changed', () => {
  fc.assert(
    fc.property(anyRecord, anyRecord, anyRule, (existing, incoming, rule) => {
      const { record } = merge(existing, incoming, rule, protect)
      const left = record.fields.map(packField)
      for (const field of existing.fields.filter((kept) => isProtected(kept, protect))) {
        const at = left.indexOf(packField(field))
        assert.notEqual(at, -1, formatField(field))
        left.splice(at, 1)
      }
      const identity = ({ fields }: MarcRecord) =>
        fields.filter(({ tag }) => ['001', '003', '005'].includes(tag)).map(packField)
      assert.deepEqual(identity(record), identity(existing))
    }),
    { numRuns: 500 },
  )
})

test('an overlay has the content of the incoming record but for local fields, and nothing that neither had', () => {
  fc.assert(
    fc.property(anyRecord, anyRecord, (existing, incoming) => {
      const { fields } = overlay(existing, incoming, protect)
      const known = new Set([...existing.fields, ...incoming.fields].map(unlinked))
      for (const field of fields) assert.ok(known.has(unlinked(field)), formatField(field))
      const has = new Set(fields.map(unlinked))
      for (const field of incoming.fields) {
        if (['001', '003', '005'].includes(field.tag) || isProtected(field, protect)) continue
        assert.ok(has.has(unlinked(field)), formatField(field))
      }
    }),
    { numRuns: 500 },
  )
})
