import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MarcRecord } from '../src/marc/record.ts'
import { compileBriefLevels } from '../src/rules/brief-level.ts'
import { compileCondition } from '../src/rules/condition.ts'
import { formatField } from '../src/rules/field-text.ts'
import { compileIndication } from '../src/rules/indication.ts'
import { formatRuleFile } from '../src/rules/language/format-rule-file.ts'
import { type RuleFileOf, parseRuleFile } from '../src/rules/language/parse-rule-file.ts'
import type { RuleKind } from '../src/rules/language/rule.ts'
import { merge } from '../src/rules/merge/merge.ts'
import { mergeRuleOf } from '../src/rules/merge/merge-rule.ts'
import { defaultProtect } from '../src/rules/merge/protect.ts'
import { recordBudget } from '../src/rules/normalize/budget.ts'
import { compileNormalizeRules } from '../src/rules/normalize/compile-rules.ts'
import { recordOf } from './record-of.ts'
import { ruleFileOf } from './rule-file.ts'

/*
 * Every form in which rule files that libraries have today are written: each is read without an error, does
 * what its name says, and comes back from the formatter as a file that does the same.
 */

/** The file of a text, and the same after it has been written anew. */
function bothOf<Kind extends RuleKind>(kind: Kind, text: string): readonly RuleFileOf<Kind>[] {
  const file = ruleFileOf(kind, text)
  return [file, ruleFileOf(kind, formatRuleFile(file))]
}

const linesOf = ({ leader, fields }: MarcRecord, withLeader: boolean): string[] => [
  ...(withLeader ? [`LDR ${leader}`] : []),
  ...fields.map(formatField),
]

function normalizes(text: string, before: readonly string[], after: readonly string[]): void {
  const withLeader = after[0]?.startsWith('LDR ') ?? false
  for (const { rules } of bothOf('normalize', text)) {
    const record = compileNormalizeRules(rules, 'file')(recordOf(...before), [], recordBudget())
    assert.deepEqual(linesOf(record, withLeader), after, text)
  }
}

function merges(
  text: string,
  existing: readonly string[],
  incoming: readonly string[],
  after: readonly string[],
): void {
  const withLeader = after[0]?.startsWith('LDR ') ?? false
  for (const file of bothOf('merge', text)) {
    const rule = mergeRuleOf(file, 'file')
    const { record } = merge(recordOf(...existing), recordOf(...incoming), rule, defaultProtect)
    assert.deepEqual(linesOf(record, withLeader), after, text)
  }
}

const ruleOf = (kind: 'always' | 'merge', actions: readonly string[]): string =>
  [
    'rule "one"',
    'when',
    kind === 'merge' ? '   merge' : '   (TRUE)',
    'then',
    ...actions.map((line) => `   ${line}`),
    'end',
  ].join('\n')

/** What a form of an action does: the action, the fields before, the fields after. */
type Form = readonly [action: string, before: readonly string[], after: readonly string[]]

