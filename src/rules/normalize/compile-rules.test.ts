import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MarcRecord } from '../../marc/record.ts'
import { bookLeader, recordOf } from '../../../test/record-of.ts'
import { actionsOf, ruleFileOf } from '../../../test/rule-file.ts'
import { formatField } from '../field-text.ts'
import type { NormalizeAction } from '../language/rule.ts'
import { type Budget, type BudgetSettings, RuleFailure, attempt, recordBudget } from './budget.ts'
import { compileNormalizeRules } from './compile-rules.ts'
import type { FieldChange } from './field-change.ts'
import { normalize } from './normalize.ts'

const rulesOf = (text: string) => compileNormalizeRules(ruleFileOf('normalize', text).rules, 'ours')

function run(text: string, record: MarcRecord, settings: BudgetSettings = {}) {
  const changes: FieldChange[] = []
  const budget: Budget = recordBudget(settings)
  const result = attempt(() => rulesOf(text)(record, changes, budget))
  return { result, changes }
}

function failureOf(text: string, record: MarcRecord, settings: BudgetSettings = {}): RuleFailure {
  const { result } = run(text, record, settings)
  assert.ok(result instanceof RuleFailure)
  return result
}

const emma = recordOf('001 1', '245 10 $a Emma.', '650 #0 $a Cats')

test('rules run one after the other, each on what the former left', () => {
  const text = `rule "second"
priority 1
when
  exists "590.a.one"
then
  replaceContents "590.a.one" with "two"
end
rule "first"
priority 2
when
  TRUE
then
  addField "590.a.one"
end
rule "not met"
when
  exists "590.a.one"
then
  removeField "590"
end
`
  const { result, changes } = run(text, emma)
  assert.ok('fields' in result)
  assert.deepEqual(result.fields.map(formatField), [
    '001 1',
    '245 10 $a Emma.',
    '590 ## $a two',
    '650 #0 $a Cats',
  ])
  assert.deepEqual(changes, [{ step: 'ours:6', tag: '590', field: '+ 590 ## $a two' }])
})

test('what is changed, removed, moved to another tag and put into the leader is written down', () => {
  const { changes } = run(
    actionsOf(
      'removeField "650"',
      'changeField "245" to "246"',
      'replaceControlContents "LDR.{17,1}" with "7"',
    ),
    emma,
  )
  assert.deepEqual(
    changes.map(({ step, tag, field }) => `${step} ${tag}: ${field}`),
    [
      `ours:7 LDR: LDR ${bookLeader.slice(0, 17)}7${bookLeader.slice(18)}`,
      'ours:5 650: - 650 #0 $a Cats',
      'ours:6 246: 245 = 246 10 $a Emma.',
    ],
  )
})

test('a field that is changed twice is one change, by the last line, and one that is changed back is none', () => {
  const twice = actionsOf(
    'suffix "245.a" with "="',
    'replaceContents "245.a..=" with "!"',
    'changeField "650" to "651"',
    'suffix "651.a" with "."',
  )
  assert.deepEqual(run(twice, emma).changes, [
    { step: 'ours:6', tag: '245', field: '245 10 $a Emma!' },
    { step: 'ours:8', tag: '651', field: '650 = 651 #0 $a Cats.' },
  ])
  const back = actionsOf(
    'suffix "245.a" with "="',
    'replaceContents "245.a.=" with ""',
    'addField "590.a.x"',
    'removeField "590"',
  )
  const { result, changes } = run(back, emma)
  assert.equal(result, emma)
  assert.deepEqual(changes, [])
})

test('that fields are put into another order is one change', () => {
  assert.deepEqual(
    run(actionsOf('sortFields "***"'), recordOf('650 #0 $a Cats', '245 10 $a Emma.')).changes,
    [{ step: 'ours:5', tag: '', field: 'fields in another order' }],
  )
  const away = actionsOf('changeField "245" to "246"', 'changeField "246" to "245"')
  assert.deepEqual(run(away, recordOf('650 #0 $a Cats', '245 10 $a Emma.')).changes, [
    { step: 'ours:6', tag: '', field: 'fields in another order' },
  ])
})

test('a long field is written down in part, and of many changes the first twenty', () => {
  const long = recordOf(`500 ## $a ${'x'.repeat(2000)}`)
  const [change] = run(actionsOf('changeFirstIndicator "500" to "1"'), long).changes
  assert.equal(change?.field, `500 1# $a ${'x'.repeat(189)}…`)
  const many = recordOf(...Array.from({ length: 2000 }, () => '500 ## $a x'))
  const { changes } = run(actionsOf('removeField "500"', 'addField "501.a.y"'), many)
  assert.equal(changes.length, 20)
  assert.deepEqual(changes[19], { step: 'ours:6', tag: '', field: 'and 1982 more' })
})

