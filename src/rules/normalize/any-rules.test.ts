import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { arbitraryRecord } from '../../../test/arbitrary-record.ts'
import { actionsOf, ruleFileOf } from '../../../test/rule-file.ts'
import { pack, unpack } from '../../marc/packed.ts'
import type { Field, MarcRecord } from '../../marc/record.ts'
import { parseRuleFile } from '../language/parse-rule-file.ts'
import { RuleFailure, attempt, recordBudget } from './budget.ts'
import { compileNormalizeRules } from './compile-rules.ts'
import type { FieldChange } from './field-change.ts'

const among = (...of: readonly string[]) => fc.constantFrom(...of)
const written = (parts: TemplateStringsArray, ...holes: readonly fc.Arbitrary<string>[]) =>
  fc.tuple(...holes).map((texts) => String.raw({ raw: parts }, ...texts))

const tags = ['245', '650', '651', '900', 'TMP']
const tag = among(...tags)
const open = among(...tags, '65*', '9**', '***')
const control = among('001', '006', '007', '008')
const code = among('a', 'b', '2', '9')
const value = among('x', 'a', ' ', '*', '.', 'a*', '*a', 'a*x', 'x|a', '\\.', '😀')
const text = among('x', 'a', '', ' ', 'xa', '$1', '😀')
const element = fc.oneof(
  open,
  written`${open}.${among('a', 'b', '2', '*')}`,
  written`${open}.${among('a', 'b', '*')}.${value}`,
  written`${open}.{${among('*', '-', '1')},${among('*', '-', '0')}}`,
)
const subfield = fc.oneof(
  written`${open}.${among('a', 'b', '*')}`,
  written`${open}.${among('a', '*')}.${value}`,
)
const characters = fc.oneof(
  control,
  written`${control}.{${among('0', '2')},${among('1', '3')}}`,
  written`${control}.${value}`,
)

const action = fc.oneof(
  written`addControlField "${control}.${among('x', 'cr', ' ')}"`,
  written`addField "${tag}.${code}.${among('x', 'a b')}"`,
  written`addSubField "${open}.${code}.x"`,
  written`addSystemNumber "${tag}.a" from "${control}" prefixed by "003"`,
  written`changeControlField "${control}" to "${control}"`,
  written`changeField "${element}" to "${tag}"`,
  written`changeFirstIndicator "${element}" to "${among('1', '-')}"`,
  written`changeSecondIndicator "${element}" to "${among('4', ' ')}"`,
  written`changeSubField "${subfield}" to "${code}"`,
  written`changeSubFieldExceptFirst "${subfield}" to "${code}"`,
  written`changeSubFieldOnlyFirst "${subfield}" to "${code}"`,
  written`combineFields "${open}" excluding "${among('', 'a', 'a,2')}"`,
  written`copyControlField "${fc.oneof(characters, written`${tag}.${code}`)}" to "${control}"`,
  written`copyField "${element}" to "${fc.oneof(tag, written`${tag}.${code}`)}"`,
  written`correctDuplicateFields "${open},${open}"`,
  written`correctDuplicateSubfields "${open}" "a,b"`,
  written`moveSubfieldsToEndOfField "${open}" "b,a"`,
  written`${among('prefix', 'suffix')} "${element}" with "${text}"`,
  written`${among('prefixSubField', 'suffixSubField')} "${open}.${code}" with "${tag}.${code}"`,
  written`removeControlField "${characters}"`,
  written`removeField "${element}"`,
  written`removeSubField "${subfield}"`,
  written`${among('replaceContents', 'replaceContentsExceptFirst', 'replaceContentsOnlyFirst')} "${subfield}" with "${text}"`,
  written`replaceContents "${open}.a" matching "${among('(a|x)+', '^', '$', '(.)', '\\b')}" with "${among('', 'y', '$&$&')}"`,
  written`replaceControlContents "LDR.{${among('5', '17')},1}${among('', '.a', '.*')}" with "${among('n', 'x')}"`,
  written`replaceControlContents "LDR.{5,2}" matching "[a-z ]" with "${among('', 'x', '$&$&')}"`,
  written`replaceControlContents "${characters}" with "${text}"`,
  written`splitField "${tag}.${code}"`,
  written`splitSubField "${tag}.${code}.${among('a', ' ')}" to "${tag}.${code}"`,
  written`sortFields "${open},${open}"`,
)
const condition = fc.oneof(
  written`exists "${element}"`,
  written`not exists "${element}"`,
  written`existsControl "${characters}"`,
  written`existsMoreThanOnce "${element}"`,
  written`exists "${element}" ${among('AND', 'OR')} not existsControl "${characters}"`,
)
const line = fc.oneof({ weight: 2, arbitrary: action }, written`${action} if (${condition})`)