const actions: readonly Form[] = [
  // Control fields
  ['addControlField "007.cr|cn |||||a|a"', ['008 x'], ['007 cr|cn |||||a|a', '008 x']],
  ['addcontrolField "007.cr"', ['007 ta'], ['007 ta', '007 cr']],
  ['changeControlField "006" to "007"', ['006 m     o'], ['007 m     o']],
  ['copyControlField "988.a" to "008"', ['008 old', '988 ## $a new'], ['008 new', '988 ## $a new']],
  ['copyControlField "YLK.a" to "001"', ['001 1', 'YLK ## $a 2'], ['001 2', 'YLK ## $a 2']],
  ['removeControlField "001"', ['001 1', '245 10 $a Emma.'], ['245 10 $a Emma.']],
  ['removeControlField "007" if (existsControl "007.{0,1}.c")', ['007 cr', '007 ta'], ['007 ta']],
  [
    'replaceControlContents "LDR.{5,1}" with "n" if (existsControl "LDR.{5,1}. ")',
    ['LDR 00000 am a2200000 a 4500', '245 10 $a Emma.'],
    ['LDR 00000nam a2200000 a 4500', '245 10 $a Emma.'],
  ],
  [
    'replaceControlContents "LDR.{5,1}" with "n" if (existsControl "LDR.{5,1}. ")',
    ['LDR 00000dam a2200000 a 4500', '245 10 $a Emma.'],
    ['LDR 00000dam a2200000 a 4500', '245 10 $a Emma.'],
  ],
  [
    'ReplaceControlContents "LDR.{05,1}.d" with "c"',
    ['LDR 00000dam a2200000 a 4500', '245 10 $a Emma.'],
    ['LDR 00000cam a2200000 a 4500', '245 10 $a Emma.'],
  ],
  // Whole fields
  ['addField "951.a.shelf"', ['951 ## $a desk'], ['951 ## $a desk', '951 ## $a shelf']],
  ['addField "998.{-,-}.a.NO-OVERLAY"', ['245 10 $a Emma.'], ['245 10 $a Emma.', '998 ## $a NO-OVERLAY']],
  [
    'addSystemNumber "035.a" from "001" prefixed by "003"',
    ['001 77', '003 YBP', '035 ## $a (OCoLC)5'],
    ['001 77', '003 YBP', '035 ## $a (OCoLC)5', '035 ## $a (YBP)77'],
  ],
  ['changeField "519" to "919"', ['519 1# $a x $b y', '520 ## $a z'], ['520 ## $a z', '919 1# $a x $b y']],
  ['changeFirstIndicator "852" to "0"', ['852 8# $h QA', '852 1# $h QB'], ['852 0# $h QA', '852 0# $h QB']],
  ['changeSecondIndicator "852" to "1"', ['852 8# $h QA'], ['852 81 $h QA']],
  ['combineFields "900" excluding ""', ['900 1# $a x', '900 2# $a y $b z'], ['900 1# $a x $a y $b z']],
  [
    'combineFields "995" excluding "c"',
    ['995 ## $a x $c one', '995 ## $a y $c two'],
    ['995 ## $a x $c one $a y'],
  ],
  ['copyField "490" to "830"', ['490 1# $a Novels $v 3'], ['490 1# $a Novels $v 3', '830 1# $a Novels $v 3']],
  [
    'copyField "035.a" to "959.a" if (exists "035.a.(YBP)*")',
    ['035 ## $a (OCoLC)5', '035 ## $a (YBP)7 $z (YBP)6'],
    ['035 ## $a (OCoLC)5', '035 ## $a (YBP)7 $z (YBP)6', '959 ## $a (YBP)7'],
  ],
  [
    'correctDuplicateFields "610,630,650"',
    ['610 20 $a x', '650 #0 $a x', '610 20 $a x', '650 #7 $a x', '650 #0 $a x'],
    ['610 20 $a x', '650 #0 $a x', '650 #7 $a x'],
  ],
  ['removeField "9**"', ['245 10 $a Emma.', '901 ## $a x', '9AB ## $a y'], ['245 10 $a Emma.']],
  [
    'removeField "035.a" if (exists "100")',
    ['035 ## $a 1', '035 ## $z 2', '100 1# $a x'],
    ['035 ## $z 2', '100 1# $a x'],
  ],
  [
    'removeField "035" if(exists "035.*.(OCoLC)o*")',
    ['035 ## $z (OCoLC)on5', '035 ## $a (OCoLC)5'],
    ['035 ## $a (OCoLC)5'],
  ],
  // Subfields
  [
    'addSubField "541.9.LOCAL" if (exists "541.{0,*}")',
    ['541 0# $a x', '541 1# $a y', '541 0# $a z'],
    ['541 0# $a x $9 LOCAL', '541 1# $a y', '541 0# $a z $9 LOCAL'],
  ],
  ['addSubfield "541.9.LOCAL"', ['541 0# $a x'], ['541 0# $a x $9 LOCAL']],
  ['changeSubField "852.h" to "x"', ['852 8# $h QA $i B $h QC'], ['852 8# $x QA $i B $x QC']],
  ['changeSubFieldExceptFirst "900.a" to "x"', ['900 ## $a 1 $a 2 $a 3'], ['900 ## $a 1 $x 2 $x 3']],
  ['changeSubFieldOnlyFirst "900.a" to "x"', ['900 ## $a 1 $a 2 $a 3'], ['900 ## $x 1 $a 2 $a 3']],
  ['correctDuplicateSubfields "650" "2"', ['650 #7 $a x $2 fast $2 fast'], ['650 #7 $a x $2 fast']],
  [
    'moveSubfieldsToEndOfField "597" "c,a,d,9"',
    ['597 ## $9 1 $a 2 $b 3 $d 4 $c 5'],
    ['597 ## $b 3 $c 5 $a 2 $d 4 $9 1'],
  ],
  [
    'removeSubField "650.2" if (exists "650.{*,0}")',
    ['650 #0 $a x $2 y', '650 #7 $a x $2 y'],
    ['650 #0 $a x', '650 #7 $a x $2 y'],
  ],
  // Values
  [
    'prefix "994.u" with "https://proxy.example/?u="',
    ['994 ## $u https://a $u https://b'],
    ['994 ## $u https://proxy.example/?u=https://a $u https://proxy.example/?u=https://b'],
  ],
  ['suffix "500.a" with " (copy 2)"', ['500 ## $a Signed $5 XX'], ['500 ## $a Signed (copy 2) $5 XX']],
  [
    'suffixSubField "988.a" with "989.l"',
    ['988 ## $a 12', '989 ## $l 34'],
    ['988 ## $a 1234', '989 ## $l 34'],
  ],
  [
    'prefixSubField "988.a" with "989.l"',
    ['988 ## $a 12', '989 ## $l 34'],
    ['988 ## $a 3412', '989 ## $l 34'],
  ],
  ['replaceContents "035.a.(OCoLC)ocm" with "(OCoLC)"', ['035 ## $a (OCoLC)ocm5'], ['035 ## $a (OCoLC)5']],
  ['ReplaceContents "650.a.fish" with "cat"', ['650 #0 $a fish and fish'], ['650 #0 $a cat and cat']],
  ['replaceContents "300.a" with ""', ['300 ## $a 1 v. $c 20 cm'], ['300 ## $c 20 cm']],
  [
    'replaceContentsExceptFirst "300.a" with ""',
    ['300 ## $a 1 v. $a 2 v. $c 20 cm'],
    ['300 ## $a 1 v. $c 20 cm'],
  ],
  ['replaceContentsOnlyFirst "300.a" with "1 score"', ['300 ## $a x $a y'], ['300 ## $a 1 score $a y']],
  // Splitting
  ['splitField "020.a"', ['020 ## $a 1 $a 2 $q paper'], ['020 ## $a 1 $q paper', '020 ## $a 2 $q paper']],
  [
    'splitSubField "776.w.(" to "TMP.a"',
    ['776 08 $i Online: $w (DLC)9(OCoLC)5'],
    ['776 08 $i Online:', 'TMP ## $a DLC)9', 'TMP ## $a OCoLC)5'],
  ],
]

