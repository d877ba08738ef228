import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ruleFileOf, ruleText } from '../../../test/rule-file.ts'
import type { NormalizeAction, Pattern } from './rule.ts'

const literal = (text: string): Pattern => ({
  kind: 'text',
  alternatives: [[{ part: 'literal', text }]],
})

/** An action without its place, and without a condition where it has none. */
function action(text: string): Partial<NormalizeAction> {
  const [made] = ruleFileOf('normalize', ruleText(text)).rules[0]?.actions ?? []
  assert.ok(made)
  const { only, place, ...doing } = made
  assert.deepEqual(place, { line: 5, column: 3 })
  return only === null ? doing : { ...doing, only }
}

const any = { ind1: null, ind2: null }

test('an element is a tag, indicators, a subfield and a value', () => {
  const cases = {
    '245': { tag: '245', ...any, subfield: null, value: null },
    '245.a': { tag: '245', ...any, subfield: 'a', value: null },
    '9**': { tag: '9**', ...any, subfield: null, value: null },
    '650.{*,0}': { tag: '650', ind1: null, ind2: '0', subfield: null, value: null },
    '650.{ ,-}.*': { tag: '650', ind1: ' ', ind2: ' ', subfield: '*', value: null },
    '650.{0, }': { tag: '650', ind1: '0', ind2: ' ', subfield: null, value: null },
    '020.a.(pbk.)': {
      tag: '020',
      ...any,
      subfield: 'a',
      value: {
        kind: 'text',
        alternatives: [[{ part: 'literal', text: '(pbk' }, { part: 'one' }, { part: 'literal', text: ')' }]],
      },
    },
    '650.{*,0}.a.Cats*|*[dogs]': {
      tag: '650',
      ind1: null,
      ind2: '0',
      subfield: 'a',
      value: {
        kind: 'text',
        alternatives: [
          [{ part: 'literal', text: 'Cats' }, { part: 'run' }],
          [{ part: 'run' }, { part: 'literal', text: '[dogs]' }],
        ],
      },
    },
  }
  for (const [text, element] of Object.entries(cases))
    assert.deepEqual(action(`removeField "${text}"`), { do: 'remove-field', element }, text)
})

test('a run of backslashes takes the next character as it is, and {bsol} is one', () => {
  const written = {
    'pbk\\.': 'pbk.',
    'pbk\\\\.': 'pbk.',
    'pbk\\\\\\\\.': 'pbk.',
    'a\\|b': 'a|b',
    'say \\"x\\"': 'say "x"',
    'a{bsol}b': 'a\\b',
    'a\\{bsol}': 'a{bsol}',
    'end\\\\': 'end\\',
  }
  for (const [text, value] of Object.entries(written)) {
    assert.deepEqual(
      action(`removeField "020.q.${text}"`),
      { do: 'remove-field', element: { tag: '020', ...any, subfield: 'q', value: literal(value) } },
      text,
    )
    assert.deepEqual(
      action(`suffix "500.a" with "${text}"`),
      { do: 'suffix', of: { tag: '500', ...any, subfield: 'a', value: null }, text: value },
      text,
    )
  }
})

test('a control field has characters that are counted from 0', () => {
  const cases = {
    '003.OCoLC': { tag: '003', range: null, value: literal('OCoLC') },
    'LDR.{17,1}.I': { tag: 'LDR', range: { at: 17, length: 1 }, value: literal('I') },
    '008.{05,3}': { tag: '008', range: { at: 5, length: 3 }, value: null },
    '007': { tag: '007', range: null, value: null },
  }
  for (const [text, control] of Object.entries(cases)) {
    const [read] = ruleFileOf('normalize', ruleText('removeField "245"', `existsControl "${text}"`)).rules
    assert.deepEqual(read?.when, { is: 'exists-control', control }, text)
  }
})

test('actions are read in any case of their letters, and by the names that they also go by', () => {
  const element = { tag: '500', ...any, subfield: 'a', value: literal('x') }
  const replaced = { do: 'replace-contents', which: 'all', element, text: '' }
  for (const name of ['replaceContents', 'ReplaceContents', 'replacecontents'])
    assert.deepEqual(action(`${name} "500.a.x" with ""`), replaced)
  const added = {
    do: 'add-subfield',
    to: { tag: '541', ind1: '0', ind2: null, subfield: null, value: null },
    code: '9',
    value: 'a.b*c|d',
  }
  for (const name of ['addSubField', 'addSubfield'])
    assert.deepEqual(action(`${name} "541.{0,*}.9.a.b*c|d"`), added)
  assert.deepEqual(action('removeDuplicateFields "610,650"'), action('correctDuplicateFields "610, 650"'))
  assert.deepEqual(
    action('removeDuplicateSubfields "650" "2"'),
    action('correctDuplicateSubfields "650" "2"'),
  )
  assert.deepEqual(action('addcontrolField "007.cr|cn |||||a|a"'), {
    do: 'add-control-field',
    tag: '007',
    value: 'cr|cn |||||a|a',
  })
})

test('a copy may go to other indicators, and come from a control field', () => {
  assert.deepEqual(action('copyField "955" to "791.{ , }"'), {
    do: 'copy-field',
    from: { tag: '955', ...any, subfield: null, value: null },
    to: { tag: '791', subfield: null, ind1: ' ', ind2: ' ' },
  })
  assert.deepEqual(action('copyField "001" to "035.9"'), {
    do: 'copy-field',
    from: { tag: '001', ...any, subfield: null, value: null },
    to: { tag: '035', subfield: '9' },
  })
  assert.deepEqual(action('copyControlField "YLK.a" to "001"'), {
    do: 'copy-control-field',
    from: { tag: 'YLK', subfield: 'a' },
    to: '001',
  })
})

test('a regular expression keeps its backslashes, and so does what takes its place', () => {
  assert.deepEqual(action('replaceContents "245.a" matching "(\\d+)\\"\\\\" with "$1\\n"'), {
    do: 'replace-contents',
    which: 'all',
    element: { tag: '245', ...any, subfield: 'a', value: { kind: 'regex', source: '(\\d+)"\\\\' } },
    text: '$1\\n',
  })
})
