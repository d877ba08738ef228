import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bookLeader, recordOf } from '../../test/record-of.ts'
import { briefLevel, briefLevelsBy, compileBriefLevels, shippedBriefLevels } from './brief-level.ts'
import { parseRuleFile } from './language/parse-rule-file.ts'
import { RuleFailure, attempt, recordBudget } from './normalize/budget.ts'

const full = [
  '050 00 $a PR4034',
  '245 10 $a Emma.',
  '260 ## $a London',
  '300 ## $a 300 p.',
  '650 #0 $a Women.',
]
const levelOf = (encoding: string, ...lines: string[]) =>
  briefLevel(recordOf(`LDR ${bookLeader.slice(0, 17)}${encoding}${bookLeader.slice(18)}`, ...lines))

test('a full record has the level of its encoding level', () => {
  assert.deepEqual(
    [...' IL1 4KM 27 8 3 5uz J'].filter((c) => c !== ' ').map((encoding) => levelOf(encoding, ...full)),
    [9, 9, 8, 7, 6, 6, 5, 5, 4, 3, 2, 2, 2, 1],
  )
  assert.equal(levelOf(' ', ...full), 10)
})

test('content lowers what the encoding level claims', () => {
  assert.equal(levelOf(' ', '100 1# $a Austen'), 1)
  assert.equal(levelOf(' ', '245 10 $a Emma.', '980 ## $a 12.50'), 2)
  assert.equal(levelOf(' ', '245 10 $a Emma.', '260 ## $a London'), 3)
  assert.equal(levelOf(' ', '245 10 $a Emma.', '260 ## $a London', '650 #0 $a Women.'), 6)
})

test('content never raises it', () => {
  assert.equal(levelOf('5', ...full, '500 ## $a Note.'), 2)
})

test('the rule that decided is named, and other rules can be given', () => {
  assert.deepEqual(shippedBriefLevels(recordOf('245 10 $a Emma.')), {
    level: 2,
    rule: 'neither publication nor extent',
    line: null,
  })
  const titled = briefLevelsBy([{ level: 4, name: 'x', when: { field: '245' } }])
  assert.equal(briefLevel(recordOf('245 10 $a Emma.'), titled), 4)
  assert.equal(briefLevel(recordOf('245 10 $a Emma.'), briefLevelsBy([])), 10)
})

const ruleFile = `rule "no title"
when
  not exists "245.a"
then
  set brief_level."01"
end
rule "encoding level 3"
when
  existsControl "LDR.{17,1}.3"
then
  set brief_level."03"
end
rule "nothing"
priority 9
when
  TRUE
then
end
`
const { file } = parseRuleFile('brief-level', ruleFile)

test('of a rule file the first rule that is met decides, by its line; none is level 10', () => {
  const levels = compileBriefLevels(file?.rules ?? [], 'ours')
  const abbreviated = `LDR ${bookLeader.slice(0, 17)}3${bookLeader.slice(18)}`
  assert.deepEqual(levels(recordOf(abbreviated, '100 1# $a Austen')), { level: 1, rule: 'no title', line: 5 })
  assert.equal(briefLevel(recordOf(abbreviated, '245 10 $a Emma.'), levels), 3)
  assert.deepEqual(levels(recordOf('245 10 $a Emma.')), { level: 10, rule: null, line: null })
})

test('a rule that costs too much fails by its file and line', () => {
  const levels = compileBriefLevels(file?.rules ?? [], 'ours')
  const failure = attempt(() => levels(recordOf('245 10 $a Emma.'), recordBudget({ steps: 0 })))
  assert.ok(failure instanceof RuleFailure)
  assert.equal(
    failure.message,
    'Rule file ours, line 1: The rules of this record have used up the steps that they may take.',
  )
})
