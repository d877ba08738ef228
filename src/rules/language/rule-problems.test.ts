import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseRuleFile } from './parse-rule-file.ts'
import type { RuleKind } from './rule.ts'

/** The problems of a file, errors and warnings, as the table below has them. */
const problemsOf = (kind: RuleKind, text: string) =>
  parseRuleFile(kind, text).problems.map(({ line, column, message }) => [line, column, message])

/** A rule whose one action stands on line 5 from column 3. */
const rule = (action: string, condition = 'TRUE') =>
  `rule "r"\nwhen\n  ${condition}\nthen\n  ${action}\nend\n`

type Case = readonly [text: string, line: number, column: number, message: string]

function check(kind: RuleKind, cases: readonly Case[], isError: boolean): void {
  for (const [text, line, column, message] of cases) {
    assert.deepEqual(problemsOf(kind, text), [[line, column, message]], text)
    assert.equal(parseRuleFile(kind, text).file === null, isError, text)
  }
}

test('an error names the place, what stands there and what was expected', () => {
  check(
    'normalize',
    [
      [
        rule('removeFeild "245"'),
        5,
        3,
        'removeFeild is no action of a normalisation rule; did you mean removeField?',
      ],
      [
        rule('frobnicate "245"'),
        5,
        3,
        'frobnicate is no action of a normalisation rule; docs/rules.md lists those there are.',
      ],
      [
        rule('set indication."true"'),
        5,
        3,
        'set is an action of indication and brief-level rules; this is a normalisation file.',
      ],
      [
        rule('replace MARC."245"'),
        5,
        3,
        'replace is an action of merge rules; this is a normalisation file.',
      ],
      [
        rule('removeField 245'),
        5,
        15,
        'A field or subfield, as 245 or 245.a, in quotes was expected, and here stands 245.',
      ],
      [
        rule('removeField "24"'),
        5,
        16,
        '"24" is no tag; three digits or letters were expected, * for any of them.',
      ],
      [rule('removeField "245a"'), 5, 19, 'A dot was expected behind 245, as in 245.a.'],
      [
        rule('removeField "245.ab"'),
        5,
        21,
        'A subfield code is one character; behind 245.a a dot and a value were expected.',
      ],
      [
        rule('removeField "245.{1}.a"'),
        5,
        20,
        'Two indicators were expected, as in {1,0}; * is any, - a blank.',
      ],
      [rule('removeField "245..x"'), 5, 20, 'A subfield code was expected behind the dot, or * for any.'],
      [
        rule('removeField "245" removeField "246"'),
        5,
        21,
        'The end of the line was expected, and here stands removeField.',
      ],
      [
        rule('removeField “245”'),
        5,
        15,
        'Typographic quotes stand around this text; write straight ones (").',
      ],
      [
        rule('removeField "245”'),
        5,
        15,
        'The text that begins here ends with a typographic quote; write straight ones (").',
      ],
      [
        rule('removeField "245'),
        5,
        15,
        'The text that begins here is not closed on its line; write the closing quote (").',
      ],
      [rule('replaceContents "245.a.x" whit "y"'), 5, 29, 'with was expected, and here stands whit.'],
      [rule('replaceContents "245" with "y"'), 5, 23, 'A dot and a subfield were expected, as in 245.a.'],
      [
        rule('changeFirstIndicator "245" to "10"'),
        5,
        34,
        'One indicator was expected: a character, or - for a blank.',
      ],
      [
        rule('changeSubField "245.a" to "bc"'),
        5,
        30,
        '"bc" is no subfield code; one letter or digit was expected.',
      ],
      [rule('addField "245.a"'), 5, 18, 'A subfield and its value were expected, as in 590.a.Gift.'],
      [rule('copyField "245" to "9**"'), 5, 23, '"9**" is no tag; three digits or letters were expected.'],
      [
        rule('copyField "001" to "035"'),
        5,
        26,
        'A subfield was expected, as in 035.9: the value of a control field goes there.',
      ],
      [
        rule('replaceControlContents "008.{35}" with "eng"'),
        5,
        31,
        'A position and a length were expected, as in {35,3}.',
      ],
      [
        rule('removeField "245" if (exists "245.a"'),
        6,
        1,
        'A closing parenthesis was expected, and here stands end.',
      ],
      [rule('removeField "245" if exist "245.a"'), 5, 24, 'exist is no condition; did you mean exists?'],
      [
        rule('removeField "245"', 'exists "245" or'),
        4,
        1,
        'A condition was expected, as in exists "245.a", and here stands then.',
      ],
      [
        rule('removeField "245"', 'exists "245" exists "246"'),
        3,
        16,
        'then was expected, and here stands exists.',
      ],
      [
        rule('removeField "245"', 'exists "245.a" has value'),
        3,
        22,
        'any value was expected behind has, and here stands value.',
      ],
      ['removeField "245"', 1, 1, 'rule or test was expected, and here stands removeField.'],
      [
        'rule r\nwhen TRUE\nthen\n removeField "245"\nend',
        1,
        6,
        'The name of the rule in quotes was expected, and here stands r.',
      ],
      [
        'rule "r"\npriority high\nwhen TRUE\nthen\n removeField "245"\nend',
        2,
        10,
        'A whole number was expected behind priority, and here stands high.',
      ],
      [
        'rule "r"\nno-loop true\nwhen TRUE\nthen\n removeField "245"\nend',
        2,
        1,
        'when was expected, or priority or idempotent, and here stands no-loop.',
      ],
      [
        'rule "r"\nwhen TRUE\nthen\n removeField "245"',
        4,
        19,
        'end was expected for the rule of line 1, and the file ends here.',
      ],
      [
        'order up\nrule "r"\nwhen TRUE\nthen\n removeField "245"\nend',
        1,
        7,
        'first to last or last to first was expected behind order, and here stands up.',
      ],
      [
        'rule "r"\nwhen TRUE\nthen\n addField "590.a.\u001e"\nend',
        4,
        18,
        'The character U+001E cannot stand in a record; remove it.',
      ],
      [
        'rule "r" # a bell: \u0007\nwhen TRUE\nthen\nend',
        1,
        20,
        'The character U+0007 cannot stand in a record; remove it.',
      ],
      [
        'rule "r"\nwhen TRUE\nthen\n' + 'x'.repeat(1_000) + ' "245"\nend',
        4,
        1,
        `${'x'.repeat(40)}… is no action of a normalisation rule; docs/rules.md lists those there are.`,
      ],
      [
        `rule "r"\nwhen TRUE\nthen\n sortFields "245,${'9'.repeat(1_000)}"\nend`,
        4,
        18,
        `${'9'.repeat(40)}… is no tag; three digits or letters were expected, * for any of them.`,
      ],
    ],
    true,
  )
})

