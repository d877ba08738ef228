import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ruleFileOf } from '../../../test/rule-file.ts'
import type { RuleKind } from './rule.ts'
import { runRuleTests } from './run-rule-tests.ts'

/** The tests of a file in words: those that passed by name, others with what came out. */
const run = (kind: RuleKind, text: string) =>
  runRuleTests(ruleFileOf(kind, text)).map(({ name, line, passed, got }) =>
    passed ? `${line} ${name}` : `${line} ${name}, got ${got.join(' | ')}`,
  )

test('a test of normalisation compares the record line by line', () => {
  const text = `rule "fast"
when
  TRUE
then
  removeField "650" if (exists "650.2.fast")
end
test "fast headings go"
given
  001 1
  650 _7 $aCats $2 fast
  650 #0 $a Cats
expect
  001 1
  650 \\0 $aCats
end
test "all headings go"
given
  650 #0 $a Cats
expect
  651 #0 $a Cats
end
`
  assert.deepEqual(run('normalize', text), ['7 fast headings go', '16 all headings go, got 650 #0 $a Cats'])
})

test('a leader is compared where one is expected', () => {
  const text = `rule "level"
when
  existsControl "LDR.{17,1}.I"
then
  replaceControlContents "LDR.{17,1}" with " "
end
test "an OCLC level is full"
given
  LDR 00000cam a2200000Ia 4500
  245 10 $a Emma.
expect
  LDR 00000cam a2200000 a 4500
  245 10 $a Emma.
end
test "of no other concern"
given
  LDR 00000cam a2200000Ia 4500
  245 10 $a Emma.
expect
  245 10 $a Emma.
end
`
  assert.deepEqual(run('normalize', text), ['7 an OCLC level is full', '15 of no other concern'])
})

test('a rule that cannot be carried out fails its test by its line', () => {
  const text = `rule "level"
when
  TRUE
then
  replaceControlContents "LDR.{17,1}" matching "(.)" with "$1$1"
end
test "level"
given
  245 10 $a Emma.
expect
  245 10 $a Emma.
end
`
  assert.deepEqual(run('normalize', text), [
    '7 level, got Rule file this file, line 5: It would give the leader 25 characters in place of 24.',
  ])
})

test('a rule that claims to be idempotent is held to it on every record given', () => {
  const claim = (action: string) => `rule "mark"
idempotent
when
  TRUE
then
  ${action}
end
test "marked"
given
  245 10 $a Emma.
expect
  245 10 $a Emma.
  590 ## $a x
end
`
  assert.deepEqual(run('normalize', claim('addField "590.a.x" if (not exists "590.a.x")')), ['8 marked'])
  assert.deepEqual(run('normalize', claim('addField "590.a.x"')), [
    '8 marked',
    '1 "mark" is idempotent on the record of "marked", got LDR 00000nam a2200000 a 4500 | 245 10 $a Emma. | 590 ## $a x | 590 ## $a x',
  ])
})

test('a test of merging has both records, and fields that zones usually protect', () => {
  const text = `rule "overlay"
when
  merge
then
  remove MARC."5"XX
  add MARC."5"XX
end
test "notes are exchanged, our own stay"
given
  001 1
  500 ## $a old
  590 ## $a ours
incoming
  500 ## $a new
expect
  001 1
  500 ## $a new
  590 ## $a ours
end
`
  assert.deepEqual(run('merge', text), ['8 notes are exchanged, our own stay'])
})

test('tests of indication and brief level have a verdict', () => {
  const indication = `rule "out"
when
  exists "856.u"
then
  set indication."true"
end
test "electronic"
given
  856 40 $u https://example.org/
expect indication."true"
end
test "print"
given
  245 10 $a Emma.
expect indication."true"
end
`
  assert.deepEqual(run('indication', indication), ['7 electronic', '12 print, got indication."false"'])
  const brief = `rule "no title"
when
  not exists "245"
then
  set brief_level."01"
end
test "without a title"
given
  100 1# $a Austen
expect brief_level."01"
end
test "with one"
given
  245 10 $a Emma.
expect brief_level."09"
end
`
  assert.deepEqual(run('brief-level', brief), ['7 without a title', '12 with one, got brief_level."10"'])
})

test('a test of exceptions is about the messages that the file or the test speaks of', () => {
  const text = `ISBN_INVALID: error
ISBN_INVALID 020 $z: off
TITLE_MISSING: off
test "a wrong number is an error"
given
  020 ## $a 1234
expect messages
  ISBN_INVALID 020 $a: error
end
test "a title may be missing"
given
  020 ## $a 9780141439587
expect messages
  TITLE_MISSING: warning
end
test "nothing to say"
given
  020 ## $a 9780141439587
expect messages
end
`
  assert.deepEqual(run('exceptions', text), [
    '4 a wrong number is an error',
    '10 a title may be missing, got ',
    '16 nothing to say',
  ])
})
