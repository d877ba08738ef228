import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileBriefLevels, shippedBriefLevels } from './brief-level.ts'
import { parseRuleFile } from './language/parse-rule-file.ts'
import { mergeRule, mergeRuleOf } from './merge/merge-rule.ts'
import { merge } from './merge/merge.ts'
import { defaultProtect } from './merge/protect.ts'
import { shippedRules } from './shipped-rules.ts'
import { shippedText } from './shipped-text.ts'
import { exceptionProfiles } from './validation/exceptions.ts'
import { recordOf } from '../../test/record-of.ts'

test('every built-in rule is written in the language of rule files, without a fault', () => {
  for (const { kind, code } of shippedRules) {
    const text = shippedText(kind, code)
    assert.ok(text, code)
    assert.deepEqual(parseRuleFile(kind, text).problems, [], code)
  }
  assert.equal(shippedText('merge', 'none'), null)
})

test('a built-in merge rule does what its text does', () => {
  const existing = recordOf('035 ## $a (DE-1)7', '245 10 $a Emma', '590 ## $a Ours', '650 #0 $a Courtship')
  const incoming = recordOf('035 ## $a (OCoLC)8', '245 10 $a Emma, new', '500 ## $a Note', '650 #0 $a Wit')
  for (const { kind, code } of shippedRules) {
    if (kind !== 'merge') continue
    const { file } = parseRuleFile('merge', shippedText(kind, code) ?? '')
    assert.ok(file)
    assert.deepEqual(
      merge(existing, incoming, mergeRuleOf(file, code), defaultProtect).record,
      merge(existing, incoming, mergeRule(code), defaultProtect).record,
      code,
    )
  }
})

test('the built-in brief levels are those of their text', () => {
  const { file } = parseRuleFile('brief-level', shippedText('brief-level', 'encoding-and-content') ?? '')
  const levels = compileBriefLevels(file?.rules ?? [], 'text')
  const full = ['245 10 $a Emma', '260 ## $a London', '300 ## $a 3 v.', '650 #0 $a Wit']
  for (const level of [' ', '1', '2', '3', '4', '5', '7', '8', 'I', 'J', 'K', 'L', 'M', 'u', 'z'])
    for (let count = 0; count <= full.length; count++) {
      const record = recordOf(`LDR 00000nam a2200000${level}a 4500`, ...full.slice(0, count))
      assert.equal(levels(record).level, shippedBriefLevels(record).level, `${level} ${count}`)
    }
})

test('built-in exceptions are those of their text', () => {
  for (const { code, lines } of exceptionProfiles) {
    const { file } = parseRuleFile('exceptions', shippedText('exceptions', code) ?? '')
    assert.deepEqual(
      file?.rules.map(({ place: _place, ...line }) => line),
      lines.map(({ place: _place, ...line }) => line),
    )
  }
})