for (const [action, before, after] of actions)
  test(`an action as files have it: ${action}`, () => {
    normalizes(ruleOf('always', [action]), before, after)
  })

test('a dot in a value is any character, a literal dot and pipe have one, two or four backslashes', () => {
  const notes = ['500 ## $a x.tmp $a xytmp', '650 #0 $a Cats. $a Catsy']
  for (const bars of ['\\', '\\\\', '\\\\\\\\'])
    normalizes(
      ruleOf('always', [
        `replaceContents "500.a.${bars}.tmp" with ""`,
        `removeSubField "650.a.Cats${bars}."`,
      ]),
      notes,
      ['500 ## $a x $a xytmp', '650 #0 $a Catsy'],
    )
  normalizes(ruleOf('always', ['replaceContents "500.a..tmp" with ""']), notes.slice(0, 1), [
    '500 ## $a x $a x',
  ])
  normalizes(
    ruleOf('always', ['replaceContents "500.a.\\\\\\\\|" with "/"']),
    ['500 ## $a a|b'],
    ['500 ## $a a/b'],
  )
})

test('rules of one file run from the highest priority down, each on what the former left', () => {
  const step = (priority: string, action: string) =>
    ['rule "step"', priority, 'when', ' exists "500.a"', 'then', ` ${action}`, 'end'].join('\n')
  normalizes(
    [
      step('salience 498', 'replaceContents "500.a.tmp" with ""'),
      step('priority 500', 'suffix "500" with "tmp"'),
      step('priority 499', 'replaceContents "500.a.\\\\\\\\.tmp" with "tmp"'),
    ].join('\n'),
    ['500 ## $a Ends with a dot.', '500 ## $a Ends without'],
    ['500 ## $a Ends with a dot', '500 ## $a Ends without'],
  )
})

