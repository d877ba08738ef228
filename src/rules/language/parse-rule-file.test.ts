import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ruleFileOf, ruleText } from '../../../test/rule-file.ts'
import { ruleFile } from '../../../test/rule-files.ts'
import { formatRuleFile } from './format-rule-file.ts'
import { formatRuleText } from './format-rule-text.ts'
import { parseRuleFile, type RuleFileOf } from './parse-rule-file.ts'
import { ruleLimits } from './rule-limits.ts'
import { ruleKinds } from './rule.ts'

test('rules run by priority, then as written, or from the last where the file says so', () => {
  const text = ['one', 'two 5', 'three', 'four 5', 'five -1']
    .map((made) => {
      const [name, priority] = made.split(' ')
      return `rule "${name}"\n${priority ? `salience ${priority}\n` : ''}when TRUE then\n  removeField "245"\nend\n`
    })
    .join('')
  const names = (file: RuleFileOf<'normalize'>) => file.rules.map(({ name }) => name).join(' ')
  assert.equal(names(ruleFileOf('normalize', text)), 'two four one three five')
  assert.equal(names(ruleFileOf('normalize', `order first to last\n${text}`)), 'two four one three five')
  assert.equal(
    names(ruleFileOf('normalize', `# moved\norder last to first\n${text}`)),
    'four two three one five',
  )
})

test('a rule may claim to do twice what it does once', () => {
  const [claimed] = ruleFileOf(
    'normalize',
    ruleText('removeField "999"').replace('when', 'idempotent\nwhen'),
  ).rules
  assert.equal(claimed?.idempotent, true)
  assert.equal(ruleFileOf('normalize', ruleText('removeField "999"')).rules[0]?.idempotent, false)
})

test('comments end a line, but not within quotes and not within a test', () => {
  const text = `# head
rule "r" // the rule
# between
when
  TRUE # always
then
  // removeField "245"
  addField "856.u.http://example.org/#x" // link
end # of it

test "t" // said
given
  # a comment, while the next lines are fields
  650 #0 $a Cats // dogs
expect
  // none
  856 ## $u http://example.org/#x
end // all
`
  const file = ruleFileOf('normalize', text)
  const [only] = file.rules
  assert.equal(only?.actions.length, 1)
  assert.deepEqual(
    file.tests.map(({ given, expect }) => [given, expect]),
    [[['650 #0 $a Cats // dogs'], { is: 'record', lines: ['856 ## $u http://example.org/#x'] }]],
  )
})

test('a byte-order mark and any end of line are read, and lines are counted', () => {
  const text = ruleText('removeField "245"')
  const file = ruleFileOf('normalize', text)
  assert.deepEqual(ruleFileOf('normalize', `\uFEFF${text.replaceAll('\n', '\r\n')}`), file)
  assert.deepEqual(ruleFileOf('normalize', text.replaceAll('\n', '\r')), file)
  assert.deepEqual(file.rules[0]?.place, { line: 1, column: 1 })
})

test('each kind has its own actions, and its tests say what they expect', () => {
  const record = 'given\n  245 10 $a x\n'
  const { rules, tests } = ruleFileOf(
    'brief-level',
    `${ruleText('set brief_level."05"')}test "t"\n${record}expect brief_level."10"\nend`,
  )
  assert.equal(rules[0]?.actions[0]?.level, 5)
  assert.deepEqual(tests[0]?.expect, { is: 'brief-level', level: 10 })
  const indication = ruleFileOf(
    'indication',
    `${ruleText('set indication."true"')}test "t"\n${record}expect indication."FALSE"\nend`,
  )
  assert.equal(indication.rules[0]?.actions[0]?.to, true)
  assert.deepEqual(indication.tests[0]?.expect, { is: 'indication', value: false })
  const merge = ruleFileOf(
    'merge',
    `${ruleText('add MARC."245"', 'merge')}test "t"\n${record}incoming\nexpect\nend`,
  )
  assert.deepEqual(merge.tests[0]?.incoming, [])
})

