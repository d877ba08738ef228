import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ruleFileOf, ruleText } from '../../../test/rule-file.ts'
import type { MergeAction, Pattern } from './rule.ts'

const literal = (text: string): Pattern => ({
  kind: 'text',
  alternatives: [[{ part: 'literal', text }]],
})

/** The one action of a merge rule, without its place. */
function mergeAction(text: string): Partial<MergeAction> {
  const [action] = ruleFileOf('merge', ruleText(text, 'merge')).rules[0]?.actions ?? []
  assert.ok(action)
  const { place, ...made } = action
  assert.deepEqual(place, { line: 5, column: 3 })
  return made
}

test('a merge action names fields by tags, patterns of tags, and indicators', () => {
  const tags = {
    'MARC."245"': [{ tag: '245' }],
    'MARC."50"X': [{ tag: '50X' }],
    'MARC."5"XX': [{ tag: '5XX' }],
    'MARC."1|2"XX': [{ tag: '1XX' }, { tag: '2XX' }],
    'MARC."5**"': [{ tag: '5XX' }],
    'MARC.control."LDR|005|008"': [{ tag: 'LDR' }, { tag: '005' }, { tag: '008' }],
    'MARC."650|651"(" ","0")': [
      { tag: '650', ind1: ' ', ind2: '0' },
      { tag: '651', ind1: ' ', ind2: '0' },
    ],
    'MARC."019"("*","-")': [{ tag: '019', ind2: ' ' }],
    'MARC."580"X': [{ tag: '580' }],
  }
  for (const [text, targets] of Object.entries(tags))
    assert.deepEqual(mergeAction(`protect ${text}`), { verb: 'protect', targets }, text)
})

test('modifiers of a merge action go together on a line', () => {
  assert.deepEqual(
    mergeAction(
      'replace MARC."035" when MARC."035"."a" contains "OCoLC*" excluding MARC."035"("9","9") excluding "019,9"XX',
    ),
    {
      verb: 'replace',
      targets: [{ tag: '035' }],
      when: {
        tag: '035',
        subfield: 'a',
        contains: { kind: 'text', alternatives: [[{ part: 'literal', text: 'OCoLC' }, { part: 'run' }]] },
      },
      excluding: [{ tag: '035', ind1: '9', ind2: '9' }, { tag: '019' }, { tag: '9XX' }],
    },
  )
  assert.deepEqual(
    mergeAction(
      'add MARC."655" excluding second indicator "7" excluding subfield ("2","local") if does not exists',
    ),
    {
      verb: 'add',
      targets: [{ tag: '655' }],
      excluding: [{ tag: '655', ind2: '7' }],
      without: [{ code: '2', value: literal('local') }],
      only: 'if-existing-lacks',
    },
  )
})

test('what must be there is said in the words that files in use have', () => {
  const said = {
    'if exists': { only: 'if-incoming-has' },
    'if does not exist': { only: 'if-existing-lacks' },
    'if does not exists': { only: 'if-existing-lacks' },
    'if exists subfield "5"': { subfield: { code: '5', is: 'present' } },
    'if not exists subfield "5"': { subfield: { code: '5', is: 'absent' } },
    'when MARC."590"."a" has any value': { when: { tag: '590', subfield: 'a', contains: { kind: 'some' } } },
    'when subfield "5" matches "^DLC$"': {
      when: { subfield: '5', contains: { kind: 'regex', source: '^DLC$' } },
    },
  }
  for (const [text, modifier] of Object.entries(said))
    assert.deepEqual(mergeAction(`protect MARC."590" ${text}`), {
      verb: 'protect',
      targets: [{ tag: '590' }],
      ...modifier,
    })
})

test('the direction of a merge may be named', () => {
  const plain = ruleFileOf('merge', ruleText('add MARC."245"', 'merge'))
  assert.deepEqual(ruleFileOf('merge', ruleText('add MARC."245"', 'merge incoming into existing')), plain)
})
