import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ruleFile } from '../../../test/rule-files.ts'
import { formatRuleFile } from './format-rule-file.ts'
import { parseRuleFile } from './parse-rule-file.ts'
import type { RuleFile } from './rule.ts'

test('what is written of a rule file is read as the same file', () => {
  fc.assert(
    fc.property(ruleFile, (file) => {
      const text = formatRuleFile(file)
      const parsed = parseRuleFile(file.kind, text)
      assert.deepEqual(
        parsed.problems.filter(({ severity }) => severity === 'error'),
        [],
        text,
      )
      assert.deepEqual(withoutPlaces(parsed.file), withoutPlaces(file), text)
    }),
    { numRuns: 400 },
  )
})

test('a text that the formatter wrote is written the same again', () => {
  fc.assert(
    fc.property(ruleFile, (file) => {
      const text = formatRuleFile(file)
      const again = parseRuleFile(file.kind, text).file
      assert.equal(again && formatRuleFile(again), text)
    }),
    { numRuns: 100 },
  )
})

/** Lines and columns are where a text has them; all else is to be the same. */
function withoutPlaces(value: RuleFile | null): unknown {
  return JSON.parse(JSON.stringify(value, (key, each: unknown) => (key === 'place' ? undefined : each)))
}

test('each kind of rule file has one form', () => {
  const text = `rule "OCLC numbers"
priority 10
idempotent
when
  exists "035.a.(OCoLC)*" AND NOT exists "9**"
then
  replaceContents "035.a.(OCoLC)ocm|(OCoLC)ocn" with "(OCoLC)"
  removeField "650.{*,7}.2.fast" if (exists "650.2" has any value)
  replaceContents "245.a" matching " +/$" with ""
end

test "prefixes fall"
given
  035 ## $a (OCoLC)ocm1
expect
  035 ## $a (OCoLC)1
end
`
  const { file, problems } = parseRuleFile(
    'normalize',
    `// ours
RULE "OCLC numbers" salience 10
 idempotent
When (exists "035.a.(OCoLC)*") and not (exists "9**") Then
 ReplaceContents "035.a.(OCoLC)ocm|(OCoLC)ocn" WITH "(OCoLC)" # prefixes
 removefield "650.{*,7}.2.fast" if(exists "650.2" has any value)
 replaceContents "245.a" matching " +/$" with ""
end
test "prefixes fall"
given
035 ## $a (OCoLC)ocm1
expect
035 ## $a (OCoLC)1
end`,
  )
  assert.deepEqual(problems, [])
  assert.equal(file && formatRuleFile(file), text)
})
