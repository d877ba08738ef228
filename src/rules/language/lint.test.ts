import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseRuleFile } from './parse-rule-file.ts'
import type { RuleKind } from './rule.ts'

/** The warnings of a file that has no errors. */
function warningsOf(kind: RuleKind, text: string): readonly string[] {
  const { file, problems } = parseRuleFile(kind, text)
  assert.ok(file, problems.map(({ message }) => message).join('\n'))
  return problems.map(({ line, message }) => `${line} ${message}`)
}

const rule = (action: string, condition = 'TRUE', name = 'r') =>
  `rule "${name}"\nwhen\n  ${condition}\nthen\n  ${action}\nend\n`
const merge = (action: string) => rule(action, 'merge')

test('replace warns where the incoming record may have nothing to put in the place', () => {
  assert.deepEqual(warningsOf('merge', merge('replace MARC."520"')), [
    '5 replace is remove and then add: an existing record loses a 520 even where the incoming has none. Write if exists to keep it then.',
  ])
  for (const quiet of [
    'replace MARC."520" if exists',
    'replace MARC.control."LDR|008"',
    'replace MARC."245"',
  ])
    assert.deepEqual(warningsOf('merge', merge(quiet)), [], quiet)
})

test('what a merge rule says in vain is a warning', () => {
  const cases = {
    'replace MARC."001"': 'This has no effect on 001: the bib keeps its own number.',
    'replace MARC.control."005"': 'This has no effect on 005: saving sets the time.',
    'remove MARC."003"': 'This has no effect on 003: 003 says whose number 001 is, and stays with it.',
    'add MARC."LDR"':
      'This has no effect: a record has one leader; write replace MARC.control."LDR" to take the incoming one.',
    'remove MARC."006" if exists subfield "5"': 'This never does anything: 006 has no subfields.',
    'remove MARC."520" if does not exist':
      'This never does anything: where the existing record lacks the field there is nothing to remove.',
    'add MARC."520" if exists': 'if exists says nothing here: add brings only what the incoming record has.',
    'add MARC."520" excluding "5XX"': 'This never does anything: excluding 5XX leaves nothing of it.',
    'remove MARC."580"X': 'MARC."580"X has more than three characters; it is read as MARC."580".',
  }
  for (const [action, warning] of Object.entries(cases))
    assert.deepEqual(warningsOf('merge', merge(action)), [`5 ${warning}`], action)
  assert.deepEqual(warningsOf('merge', merge('remove MARC."0"XX')), [], '001 is kept from a pattern silently')
})

test('what a normalisation says in vain is a warning', () => {
  const cases = {
    'removeControlField "001"':
      'The number of the source is taken down before any rule runs and is kept with the bib, so that to remove 001 is safe, and needless.',
    'removeControlField "245"': '245 is a data field, which this action leaves alone; write removeField.',
    'removeSubField "008.a"':
      'This action never does anything: 008 is a control field, without indicators and subfields.',
    'removeField "245" if (exists "008.a")':
      'This action never does anything: 008 is a control field, without indicators and subfields; write existsControl.',
    'removeField "245" if (existsControl "LDR.{24,1}")':
      'This action never does anything: the leader has 24 characters, counted from 0, and none at 24.',
    'removeField "245" if (existsControl "008.{35,3}.en")':
      'This action never does anything: 3 characters cannot be a text of 2.',
    'removeField "245" if (exists "245.a" and not exists "245.a")':
      'This action never does anything: exists "245.a" and its opposite cannot both be met.',
    'addField "003.a.DLC"': '003 is a control field and has no subfields; the value alone is added.',
    'removeField "245`"': '"`" behind the tag is no part of it; it is read as "245".',
  }
  for (const [action, warning] of Object.entries(cases))
    assert.deepEqual(warningsOf('normalize', rule(action)), [`5 ${warning}`], action)
  for (const quiet of [
    'removeField "005"',
    'removeControlField "00*"',
    'replaceControlContents "LDR.{5,1}.d" with "c"',
  ])
    assert.deepEqual(warningsOf('normalize', rule(quiet)), [], quiet)
})

