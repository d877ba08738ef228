import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  arbitraryMergeAction,
  arbitraryMergeRecord,
  arbitraryMergeRule,
} from '../../../test/arbitrary-merge.ts'
import { arbitraryRecord } from '../../../test/arbitrary-record.ts'
import { mergeRuleOfLines } from '../../../test/merge-rule-of.ts'
import { recordOf } from '../../../test/record-of.ts'
import type { Field, MarcRecord } from '../../marc/record.ts'
import { isIdentityTag } from '../content.ts'
import { effectiveTag } from '../effective-tag.ts'
import type { MergeAction } from '../language/rule.ts'
import { contentWithoutOccurrence as content } from './linkage.ts'
import { merge, overlayRule } from './merge.ts'
import { mergeSteps, mergeTrace } from './merge-explain.ts'
import { type MergeRule, mergeRule, mergeRules } from './merge-rule.ts'
import { defaultProtect, localProtection, protectionOf } from './protect.ts'

/*
 * Laws that hold of every merge rule, or of a kind of them that is named. Rules are made of all verbs and
 * modifiers; records of the few tags and values that rules speak of, so that every line meets fields.
 */
const protect = { ...defaultProtect, members: ['OWN'] }
const merged = (existing: MarcRecord, incoming: MarcRecord, rule: MergeRule) =>
  merge(existing, incoming, rule, protect).record
const ruleOf = (actions: readonly MergeAction[]): MergeRule => ({
  code: 'x',
  name: 'x',
  description: '',
  actions,
})

const anyRule = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(...mergeRules) },
  { weight: 4, arbitrary: arbitraryMergeRule },
)
const many = { numRuns: 1500 }

/** How often each content is there. */
function counted(fields: readonly Field[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const field of fields) counts.set(content(field), (counts.get(content(field)) ?? 0) + 1)
  return counts
}

const sorted = (fields: readonly Field[]): string[] => fields.map(content).toSorted()

test('merged into itself a record stays the very record, by every rule that removes nothing it does not add', () => {
  const rules = fc.oneof(
    fc.constantFrom(...mergeRules),
    // `replace` brings back all that it takes; behind `add` of everything nothing is missing.
    arbitraryMergeRule.map(({ actions }) => ruleOf(actions.filter(({ verb }) => verb !== 'remove'))),
    arbitraryMergeRule.map(({ actions }) =>
      ruleOf([...actions, { verb: 'add', targets: [{ tag: 'XXX' }], place: null }]),
    ),
  )
  fc.assert(
    fc.property(arbitraryMergeRecord, rules, (record, rule) => {
      assert.equal(merged(record, structuredClone(record), rule), record)
    }),
    many,
  )
})

test('merged into itself a record gains nothing, by any rule', () => {
  fc.assert(
    fc.property(arbitraryMergeRecord, anyRule, (record, rule) => {
      const had = counted(record.fields)
      for (const [text, times] of counted(merged(record, structuredClone(record), rule).fields))
        assert.ok(times <= (had.get(text) ?? 0), text)
    }),
    many,
  )
})

test('no protected field is lost by a rule that does not name its tag outright, and none that is marked by any', () => {
  fc.assert(
    fc.property(arbitraryMergeRecord, arbitraryMergeRecord, anyRule, (existing, incoming, rule) => {
      const named = new Set(
        rule.actions.flatMap(({ verb, targets }) =>
          verb === 'remove' || verb === 'replace' ? targets.map(({ tag }) => tag) : [],
        ),
      )
      const safe = existing.fields.filter((field) => {
        const protection = protectionOf(field, protect)
        return protection !== null && !(protection.by === 'tag' && named.has(effectiveTag(field)))
      })
      const left = counted(merged(existing, incoming, rule).fields)
      for (const [text, times] of counted(safe)) assert.ok((left.get(text) ?? 0) >= times, text)
    }),
    many,
  )
})

test('what a line of the rule protects is not lost', () => {
  fc.assert(
    fc.property(arbitraryMergeRecord, arbitraryMergeRecord, anyRule, (existing, incoming, rule) => {
      const safe = existing.fields.filter(({ tag }) => tag === '500' || tag === '590')
      const targets = [{ tag: '500' }, { tag: '590' }]
      const guarded = ruleOf([...rule.actions, { verb: 'protect', targets, place: null }])
      const left = counted(merged(existing, incoming, guarded).fields)
      for (const [text, times] of counted(safe)) assert.ok((left.get(text) ?? 0) >= times, text)
    }),
    many,
  )
})

test('001, 003 and 005 are those of the existing record, in their order', () => {
  fc.assert(
    fc.property(arbitraryMergeRecord, arbitraryMergeRecord, anyRule, (existing, incoming, rule) => {
      const identity = ({ fields }: MarcRecord) => fields.filter(({ tag }) => isIdentityTag(tag))
      assert.deepEqual(identity(merged(existing, incoming, rule)), identity(existing))
    }),
    many,
  )
})

