import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { formatRuleText } from '../src/rules/language/format-rule-text.ts'
import { parseRuleFile } from '../src/rules/language/parse-rule-file.ts'
import { type RuleKind, ruleKinds } from '../src/rules/language/rule.ts'
import { runRuleTests } from '../src/rules/language/run-rule-tests.ts'

const guide = readFileSync(new URL('../docs/rules.md', import.meta.url), 'utf8')

/** The rule files of the guide: blocks that name their kind. */
const examples = [...guide.matchAll(/^```([a-z-]+)\n(.*?)^```/gms)].map(([, kind, text]) => ({
  kind: kind as RuleKind,
  text: text ?? '',
}))

test('the guide has an example of each kind, that loads without a remark and passes its tests', () => {
  assert.deepEqual(examples.map(({ kind }) => kind).toSorted(), [...ruleKinds].toSorted())
  for (const { kind, text } of examples) {
    const { file, problems } = parseRuleFile(kind, text)
    assert.deepEqual(problems, [], kind)
    assert.ok(file && file.tests.length > 0, kind)
    for (const { name, passed, expected, got } of runRuleTests(file))
      assert.ok(passed, `${name}\nexpected ${expected.join('\n')}\ngot ${got.join('\n')}`)
    assert.equal(
      formatRuleText(text, file).trim().split('\n').filter(isSaid).join('\n'),
      text.trim().split('\n').filter(isSaid).join('\n'),
    )
  }
})

const isSaid = (line: string): boolean => line.trim() !== ''