test('comments of both marks may stand anywhere outside of quotes', () => {
  normalizes(
    [
      '# a file',
      '// of two marks',
      'rule "one" # name',
      'when // asks',
      '  exists "245.a.*#1 // 2*" # value',
      'then',
      '  // nothing yet',
      '  addField "590.a.#1 // 2" // action',
      'end # of it',
      '//',
    ].join('\n'),
    ['245 10 $a Issue #1 // 2.'],
    ['245 10 $a Issue #1 // 2.', '590 ## $a #1 // 2'],
  )
})

const novel = recordOf(
  'LDR 00000nam a22000001a 4500',
  '003 OCoLC',
  '008 240101s2024    nyu     o     000 0 eng d',
  '040 ## $a XX $e appm',
  '245 10 $a Emma.',
  '650 #0 $a Indians in fiction.',
  '650 #0 $a Cats',
  '651 #7 $a Highbury $2 local',
  '776 08 $w (DLC)5',
  '852 8# $z Gift of a friend',
  '890 ## $a x',
  'TMP ## $a 1',
)

const conditions: readonly (readonly [condition: string, isMet: boolean])[] = [
  ['(TRUE)', true],
  ['TRUE', true],
  ['true', true],
  ['NOT (TRUE)', false],
  ['exists "245"', true],
  ['exists "246"', false],
  ['exists "245.a"', true],
  ['exists "245.b"', false],
  ['exists "650.a.Indians*"', true],
  ['exists "650.a.Indians"', false],
  ['exists "650.{*,0}.a.Cats"', true],
  ['exists "650.{*,7}.a.Cats"', false],
  ['exists "651.{-,7}"', true],
  ['exists "651.{ ,7}"', true],
  ['exists "651.{1,7}"', false],
  ['exists "7**"', true],
  ['exists "89*"', true],
  ['exists "1**"', false],
  ['exists "TMP.a"', true],
  ['exists "YLK"', false],
  ['exists "776.*.(DLC)*"', true],
  ['exists "776.*.DLC*"', false],
  ['exists "852.z.Gift"', false],
  ['exists "852.z.Gift*"', true],
  ['exists "852.z.*friend"', true],
  ['exists "852.z.*of*"', true],
  ['exists "852.z.*OF*"', false],
  ['exists "040.e.amim|appm|dacs"', true],
  ['exists "040.e.amim|rda|dacs"', false],
  ['not exists "246"', true],
  ['NOT exists "245"', false],
  ['NOT (exists "246")', true],
  ['existsControl "003.OCoLC"', true],
  ['existsControl "003.DLC"', false],
  ['existsControl "LDR.{17,1}.1"', true],
  ['existsControl "LDR.{17,1}.I"', false],
  ['existsControl "LDR.{05,1}.n"', true],
  ['existsControl "008.{35,3}.eng"', true],
  ['existsControl "008.{35,3}.ger|fre"', false],
  ['not existsControl "006"', true],
  ['existsMoreThanOnce "650"', true],
  ['existsMoreThanOnce "651"', false],
  ['exists "246" or exists "245"', true],
  ['exists "246" AND exists "245"', false],
  ['exists "246" And exists "245" Or TRUE', true],
  ['exists "246" AND (exists "245" OR TRUE)', false],
  ['(not exists "246") and NOT (exists "247" OR exists "100")', true],
]

for (const [condition, isMet] of conditions)
  test(`a condition as files have it: ${condition} is ${isMet ? 'met' : 'not met'}`, () => {
    const text = ['rule "one"', 'when', `  ${condition}`, 'then', '  set indication."true"', 'end'].join('\n')
    for (const { rules } of bothOf('indication', text)) {
      const [rule] = rules
      assert.ok(rule)
      assert.equal(compileCondition(rule.when)(novel), isMet)
      assert.equal(compileIndication(rules, 'file')(novel).value, isMet)
    }
  })

test('brief levels by the encoding level are tried from the top, and the first hit decides', () => {
  const rules = [
    ['I|L', '09'],
    ['1', '08'],
    ['4', '07'],
    ['K|M', '06'],
    ['2|7', '05'],
    ['8', '04'],
    ['3', '03'],
    ['5|u|z', '02'],
    ['J', '01'],
    ['*', '02'],
  ].map(
    ([value, level]) =>
      `rule "level ${level} of ${value}"\nwhen\n  existsControl "LDR.{17,1}.${value}" AND NOT existsControl "LDR.{17,1}. "\nthen\n  set brief_level."${level}"\nend`,
  )
  const levels = {
    ' ': 10,
    I: 9,
    L: 9,
    1: 8,
    4: 7,
    K: 6,
    M: 6,
    2: 5,
    7: 5,
    8: 4,
    3: 3,
    5: 2,
    u: 2,
    z: 2,
    J: 1,
  }
  for (const file of bothOf('brief-level', rules.join('\n\n')))
    for (const [encoding, level] of Object.entries(levels)) {
      const record = recordOf(`LDR 00000nam a2200000${encoding}a 4500`, '245 10 $a Emma.')
      assert.equal(compileBriefLevels(file.rules, 'file')(record).level, level, encoding)
    }
})