test('a merge makes no field that neither record had, nor more of one than both have', () => {
  fc.assert(
    fc.property(arbitraryMergeRecord, arbitraryMergeRecord, anyRule, (existing, incoming, rule) => {
      const had = counted(existing.fields)
      const came = counted(incoming.fields)
      for (const [text, times] of counted(merged(existing, incoming, rule).fields))
        assert.ok(times <= Math.max(had.get(text) ?? 0, came.get(text) ?? 0), text)
    }),
    many,
  )
})

test('an overlay is the incoming record where nothing is protected: no more and no less', () => {
  fc.assert(
    fc.property(arbitraryMergeRecord, arbitraryMergeRecord, (existing, incoming) => {
      const comes = incoming.fields.filter(
        (field) => !isIdentityTag(field.tag) && localProtection(field, protect) === null,
      )
      const isOclc = (field: Field) => effectiveTag(field) === '035' && content(field).includes('(OCoLC)')
      const exchanged = comes.some(isOclc)
      const stays = existing.fields.filter(
        (field) =>
          isIdentityTag(field.tag) ||
          protectionOf(field, protect) !== null ||
          (effectiveTag(field) === '035' && !(isOclc(field) && exchanged)),
      )
      const expected = [...stays]
      const spare = counted(existing.fields.filter((field) => stays.includes(field)))
      for (const field of comes) {
        const left = spare.get(content(field)) ?? 0
        if (left > 0) spare.set(content(field), left - 1)
        else expected.push(field)
      }
      const result = merge(existing, incoming, mergeRule(overlayRule), protect).record
      assert.deepEqual(sorted(result.fields), sorted(expected))
    }),
    many,
  )
})

/**
 * Whether a line asks what the existing record has, which the merge changes: `if does not exist`, and a
 * condition on another tag where the line removes.
 */
const asksExisting = ({ verb, targets, when, only }: MergeAction): boolean =>
  only === 'if-existing-lacks' ||
  ((verb === 'remove' || verb === 'replace') &&
    when?.tag !== undefined &&
    targets.some(({ tag }) => tag !== when.tag))

test('merging the same record again changes nothing, by a rule that does not ask what the existing record has', () => {
  const rules = anyRule.map((rule) => ruleOf(rule.actions.filter((action) => !asksExisting(action))))
  fc.assert(
    fc.property(arbitraryMergeRecord, arbitraryMergeRecord, rules, (existing, incoming, rule) => {
      const once = merged(existing, incoming, rule)
      assert.deepEqual(merged(once, incoming, rule), once)
    }),
    many,
  )
})

test('a rule that asks what the existing record has may do more when it is carried out again', () => {
  const twice = (existing: MarcRecord, incoming: MarcRecord, ...lines: readonly string[]) => {
    const once = merged(existing, incoming, mergeRuleOfLines(...lines))
    return [once, merged(once, incoming, mergeRuleOfLines(...lines))].map(({ fields }) => fields.length)
  }
  const [existing, incoming] = [recordOf('500 ## $a x $5 ZZZ'), recordOf('500 ## $a y')]
  assert.deepEqual(
    twice(existing, incoming, 'add MARC."500" if does not exist', 'remove MARC."500" if exists subfield "5"'),
    [0, 1],
  )
  assert.deepEqual(
    twice(
      existing,
      recordOf('040 ## $a DLC'),
      'remove MARC."500" when MARC."040"."a" has any value',
      'add MARC."040"',
    ),
    [2, 1],
  )
})

test('every field of three records is in one decision, and in one step', () => {
  fc.assert(
    fc.property(arbitraryMergeRecord, arbitraryMergeRecord, anyRule, (existing, incoming, rule) => {
      const { record, decisions } = merge(existing, incoming, rule, protect)
      const places = (side: 'existing' | 'result') =>
        decisions.flatMap((decision) => decision[side] ?? []).toSorted((a, b) => a - b)
      assert.deepEqual(places('existing'), [...existing.fields.keys()])
      assert.deepEqual(places('result'), [...record.fields.keys()])
      const steps = mergeSteps(existing, incoming, rule, protect)
      assert.equal(steps.filter(({ before }) => before !== null).length, existing.fields.length + 1)
      assert.equal(steps.filter((step) => step.incoming !== null).length, incoming.fields.length + 1)
      assert.equal(steps.filter(({ after }) => after !== null).length, record.fields.length + 1)
      for (const text of mergeTrace(decisions, rule, existing, incoming))
        assert.match(text, /^(\d+ (add|remove|replace|protect)|protected) ...×\d+$/)
    }),
    { numRuns: 500 },
  )
})

test('no rule throws, whatever the records hold', () => {
  const action = fc.array(arbitraryMergeAction, { maxLength: 8 }).map(ruleOf)
  fc.assert(
    fc.property(arbitraryRecord, arbitraryRecord, action, (existing, incoming, rule) => {
      assert.doesNotThrow(() => mergeSteps(existing, incoming, rule, protect))
    }),
    { numRuns: 500 },
  )
})