test('a regular expression that does not compile is an error at its place', () => {
  check(
    'normalize',
    [
      [
        rule('replaceContents "245.a" matching "(" with ""'),
        5,
        37,
        "This is no regular expression in RE2's syntax: missing closing ): `(`.",
      ],
      [
        rule('replaceContents "245.a" matching "(?=x)" with ""'),
        5,
        37,
        "This is no regular expression in RE2's syntax: invalid or unsupported Perl syntax: `(?=`.",
      ],
      [
        rule('removeField "245.a" matching "(a{500}){2}b{999}c{999}"'),
        5,
        33,
        'This regular expression becomes too big, most likely by its repeat counts; write smaller ones.',
      ],
      [
        rule('replaceContents "245.a" matching "(a)" with "$2"'),
        5,
        48,
        'The regular expression has 1 group, and no $2.',
      ],
      [
        rule('replaceContents "245.a" matching "a" with "$x"'),
        5,
        46,
        'Behind $ the number of a group was expected, or & for all that was found; write $$ for the sign itself.',
      ],
    ],
    true,
  )
})

test('a normalisation that would break a record is refused', () => {
  check(
    'normalize',
    [
      [
        rule('replaceControlContents "LDR.{5,1}" with "nn"'),
        5,
        3,
        'The leader has to keep its 24 characters; "nn" has 2 and would take the place of 1.',
      ],
      [
        rule('replaceControlContents "LDR.{5,1}.a|cd" with "n"'),
        5,
        3,
        'The leader has to keep its 24 characters; "n" has 1 and would take the place of 2.',
      ],
      [
        rule('replaceControlContents "LDR" with "x"'),
        5,
        3,
        'The leader has to keep its 24 characters; "x" has 1 and would take the place of 24.',
      ],
      [
        rule('replaceControlContents "LDR.{5,1}" with "é"'),
        5,
        3,
        'A leader is made of letters, digits and marks without accents, and "é" has others.',
      ],
      [rule('removeControlField "LDR"'), 5, 3, 'The leader cannot be removed; every record has one.'],
      [
        rule('changeField "LDR" to "900"'),
        5,
        3,
        'The leader can neither be made nor made into something else; change characters of it with replaceControlContents "LDR.{5,1}".',
      ],
      [rule('addControlField "245.x"'), 5, 3, '245 is no control field; those are 001 to 009.'],
      [
        rule('changeField "900" to "001"'),
        5,
        3,
        '001 is a control field, which has no subfields; write copyControlField and removeField.',
      ],
    ],
    true,
  )
})