test('a record that nothing is done to comes back as it is, and the fields that stay do', () => {
  const text = actionsOf(
    'removeField "651"',
    'changeSecondIndicator "650" to "0"',
    'replaceContents "245.a.x" with "y"',
  )
  const { result, changes } = run(text, emma)
  assert.equal(result, emma)
  assert.deepEqual(changes, [])
  const changed = run(actionsOf('changeSecondIndicator "650" to "4"'), emma).result
  assert.ok('fields' in changed)
  assert.equal(changed.fields[1], emma.fields[1])
  assert.notEqual(changed.fields[2], emma.fields[2])
})

test('the record that came in is not touched', () => {
  const before = structuredClone(emma)
  run(actionsOf('addSubField "650.9.x"', 'suffix "245" with "!"', 'sortFields "***"'), emma)
  assert.deepEqual(emma, before)
})

test('an action on a field leaves its other script alone', () => {
  const pair = recordOf('245 10 $6 880-01 $a Emma.', '880 10 $6 245-01 $a 艾瑪')
  const { result } = run(actionsOf('removeField "245"'), pair)
  assert.ok('fields' in result)
  assert.deepEqual(result.fields.map(formatField), ['880 10 $6 245-01 $a 艾瑪'])
})

test('a rule that would break the leader fails by its file, line and reason', () => {
  const failure = failureOf(actionsOf('replaceControlContents "LDR.{5,1}" matching "n" with "$&$&"'), emma)
  assert.deepEqual(
    [failure.rule, failure.line, failure.why],
    ['ours', 5, 'It would give the leader 25 characters in place of 24'],
  )
  assert.equal(
    failure.message,
    'Rule file ours, line 5: It would give the leader 25 characters in place of 24.',
  )
})

test('what a rule file cannot say is not done either: subfields in a control field, a second leader', () => {
  const place = { line: 1, column: 1 }
  const only = null
  const control = { tag: '001', range: null, value: null }
  const data = { tag: '245', ind1: null, ind2: null, subfield: null, value: null }
  const actions: readonly NormalizeAction[] = [
    { do: 'change-field', from: data, to: '008', only, place },
    { do: 'copy-control-field', from: control, to: '900', only, place },
    { do: 'copy-control-field', from: control, to: 'LDR', only, place },
  ]
  const failures = actions.map((action) => {
    const rule = { name: 'x', priority: null, when: { is: 'true' }, place, idempotent: false } as const
    const rules = compileNormalizeRules([{ ...rule, actions: [action] }], 'ours')
    const failure = attempt(() => rules(emma, [], recordBudget()))
    return failure instanceof RuleFailure ? failure.why : failure
  })
  assert.deepEqual(failures, [
    'It would give subfields to 008, which is a control field',
    'It would make a control field of 900, which has subfields',
    'It would add a leader to the one that there is',
  ])
})

const doubling = Array.from({ length: 40 }, () => 'suffixSubField "245.a" with "245.a"')
const megabyte = 1024 * 1024
const tall = recordOf(...Array.from({ length: 10_000 }, (_, at) => `${500 + (at % 400)} ## $a Text ${at}`))

test('a value that doubles forty times fails at the length of a field', () => {
  const failure = failureOf(actionsOf(...doubling), emma)
  assert.match(failure.why, /longer than the limit of 1048576 characters/)
  assert.equal(failure.line, 22)
})

test('a record that doubles its fields fails at their number, one that fills them at its length', () => {
  const copies = Array.from({ length: 20 }, () => 'copyField "650" to "650"')
  assert.match(failureOf(actionsOf(...copies), emma).why, /more fields than the limit of 10000/)
  const wide = recordOf(...Array.from({ length: 30 }, () => `500 ## $a ${'x'.repeat(megabyte - 10)}`))
  assert.match(
    failureOf(actionsOf('suffix "500.a" with "y"'), wide).why,
    /record longer than the limit of 16777216/,
  )
  const split = recordOf(`650 #0 ${'$a x '.repeat(11_000).trim()}`)
  assert.match(
    failureOf(actionsOf('splitField "650.a"'), split, { steps: 1e12 }).why,
    /more fields than the limit/,
  )
  assert.match(
    failureOf(actionsOf('splitSubField "650.a.;" to "651.a"'), recordOf(`650 #0 $a ${';x'.repeat(11_000)}`))
      .why,
    /more fields/,
  )
})

