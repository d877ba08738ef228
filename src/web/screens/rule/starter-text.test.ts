import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkRule } from '../../../rules/check-rule.ts'
import { ruleKinds } from '../../../rules/language/rule.ts'

import { starterTexts } from './starter-text.ts'

test('what a new rule file begins with has no fault, and passes its own test', () => {
  for (const kind of ruleKinds) {
    const { problems, tests } = checkRule(kind, starterTexts[kind])
    assert.deepEqual(problems, [], kind)
    assert.deepEqual(
      tests.map(({ passed, got }) => (passed ? true : got)),
      [true],
      kind,
    )
  }
})
