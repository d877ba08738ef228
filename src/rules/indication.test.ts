import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../test/record-of.ts'
import { ruleFileOf } from '../../test/rule-file.ts'
import { compileIndication } from './indication.ts'

const { rules } = ruleFileOf(
  'indication',
  `rule "our own are in"
when
  exists "040.a.XXX"
then
  set indication."false"
end
rule "electronic ones are out"
when
  (exists "856.u") OR (existsControl "007.{0,1}.c")
then
  set indication."true"
end
`,
)
const indicationOf = compileIndication(rules, 'no-electronic')

test('the first rule that is met decides, and is named', () => {
  assert.deepEqual(indicationOf(recordOf('007 cr', '245 10 $a Emma.')), {
    value: true,
    rule: 'electronic ones are out',
    line: 11,
  })
  assert.deepEqual(indicationOf(recordOf('007 cr', '040 ## $a XXX')), {
    value: false,
    rule: 'our own are in',
    line: 5,
  })
})

test('where none is met the answer is no', () => {
  assert.deepEqual(indicationOf(recordOf('007 ta')), { value: false, rule: null, line: null })
})