test('five thousand rules on ten thousand fields come to an end', () => {
  const rule = (at: number) =>
    `rule "r${at}"\nwhen\n exists "***.z.*nothing*"\nthen\n removeField "***.a.*nothing*"\nend\n`
  const failure = failureOf(Array.from({ length: 5_000 }, (_, at) => rule(at)).join(''), tall)
  assert.match(failure.why, /used up the steps/)
  assert.equal(failure.rule, 'ours')
})

test('so do actions that change every field again and again', () => {
  const actions = [
    'changeFirstIndicator "***" to "1"',
    'changeFirstIndicator "***" to "2"',
    'sortFields "***"',
  ]
  const failure = failureOf(actionsOf(...Array.from({ length: 1_500 }, () => actions).flat()), tall)
  assert.match(failure.why, /used up the steps/)
})

/** One line of every action, on a field of the record that it leaves as it is. */
const idle: readonly string[] = [
  'addControlField "008.x"',
  'addField "590.a.x" if (exists "999")',
  'addSubField "650.9.x" if (exists "650.z")',
  'addSystemNumber "035.a" from "001"',
  'changeControlField "006" to "007"',
  'changeField "650.z" to "690"',
  'changeFirstIndicator "650.z" to "1"',
  'changeSubField "650.z" to "y"',
  'combineFields "999" excluding ""',
  'copyControlField "008" to "008"',
  'copyField "650.z" to "690"',
  'correctDuplicateFields "650"',
  'correctDuplicateSubfields "650" "z"',
  'moveSubfieldsToEndOfField "650" "z"',
  'prefix "650.z" with "x"',
  'suffix "650.z" with "x"',
  'prefixSubField "650.a" with "650.z"',
  'suffixSubField "650.a" with "651.z"',
  'removeControlField "007"',
  'removeField "650.z"',
  'removeSubField "650.z"',
  'replaceContents "650.z" with "x"',
  'replaceControlContents "007" with "x"',
  'splitField "650.z"',
  'splitSubField "650.z.x" to "690.a"',
  'sortFields "650"',
]

const alike = ['001 1', '008 x', '035 ## $a 1']

for (const action of idle)
  test(`${action.split(' ')[0]} is charged for every field and subfield that it looks at, even if it does nothing`, () => {
    const rules = rulesOf(actionsOf(action))
    const stepsOn = (record: MarcRecord): number => {
      const budget = recordBudget()
      assert.ok(rules(record, [], budget) === record)
      return recordBudget().left - budget.left
    }
    const tagged = Array.from({ length: 8_000 }, (_, at) => `${100 + (at % 500)} ## $a ${at}`).toSorted()
    assert.ok(stepsOn(recordOf(...tagged, ...alike)) >= 1_000)
    if (!action.includes('650')) return
    const subfields = Array.from({ length: 8_000 }, (_, at) => `$b ${at}`).join(' ')
    const tags = ['650', '651'].map((tag) => `${tag} ## $a x ${subfields}`)
    const grown = stepsOn(recordOf(...alike, ...tags)) - stepsOn(recordOf(...alike, '650 ## $a x'))
    assert.ok(grown >= 1_000 || action.startsWith('sortFields'), String(grown))
  })

test('a record that is as large as can be may be read by rules, and made smaller', () => {
  const over = recordOf(...Array.from({ length: 10_001 }, () => '500 ## $a x'))
  const { result } = run(actionsOf('removeField "500.a.y"', 'removeField "500"'), over)
  assert.ok('fields' in result)
  assert.deepEqual(result.fields, [])
})

test('all rule files of a record draw on one budget', () => {
  const steps = ['a', 'b'].map((rule) => ({ do: 'rule', rule }) as const)
  const rules = new Map(['a', 'b'].map((code) => [code, rulesOf(actionsOf('addField "590.a.x"'))]))
  const spent = recordBudget()
  normalize(emma, steps.slice(0, 1), rules, spent)
  const enoughForOne = recordBudget().left - spent.left
  assert.ok(
    attempt(() => normalize(emma, steps, rules, recordBudget({ steps: enoughForOne }))) instanceof
      RuleFailure,
  )
})

test('a clock that is handed in ends what goes on too long', () => {
  let now = 0
  const clock = { now: () => (now += 10), until: 100 }
  const actions = Array.from({ length: 400 }, () => 'changeFirstIndicator "***" to "1"')
  assert.match(failureOf(actionsOf(...actions), tall, { clock }).why, /used up the time/)
})

test('a profile that names a rule file which is not at hand is a fault', () => {
  assert.throws(() => normalize(emma, [{ do: 'rule', rule: 'x' }]), /x is not among the rules at hand/)
})

test('an error that is no failure of a rule is not held for one', () => {
  assert.throws(
    () =>
      attempt(() => {
        throw new TypeError('broken')
      }),
    TypeError,
  )
})
