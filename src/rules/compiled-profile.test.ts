import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../test/record-of.ts'
import { compiledProfile, zoneBriefLevels } from './compiled-profile.ts'
import type { Filter, RunProfile } from './import-profile.ts'
import type { RuleKind, RuleText } from './language/rule.ts'
import { recordBudget } from './normalize/budget.ts'
import { prepare } from './prepare.ts'
import { shippedProfile } from './profiles.ts'
import { UnusableRule } from './ready-rule.ts'

const textOf = (kind: RuleKind, code: string, text: string, version = 1): RuleText => ({
  kind,
  zone: 'NZ',
  code,
  version,
  text,
})

const rule = (when: string, ...then: readonly string[]) =>
  `rule "one"\nwhen\n  ${when}\nthen\n${then.map((line) => `  ${line}\n`).join('')}end\n`

const profile = (more: Partial<RunProfile>): RunProfile => ({ ...shippedProfile('repository'), ...more })

const emma = recordOf('245 10 $a Emma.', '500 ## $a A note.', '650 #0 $a Wit.')

const filtered = (filter: Filter) =>
  compiledProfile(
    profile({
      filter,
      rules: [
        textOf('indication', 'notes', rule('exists "500"', 'set indication."true"')),
        textOf('indication', 'videos', rule('exists "300.a.*video*"', 'set indication."true"')),
      ],
    }),
  ).filter?.(emma, recordBudget())

test('a filter says whether it is met, and by which line of an indication rule', () => {
  const notes = { rule: 'notes', line: 5 }
  assert.deepEqual(filtered({ rule: 'notes' }), { isMet: true, by: notes })
  assert.deepEqual(filtered({ rule: 'videos' }), { isMet: false, by: null })
  assert.deepEqual(filtered({ any: [{ field: '999' }, { rule: 'notes' }] }), { isMet: true, by: notes })
  assert.deepEqual(filtered({ any: [{ rule: 'videos' }, { field: '650' }] }), { isMet: true, by: null })
  assert.deepEqual(filtered({ all: [{ field: '650' }, { rule: 'notes' }] }), { isMet: true, by: notes })
  assert.deepEqual(filtered({ all: [{ rule: 'notes' }, { rule: 'videos' }] }), { isMet: false, by: null })
  assert.deepEqual(filtered({ not: { rule: 'notes' } }), { isMet: false, by: notes })
  assert.deepEqual(filtered({ not: { not: { rule: 'notes' } } }), { isMet: true, by: notes })
})

test('a profile without rule files runs by the built-in rules, and remembers matches as it always has', () => {
  const compiled = compiledProfile(profile({}))
  assert.equal(compiled.filter, null)
  assert.equal(compiled.mergeRuleOf('keep-existing').name, 'Keep the existing record')
  assert.equal(compiled.tracedRule('keep-existing'), 'keep-existing')
  assert.equal(compiled.onMatch, 'merge overlay-all-but-local')
  assert.equal(compiled.briefLevels(emma).level, zoneBriefLevels(null)(emma).level)
})

test('what tells matches apart changes with the text of the merge rule, and not with its number', () => {
  const withText = (text: string, version: number) =>
    compiledProfile(
      profile({
        onMatch: { ...shippedProfile('repository').onMatch, mergeRule: 'ours' },
        rules: [textOf('merge', 'ours', text, version)],
      }),
    )
  const first = withText(rule('merge', 'replace MARC."245"'), 1)
  assert.equal(first.tracedRule('ours'), 'ours@1')
  assert.equal(withText(rule('merge', 'replace MARC."245"'), 2).onMatch, first.onMatch)
  assert.notEqual(withText(rule('merge', 'replace MARC."246"'), 2).onMatch, first.onMatch)
})

test('a rule that a profile does not bring along, or that cannot be read, is named', () => {
  const step = [{ do: 'rule', rule: 'tidy' }] as const
  assert.throws(() => compiledProfile(profile({ normalize: step })), /tidy/)
  const broken = textOf('normalize', 'tidy', rule('TRUE', 'removeFeild "245"'), 3)
  assert.throws(
    () => compiledProfile(profile({ normalize: step, rules: [broken] })),
    (error: unknown) => {
      assert.ok(error instanceof UnusableRule)
      assert.match(error.message, /^Rule file tidy of zone NZ, version 3, cannot be used, line 5, column 3: /)
      return true
    },
  )
})

test('rules that take longer than a record has leave it to a person, by the clock as by steps', () => {
  const slow = Array.from({ length: 200 }, () => 'replaceContents "500.a" matches "(x+x+)+[yz]$" with ""')
  const run = profile({
    normalize: [{ do: 'rule', rule: 'slow' }],
    rules: [textOf('normalize', 'slow', rule('TRUE', ...slow))],
  })
  const long = recordOf('245 10 $a Emma.', `500 ## $a ${'x'.repeat(9000)}`)
  for (const [wait, why] of [
    [0, /used up the time/],
    [600_000, /used up the steps/],
  ] as const) {
    const prepared = prepare(long, run, { wait })
    assert.ok(prepared.status === 'out')
    assert.deepEqual(
      [prepared.outcome, prepared.code, prepared.title],
      ['unresolved', 'RULE_FAILED', 'Emma.'],
    )
    assert.equal(prepared.failed?.rule, 'slow')
    assert.match(prepared.failed?.why ?? '', why)
  }
})