type MergeForm = readonly [
  actions: readonly string[],
  existing: readonly string[],
  incoming: readonly string[],
  after: readonly string[],
]

const mergeForms: readonly MergeForm[] = [
  // Targets
  [['remove MARC."245"'], ['245 10 $a x', '246 3# $a y'], [], ['246 3# $a y']],
  [['remove MARC."50"X'], ['500 ## $a x', '504 ## $a y', '510 ## $a z'], [], ['510 ## $a z']],
  [['remove MARC."5"XX'], ['490 0# $a w', '500 ## $a x', '538 ## $a y'], [], ['490 0# $a w']],
  [
    ['add MARC."0"XX'],
    ['020 ## $a 1'],
    ['020 ## $a 1', '050 00 $a QA', '100 1# $a x'],
    ['020 ## $a 1', '050 00 $a QA'],
  ],
  [
    ['replace MARC.control."LDR|005|008"'],
    ['LDR 00000nam a22000005a 4500', '005 20200101000000.0', '008 old'],
    ['LDR 00000cam a2200000 i 4500', '005 20240101000000.0', '008 new'],
    ['LDR 00000cam a2200000 i 4500', '005 20200101000000.0', '008 new'],
  ],
  [
    ['replace MARC."LDR"'],
    ['LDR 00000nam a22000005a 4500', '245 10 $a x'],
    ['LDR 00000cam a2200000 i 4500', '245 10 $a y'],
    ['LDR 00000cam a2200000 i 4500', '245 10 $a x'],
  ],
  [['replace MARC."001"'], ['001 1'], ['001 2'], ['001 1']],
  [
    ['remove MARC."019"(" ","0")'],
    ['019 #0 $a x', '019 ## $a y', '019 10 $a z'],
    [],
    ['019 ## $a y', '019 10 $a z'],
  ],
  // Verbs
  [['add MARC."650"'], ['650 #0 $a x'], ['650 #0 $a x', '650 #0 $a y'], ['650 #0 $a x', '650 #0 $a y']],
  [['replace MARC."245"'], ['245 10 $a x'], ['245 10 $a y'], ['245 10 $a y']],
  [['replace MARC."246"'], ['245 10 $a x', '246 3# $a old'], ['245 10 $a y'], ['245 10 $a x']],
  [['remove MARC."246"', 'add MARC."246"'], ['246 3# $a old'], ['246 3# $a new'], ['246 3# $a new']],
  [
    ['add MARC."246"', 'remove MARC."246"'],
    ['245 10 $a x', '246 3# $a old'],
    ['246 3# $a new'],
    ['245 10 $a x'],
  ],
  // Modifiers
  [
    ['remove MARC."0"XX excluding "001,035"'],
    ['001 1', '020 ## $a 2', '035 ## $a (OCoLC)3', '050 00 $a QA'],
    [],
    ['001 1', '035 ## $a (OCoLC)3'],
  ],
  [
    ['remove MARC."035" excluding MARC."035"("9","9")'],
    ['035 99 $a (OCoLC)1', '035 ## $a (OCoLC)2', '035 9# $a (OCoLC)3'],
    [],
    ['035 99 $a (OCoLC)1'],
  ],
  [
    ['remove MARC."650" excluding second indicator "7"'],
    ['650 #0 $a x', '650 #7 $a y $2 fast', '650 17 $a z $2 fast'],
    [],
    ['650 #7 $a y $2 fast', '650 17 $a z $2 fast'],
  ],
  [
    ['add MARC."035" when MARC."035"."a" contains "OCoLC"'],
    ['035 ## $a (XX)1'],
    ['035 ## $a (OCoLC)2', '035 ## $a (YBP)3', '035 ## $z (OCoLC)4'],
    ['035 ## $a (XX)1', '035 ## $a (OCoLC)2'],
  ],
  [
    ['add MARC."500" when MARC."500"."5" contains "X*"'],
    ['245 10 $a x'],
    ['500 ## $a x $5 XA', '500 ## $a y $5 YA', '500 ## $a z'],
    ['245 10 $a x', '500 ## $a x $5 XA'],
  ],
  [
    ['remove MARC."500" if not exists subfield "5"'],
    ['500 ## $a x', '500 ## $a y $5 XX'],
    [],
    ['500 ## $a y $5 XX'],
  ],
  [['remove MARC."500" if exists subfield "3"'], ['500 ## $a x', '500 ## $a y $3 map'], [], ['500 ## $a x']],
  [
    ['replace MARC."246" if exists'],
    ['245 10 $a x', '246 3# $a old'],
    ['245 10 $a y'],
    ['245 10 $a x', '246 3# $a old'],
  ],
  [
    ['replace MARC."246" if exists'],
    ['246 3# $a old', '246 3# $a older'],
    ['246 3# $a new'],
    ['246 3# $a new'],
  ],
  [['add MARC."041" if does not exist'], ['041 0# $a eng'], ['041 0# $a ger'], ['041 0# $a eng']],
  [
    ['add MARC."041" if does not exists'],
    ['040 ## $a XX'],
    ['041 0# $a ger'],
    ['040 ## $a XX', '041 0# $a ger'],
  ],
  [
    ['add MARC."655"(" ","7") if does not exist'],
    ['655 #4 $a x'],
    ['655 #7 $a y', '655 #4 $a z'],
    ['655 #4 $a x', '655 #7 $a y'],
  ],
]