test('an exceptions file has a line for each exception, with comments', () => {
  const { rules, tests } = ruleFileOf(
    'exceptions',
    `# ours
TITLE_MISSING: warning
ISBN_INVALID 020 $a : Off // vendors
TAG_INVALID 9xx: error

test "t"
given
  020 ## $a 1
expect messages
  TITLE_MISSING:  warning
end
`,
  )
  assert.deepEqual(
    rules.map(({ place, ...line }) => [place.line, line]),
    [
      [2, { code: 'TITLE_MISSING', tag: null, subfield: null, severity: 'warning' }],
      [3, { code: 'ISBN_INVALID', tag: '020', subfield: 'a', severity: 'off' }],
      [4, { code: 'TAG_INVALID', tag: '9**', subfield: null, severity: 'error' }],
    ],
  )
  assert.deepEqual(tests[0]?.expect, { is: 'messages', lines: ['TITLE_MISSING: warning'] })
})

test('what is beyond a bound is an error, however it is put', () => {
  const hostile: readonly [text: string, message: RegExp][] = [
    ['x'.repeat(ruleLimits.file + 1), /may have 1000000 characters/],
    [ruleText('').repeat(ruleLimits.rules + 1), /may have 5000 rules/],
    [ruleText('removeField "245"', `${'('.repeat(100_000)}TRUE`), /more than 50 deep/],
    [ruleText('removeField "245"', `${'NOT '.repeat(100_000)}TRUE`), /more than 50 deep/],
    [ruleText(`addField "590.a.${'x'.repeat(ruleLimits.text)}"`), /more than 10000 characters/],
    [
      ruleText(`removeField "245.a" matching "${'x'.repeat(ruleLimits.regex + 1)}"`),
      /may have 1000 characters/,
    ],
    [ruleText('removeField "245.a" matching "x{999}"\n'.repeat(100)), /too much together/],
    ['rule "'.repeat(50_001), /is not closed on its line/],
    ['“'.repeat(400_000), /Typographic/],
    ['\\'.repeat(500_000), /was expected/],
    [`test "t"\n${'given\n'.repeat(100_000)}`, /twice/],
  ]
  for (const [text, message] of hostile) {
    const { file, problems } = parseRuleFile('normalize', text)
    assert.equal(file, null)
    assert.ok(problems.length <= ruleLimits.problems)
    assert.ok(
      problems.some((problem) => message.test(problem.message)),
      `${message} is not among ${JSON.stringify(problems.slice(0, 3))}`,
    )
  }
})

test('warnings without number do not hide an error, nor cut a file short', () => {
  const many = ruleText('removeControlField "001"\n'.repeat(2 * ruleLimits.problems))
  const { file, problems } = parseRuleFile('normalize', many)
  assert.equal(file?.rules[0]?.actions.length, 2 * ruleLimits.problems)
  assert.equal(problems.length, ruleLimits.problems)
  const broken = parseRuleFile('normalize', many + ruleText('removeFeild "245"'))
  assert.equal(broken.file, null)
  assert.ok(broken.problems.some(({ severity }) => severity === 'error'))
})

test('whatever the text is, the answer is a file or errors with places in it', () => {
  const damage = fc.record({
    at: fc.nat(),
    length: fc.nat(6),
    put: fc.string({ unit: 'binary', maxLength: 3 }),
  })
  const damaged = fc.tuple(ruleFile, fc.array(damage, { maxLength: 3 })).map(([file, all]) =>
    all.reduce((text, { at, length, put }) => {
      const from = at % (text.length + 1)
      return text.slice(0, from) + put + text.slice(from + length)
    }, formatRuleFile(file)),
  )
  const text = fc.oneof(damaged, fc.string({ unit: 'binary' }))
  fc.assert(
    fc.property(fc.constantFrom(...ruleKinds), text, (kind, written) => {
      const { file, problems } = parseRuleFile(kind, written)
      const lines = written.split(/\r\n|\n|\r/)
      for (const { line, column } of problems) {
        assert.ok(line >= 1 && line <= lines.length, `line ${line}`)
        assert.ok(column >= 1 && column <= (lines[line - 1] as string).length + 1, `column ${column}`)
      }
      assert.equal(
        file === null,
        problems.some(({ severity }) => severity === 'error'),
      )
      if (file === null) return
      const once = formatRuleText(written, file)
      const again = parseRuleFile(kind, once).file
      assert.equal(again && formatRuleText(once, again), once)
    }),
    { numRuns: 300 },
  )
})