test('a merge rule is held to the one direction, and may not remove the number of a bib', () => {
  check(
    'merge',
    [
      [
        rule('remove MARC."001"', 'merge'),
        5,
        3,
        '001 is the number by which all that hangs on the bib finds it, and cannot be removed.',
      ],
      [
        rule('remove MARC.control."LDR"', 'merge'),
        5,
        3,
        'The leader cannot be removed; write replace MARC.control."LDR" to take the incoming one.',
      ],
      [
        rule('add MARC."245"', 'merge existing into incoming'),
        3,
        9,
        'merge existing into incoming is no direction; the existing bib keeps its number and receives, so write merge incoming into existing.',
      ],
      [rule('add MARC."245"', 'TRUE'), 3, 3, 'merge was expected, and here stands TRUE.'],
      [
        rule('copy MARC."245"', 'merge'),
        5,
        3,
        'copy is no action of a merge rule; known are add, remove, replace, protect.',
      ],
      [
        rule('replace MARC."24"', 'merge'),
        5,
        17,
        '"24" is no tag; three characters were expected, as in "245", "50"X or "5"XX.',
      ],
      [rule('add MARC "245"', 'merge'), 5, 12, 'A dot was expected, and here stands "245".'],
      [rule('add MARC."019"(" ")', 'merge'), 5, 21, 'A comma was expected, and here stands ).'],
      [
        rule('add MARC."245" when MARC."245"."a" contain "x"', 'merge'),
        5,
        38,
        'contains "…", matches "…" or has any value was expected, and here stands contain.',
      ],
      [
        rule('add MARC."245" if exists if exists', 'merge'),
        5,
        28,
        'This action has if … twice; write a second action.',
      ],
    ],
    true,
  )
})

test('indication and brief-level rules set one thing each', () => {
  check(
    'indication',
    [
      [
        rule('set indicaton."true"'),
        5,
        7,
        'indicaton is nothing that this kind of rule sets; did you mean indication?',
      ],
      [rule('set indication."yes"'), 5, 19, '"true" or "false" was expected, and here stands "yes".'],
      [
        rule('removeField "245"'),
        5,
        3,
        'removeField is no action of this kind of rule; the one action is set indication."true".',
      ],
    ],
    true,
  )
  check(
    'brief-level',
    [
      [rule('set brief_level."11"'), 5, 20, 'A level from 01 to 10 was expected, and here stands "11".'],
      [
        rule('set indication."true"'),
        5,
        7,
        'indication is nothing that this kind of rule sets; known are brief_level.',
      ],
    ],
    true,
  )
})

test('a line of an exceptions file is checked part by part', () => {
  check(
    'exceptions',
    [
      [
        '# ours\nTITLE_MISING: off',
        2,
        1,
        'TITLE_MISING is no code of a validation message; did you mean TITLE_MISSING?',
      ],
      ['TITLE_MISSING 24: off', 1, 15, '24 is no tag; three characters were expected, * for any of them.'],
      [
        'TITLE_MISSING 245 $: off',
        1,
        19,
        'A tag and one subfield were expected, as in 020 $a, and here stands $.',
      ],
      ['TITLE_MISSING off', 1, 18, 'A colon was expected, and error, warning or off behind it.'],
      [
        'TITLE_MISSING: ignore',
        1,
        16,
        'error, warning or off was expected behind the colon, and here stands ignore.',
      ],
      ['  TITLE_MISSING: off now', 1, 22, 'The end of the line was expected, and here stands now.'],
    ],
    true,
  )
})

test('the test of a rule file says what it lacks', () => {
  const given = 'given\n  245 10 $a x\n'
  check(
    'normalize',
    [
      [
        `test "t"\n${given}expect\n  245 10 $a x\n`,
        1,
        1,
        'This test has no end; write end on a line of its own.',
      ],
      [`test\n${given}expect\nend`, 1, 1, 'A name in quotes was expected behind test, and nothing else.'],
      [`test "t"\n${given}end`, 1, 1, 'expect with a record was expected in this test.'],
      ['test "t"\nexpect\nend', 1, 1, 'given was expected in this test, with a record.'],
      [`test "t"\n${given}incoming\nexpect\nend`, 4, 1, 'Only the test of a merge rule has incoming.'],
      [
        `test "t"\n${given}expect\n  245\nend`,
        5,
        3,
        'This is no field; write it as 245 10 $a Title, or 001 12345.',
      ],
      [`test "t"\n${given}expect\n  LDR 00000nam\nend`, 5, 3, 'A leader has 24 characters; this one has 8.'],
    ],
    true,
  )
  check(
    'merge',
    [[`test "t"\n${given}expect\nend`, 1, 1, 'incoming was expected in this test, with a record.']],
    true,
  )
  check(
    'indication',
    [
      [
        `test "t"\n${given}expect\nend`,
        4,
        1,
        'expect indication."true" was expected, and here stands expect.',
      ],
      [
        `test "t"\n${given}expect indication."no"\nend`,
        4,
        20,
        '"true" or "false" was expected, and here stands "no".',
      ],
    ],
    true,
  )
})

test('every error of a file is found, not the first alone', () => {
  const text = `rule "one"
when
  exsts "245"
then
  removeFeild "245"
  removeField "24"
end

rule "two"
when
  TRUE
then
  copyField "245" too "246"

rule "three"
when
  TRUE
then
  removeField "246"
end
`
  assert.deepEqual(
    problemsOf('normalize', text).map(([line, column]) => [line, column]),
    [
      [3, 3],
      [5, 3],
      [6, 16],
      [13, 19],
      [15, 1],
    ],
  )
})
