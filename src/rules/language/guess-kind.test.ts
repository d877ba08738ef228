import assert from 'node:assert/strict'
import { test } from 'node:test'
import { guessKind } from './guess-kind.ts'

const rule = (when: string, then: string) => `rule "one"\nwhen\n  ${when}\nthen\n  ${then}\nend\n`

test('a rule file is told by the words that its kind alone has', () => {
  assert.equal(guessKind(rule('exists "245"', 'removeField "9**"')), 'normalize')
  assert.equal(guessKind(rule('merge', 'replace MARC."245"')), 'merge')
  assert.equal(guessKind('rule "one" when merge\nthen add MARC."5"XX end\n'), 'merge')
  assert.equal(guessKind(rule('TRUE', 'set indication."true"')), 'indication')
  assert.equal(guessKind(rule('TRUE', 'set brief_level."04"')), 'brief-level')
  assert.equal(guessKind('ISBN_INVALID 020 $a: off\n'), 'exceptions')
})

test('a file with an error is told all the same', () => {
  assert.equal(guessKind('rule "one"\nwhen\n  exsts "245"\nthen\n  removeFeild "9**"\n'), 'normalize')
})

test('what stands in comments and quotes tells nothing, nor do words of several kinds', () => {
  assert.equal(guessKind('# set indication."true"\n// remove MARC."245"\n'), null)
  assert.equal(guessKind(rule('exists "500.a.set indication"', 'removeField "500"')), 'normalize')
  assert.equal(guessKind(rule('merge', 'removeField "500"')), null)
  assert.equal(guessKind(''), null)
})
