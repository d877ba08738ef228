import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ruleFileOf } from '../../../test/rule-file.ts'
import { ruleFile } from '../../../test/rule-files.ts'
import { formatRuleText } from './format-rule-text.ts'
import { formatRuleFile } from './format-rule-file.ts'
import { parseRuleFile } from './parse-rule-file.ts'
import type { RuleFile, RuleKind } from './rule.ts'

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
  exists "035.a.(OCoLC)*" AND not exists "9**"
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

const formatted = <Kind extends RuleKind>(kind: Kind, text: string): string =>
  formatRuleText(text, ruleFileOf(kind, text))

test('comments stay with what they are about', () => {
  const text = `# Our rules.

// Numbers first.
rule "low" // runs last
  // why it is
when // always
  TRUE
then
  // local notes
  removeField "590"   # ours
  # and more
  removeField "591" if (exists "591.a" // has one
    AND exists "591.b") // or two
  // that was all
end // low

# A new one.
rule "high"
priority 5
when TRUE then removeField "592" // same line
end

// shown
test "t" // it works
given
  # before
  590 ## $a x
expect
end
# The end.
`
  const written = `# A new one.
rule "high"
priority 5
when
  TRUE
then
  removeField "592" // same line
end

# Our rules.
// Numbers first.
rule "low" // runs last
// why it is
// always
when
  TRUE
then
  // local notes
  removeField "590" # ours
  # and more
  removeField "591" if (exists "591.a" AND exists "591.b") // has one // or two
  // that was all
end // low

// shown
// it works
# before
test "t"
given
  590 ## $a x
expect
end

# The end.
`
  assert.equal(formatted('normalize', text), written)
  assert.equal(formatted('normalize', written), written)
})

test('the lines of an exceptions file keep their comments', () => {
  assert.equal(
    formatted('exceptions', '# vendors\nTITLE_MISSING:off//none\n\n// the rest\nTAG_INVALID : ERROR\n// end'),
    '# vendors\nTITLE_MISSING: off //none\n// the rest\nTAG_INVALID: error\n\n// end\n',
  )
})

test('a file that names its order is written in that order', () => {
  const rule = (name: string) => `rule "${name}"\nwhen\n  TRUE\nthen\n  removeField "590"\nend\n`
  assert.equal(
    formatted('normalize', `// moved\norder last to first\n${rule('a')}${rule('b')}`),
    `order first to last\n\n${rule('b')}\n// moved\n${rule('a')}`,
  )
})