for (const [lines, existing, incoming, after] of mergeForms)
  test(`merging as files have it: ${lines.join(', ')}: ${after.length} fields`, () => {
    merges(ruleOf('merge', lines), existing, incoming, after)
  })

/** An overlay that keeps system numbers, with a pair of lines for each hundred of tags. */
const overlay = ruleOf('merge', [
  'replace MARC."LDR"',
  'remove MARC."0"XX excluding "001,035"',
  'add MARC."0"XX excluding "001"',
  ...[...'12345678'].flatMap((digit) => [`remove MARC."${digit}"XX`, `add MARC."${digit}"XX`]),
  'remove MARC."9"XX excluding "979"',
  'add MARC."9"XX',
  'replace MARC."035" when MARC."035"."a" contains "OCoLC" excluding MARC."035"("9","9")',
])

test('an overlay written out in pairs of lines takes all fields and keeps system numbers', () => {
  merges(
    overlay,
    [
      'LDR 00000nam a22000005a 4500',
      '001 99115816',
      '008 old',
      '020 ## $a 9780141439587',
      '035 99 $a (OCoLC)1',
      '035 ## $a (OCoLC)2',
      '035 ## $a (YBP)3',
      '100 1# $a Austen',
      '245 10 $a Emma',
      '500 ## $a From the list.',
      '880 10 $6 245-00 $a Эмма',
      '945 ## $a shelf 4',
      '979 ## $a ours',
    ],
    [
      'LDR 00000cam a2200000 i 4500',
      '001 on5',
      '008 new',
      '035 ## $a (OCoLC)5',
      '100 1# $a Austen, Jane',
      '245 10 $a Emma / $c Jane Austen.',
      '264 #1 $b Penguin',
      '945 ## $a theirs',
      '979 ## $a theirs',
    ],
    [
      'LDR 00000cam a2200000 i 4500',
      '001 99115816',
      '008 new',
      '035 ## $a (OCoLC)5',
      '035 99 $a (OCoLC)1',
      '035 ## $a (YBP)3',
      '100 1# $a Austen, Jane',
      '245 10 $a Emma / $c Jane Austen.',
      '264 #1 $b Penguin',
      '945 ## $a shelf 4',
      '945 ## $a theirs',
      '979 ## $a theirs',
      '979 ## $a ours',
    ],
  )
})

test('of such an overlay there is one warning: plain replace takes the number of a bib that gets none', () => {
  const { problems } = parseRuleFile('merge', overlay)
  assert.deepEqual(
    problems.map(({ severity, line }) => [severity, line]),
    [['warning', 26]],
  )
})

test('typographic quotes are an error at their place', () => {
  const { file, problems } = parseRuleFile('normalize', ruleOf('always', ['removeField “945”']))
  assert.equal(file, null)
  assert.deepEqual(
    problems.map(({ line, column }) => [line, column]),
    [[5, 16]],
  )
})