/** Actions that the parser lets through: it refuses some of those above, and has words for it. */
const rules = fc
  .array(line, { minLength: 1, maxLength: 6 })
  .map((lines) => actionsOf(...lines.filter((each) => parseRuleFile('normalize', actionsOf(each)).file)))

/** Any record, with tags and codes that the rules speak of in most of its fields. */
const record = fc
  .tuple(
    arbitraryRecord,
    fc.array(tag, { minLength: 8, maxLength: 8 }),
    fc.array(code, { minLength: 4, maxLength: 4 }),
  )
  .map(
    ([{ leader, fields }, spoken, codes]): MarcRecord => ({
      leader,
      fields: fields.map(
        (field, at): Field =>
          'subfields' in field && at % 4 < 3
            ? {
                ...field,
                tag: spoken[at] as string,
                subfields: field.subfields.map((each, place) => ({ ...each, code: codes[place] as string })),
              }
            : field,
      ),
    }),
  )

const compiled = (rulesText: string) => compileNormalizeRules(ruleFileOf('normalize', rulesText).rules, 'any')

test('whatever the rules and the record are, a record comes out that can be kept, or the failure of a rule', () => {
  let failed = 0
  let changed = 0
  fc.assert(
    fc.property(rules, record, (text, before) => {
      const changes: FieldChange[] = []
      const after = attempt(() => compiled(text)(before, changes, recordBudget()))
      if (after instanceof RuleFailure) {
        failed++
        assert.equal(after.rule, 'any')
        return
      }
      if (after !== before) changed++
      assert.equal(after.leader.length, 24)
      assert.deepEqual(unpack(pack(after)), after)
      assert.equal(changes.length === 0, after === before)
    }),
    { numRuns: 3000 },
  )
  assert.ok(failed > 0 && changed > 500, `${failed} failed, ${changed} changed`)
})

/** Rules of which each claims that to run it twice is to run it once. */
const claimed = `rule "out"
idempotent
when
  TRUE
then
  removeField "9**"
  removeSubField "***.9"
end
rule "one way to write it"
idempotent
when
  exists "***"
then
  changeField "651" to "650"
  changeFirstIndicator "650" to "1"
  changeSubField "650.b" to "x"
  replaceContents "***.a.x" with ""
  replaceContents "***.a" matching "^ +| +$" with ""
  replaceControlContents "LDR.{17,1}" with " "
  correctDuplicateSubfields "***" "a,b"
  moveSubfieldsToEndOfField "***" "2,9"
  correctDuplicateFields "650"
  sortFields "***"
end
rule "where it lacks"
idempotent
when
  not exists "590.a.Loaded"
then
  addField "590.a.Loaded"
  addSubField "245.9.x" if (not exists "245.9")
  addSystemNumber "035.a" from "001" prefixed by "003"
  combineFields "900" excluding "a"
  splitField "TMP.a"
end
`

test('to run a rule twice is to run it once, where it claims that', () => {
  const claiming = ruleFileOf('normalize', claimed).rules
  assert.ok(claiming.every(({ idempotent }) => idempotent))
  for (const rule of claiming) {
    const run = compileNormalizeRules([rule], 'claimed')
    fc.assert(
      fc.property(record, (before) => {
        const once = run(before, [], recordBudget())
        assert.equal(run(once, [], recordBudget()), once)
      }),
      { numRuns: 500 },
    )
  }
})