test('a value that looks like a regular expression is pointed out at its sign', () => {
  const problem = (value: string) =>
    parseRuleFile('normalize', rule(`removeField "245" if (exists "245.a.${value}")`)).problems.map(
      ({ column, message }) => [column, message],
    )
  const elsewhere = 'a regular expression stands behind matches or matching.'
  assert.deepEqual(problem('x[0-9]'), [
    [40, `[0-9 has no meaning of its own here, where . and * and | alone have; ${elsewhere}`],
  ])
  assert.deepEqual(problem('.{9}'), [
    [39, `.{9} has no meaning of its own here, where . and * and | alone have; ${elsewhere}`],
  ])
  assert.deepEqual(problem('x\\\\d'), [[40, `\\\\d is the character d alone; ${elsewhere}`]])
  assert.deepEqual(problem('x|'), [
    [40, '| stands between alternatives, and one of these is empty; write \\| for the sign itself.'],
  ])
  for (const quiet of ['(OCoLC)o*', '[electronic resource]', 'a\\\\\\\\.', 'x\\|', 'C++?', '[2018-2020]'])
    assert.deepEqual(problem(quiet), [], quiet)
})

test('names are warned of where they repeat, or cannot go elsewhere', () => {
  assert.deepEqual(
    warningsOf(
      'normalize',
      rule('removeField "245"', 'TRUE', 'Rule of \\ours') +
        rule('removeField "246"', 'TRUE', 'Rule of \\ours'),
    ),
    [
      '1 The word rule has a capital letter in this name; other systems that read such files fail on it.',
      '1 There is a backslash in this name; other systems cannot filter sets by such a rule.',
      '7 The rule of line 1 has the name "Rule of \\ours", too; traces cannot tell the two apart.',
      '7 The word rule has a capital letter in this name; other systems that read such files fail on it.',
      '7 There is a backslash in this name; other systems cannot filter sets by such a rule.',
    ],
  )
})

test('a rule that never applies is a warning', () => {
  assert.deepEqual(warningsOf('normalize', rule('removeField "245"', 'NOT TRUE')), [
    '1 This rule never applies: NOT TRUE is never met.',
  ])
  assert.deepEqual(warningsOf('normalize', 'rule "r"\nwhen TRUE\nthen\nend'), [
    '1 This rule has no actions and does nothing.',
  ])
  assert.deepEqual(warningsOf('normalize', '// none yet'), ['1 This file has no rules.'])
})

test('of rules where the first hit decides, one that nothing comes to is a warning', () => {
  const all = rule('set brief_level."05"', 'TRUE', 'all')
  const next = rule('set brief_level."01"', 'exists "245"', 'next')
  const again = rule('set brief_level."02"', 'exists "245"', 'again')
  const message = (name: string) =>
    `No record comes to this rule: the first that it meets decides, and that is "${name}".`
  assert.deepEqual(warningsOf('brief-level', next + again + all), [`7 ${message('next')}`])
  assert.deepEqual(warningsOf('brief-level', all + next), [`7 ${message('all')}`])
})

test('rules on the same fields without an order are a warning, once', () => {
  const make = rule('addField "995.a.new"', 'TRUE', 'make')
  const clear = rule('removeField "9**"', 'TRUE', 'clear')
  const other = rule('removeField "245"', 'TRUE', 'other')
  const [warning, ...more] = warningsOf('normalize', make + clear + clear.replace('clear', 'again'))
  assert.match(
    warning ?? '',
    /^7 This rule and one before it have the same priority, and both work on 9\*\*\./,
  )
  assert.deepEqual(more, [])
  for (const quiet of [
    make + other,
    clear + clear.replace('clear', 'again'),
    make.replace('when', 'priority 2\nwhen') + clear,
    `order first to last\n${make}${clear}`,
  ])
    assert.deepEqual(warningsOf('normalize', quiet), [], quiet)
})

test('a line of exceptions that a later one speaks over is a warning', () => {
  const over = (line: number, by: number) =>
    `${line} Line ${by} decides in place of this one: the last that fits a message does.`
  assert.deepEqual(warningsOf('exceptions', 'ISBN_INVALID 020 $a: off\nISBN_INVALID: warning'), [over(1, 2)])
  assert.deepEqual(warningsOf('exceptions', 'TAG_INVALID 910: off\nTAG_INVALID 9**: error'), [over(1, 2)])
  for (const quiet of [
    'ISBN_INVALID: warning\nISBN_INVALID 020 $a: off',
    'ISBN_INVALID 020 $a: off\nISBN_INVALID 020 $z: off',
    'ISBN_INVALID 020: off\nISSN_INVALID: off',
  ])
    assert.deepEqual(warningsOf('exceptions', quiet), [], quiet)
})
