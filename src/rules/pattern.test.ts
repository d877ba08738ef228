import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Pattern, PatternPart } from './language/rule.ts'
import { RuleFailure, recordBudget } from './normalize/budget.ts'
import { compilePattern, compileReplace } from './pattern.ts'

const literal = (text: string): PatternPart => ({ part: 'literal', text })
const one: PatternPart = { part: 'one' }
const run: PatternPart = { part: 'run' }
const text = (...alternatives: PatternPart[][]): Pattern => ({ kind: 'text', alternatives })
const regex = (source: string): Pattern => ({ kind: 'regex', source })

const matches = (pattern: Pattern, value: string) => compilePattern(pattern).matches(value, recordBudget())
const replaced = (pattern: Pattern | null, value: string, instead: string) =>
  compileReplace(pattern, instead)(value, recordBudget())

/** A text with one letter a kind of part: `*`, `.`, `|`, else itself. */
const patternOf = (written: string): Pattern =>
  text(
    ...written
      .split('|')
      .map((alternative) =>
        [...alternative.matchAll(/[*.]|[^*.]+/g)].map(([part]) =>
          part === '*' ? run : part === '.' ? one : literal(part),
        ),
      ),
  )

test('a text must be the whole value, with a run for any characters and a dot for one', () => {
  for (const [written, value, expected] of [
    ['Cats', 'Cats', true],
    ['Cats', 'Cats.', false],
    ['Cats*', 'Cats in art', true],
    ['*art', 'Cats in art', true],
    ['*in*', 'Cats in art', true],
    ['C*a*t', 'Cats in art', true],
    ['C*a*t', 'Cat', true],
    ['a*a', 'a', false],
    ['Cat.', 'Cats', true],
    ['Cat.', 'Cat', false],
    ['.', '😀', true],
    ['*.', '😀', true],
    ['..', '😀', false],
    ['amim|appm|dacs', 'appm', true],
    ['amim|appm|dacs', 'amimappm', false],
    ['*', '', true],
    ['', '', true],
    ['', 'x', false],
  ] as const)
    assert.equal(matches(patternOf(written), value), expected, `${written} of ${value}`)
})

test('any value is one that is not blank', () => {
  const some: Pattern = { kind: 'some' }
  assert.deepEqual(
    ['', '  ', 'x', ' x', '\u00a0'].map((value) => matches(some, value)),
    [false, false, true, true, false],
  )
})

test('every place of a text is replaced, a run as far as can be', () => {
  for (const [written, value, expected] of [
    ['(OCoLC)ocm', '(OCoLC)ocm12', '_12'],
    ['a', 'banana', 'b_n_n_'],
    ['1*', '21 22', '2_'],
    ['*', 'RDDOC', '_'],
    ['*', '', ''],
    ['a*n', 'banana', 'b_a'],
    ['*n', 'banana', '_a'],
    ['pb|pbk', 'pbk', '_k'],
    ['pbk|pb', 'pbk', '_'],
    ['b|zz|a', 'abcab', '__c__'],
    ['.a', 'banana', '___'],
    ['x', 'banana', 'banana'],
    ['', 'banana', 'banana'],
  ] as const)
    assert.equal(replaced(patternOf(written), value, '_'), expected, `${written} in ${value}`)
})

test('without a pattern, and where any value will do, the whole is replaced', () => {
  assert.equal(replaced(null, 'abc', '_'), '_')
  assert.equal(replaced({ kind: 'some' }, 'abc', '_'), '_')
  assert.equal(replaced({ kind: 'some' }, ' ', '_'), ' ')
})

test('texts are found as by an engine that tries everything', () => {
  const part = fc.constantFrom('*', '.', 'a', 'b', '😀', 'ab')
  const written = fc
    .array(fc.array(part, { maxLength: 5 }), { minLength: 1, maxLength: 3 })
    .map((alternatives) => alternatives.map((parts) => parts.join('')).join('|'))
  const value = fc.array(fc.constantFrom('a', 'b', '😀'), { maxLength: 10 }).map((all) => all.join(''))
  fc.assert(
    fc.property(written, value, (pattern, subject) => {
      const sources = pattern.split('|').map((each) => each.replaceAll('*', '.*'))
      const whole = new RegExp(`^(?:${sources.join('|')})$`, 'su')
      assert.equal(matches(patternOf(pattern), subject), whole.test(subject))
      assert.equal(replaced(patternOf(pattern), subject, '_'), replacedByTrying(sources, subject))
    }),
    { numRuns: 2000 },
  )
})

/** At each place the alternatives in turn, the first that finds something there is replaced. */
function replacedByTrying(sources: readonly string[], value: string): string {
  const tried = sources.map((source) => new RegExp(source, 'suy'))
  let out = ''
  let at = 0
  while (at < value.length) {
    const found = tried.map((each) => {
      each.lastIndex = at
      return each.exec(value)?.[0] ?? ''
    })
    const hit = found.find((each) => each !== '')
    out += hit === undefined ? String.fromCodePoint(value.codePointAt(at) as number) : '_'
    at += (hit ?? String.fromCodePoint(value.codePointAt(at) as number)).length
  }
  return out
}

test('a regular expression is found anywhere, and $1 is its group', () => {
  assert.equal(matches(regex('[0-9]{4}'), 'c2003.'), true)
  assert.equal(matches(regex('^[0-9]{4}$'), 'c2003.'), false)
  assert.equal(replaced(regex('c([0-9]{4})'), 'c2003, c2004', '©$1'), '©2003, ©2004')
  assert.equal(replaced(regex('(a)|(b)'), 'ab', '[$1$2$&$$]'), '[aa$][bb$]')
  assert.equal(replaced(regex('^'), 'abc', '> '), '> abc')
  assert.equal(replaced(regex('x+'), 'abc', '_'), 'abc')
})

test('in place of a text a dollar sign is itself', () => {
  assert.equal(replaced(patternOf('a'), 'a', '$1$&'), '$1$&')
})

test('a long value is searched as a short one is', () => {
  const long = 'ab, '.repeat(500)
  assert.equal(replaced(regex('([a-z])b'), long, '$1c'), 'ac, '.repeat(500))
  assert.equal(matches(regex('ab, $'), long), true)
  assert.equal(matches(regex('x'), long), false)
})

const megabyte = 'a'.repeat(1024 * 1024)

test('a pattern that is hard on other engines is found out by the value’s length', () => {
  assert.equal(matches(patternOf('*a*a*a*a*a*a*b'), megabyte), false)
  assert.equal(replaced(patternOf('*a*a*a*a*a*a*b'), megabyte, ''), megabyte)
})

test('what costs more steps than a record has is given up', () => {
  const words = 'ab '.repeat(100_000)
  for (const [pattern, value] of [
    [regex('(?:a?){100}a{100}$'), megabyte],
    [regex('(([ab]*)a([ab]{20}))c|b'), 'ab'.repeat(300_000)],
    [regex('a{900}b|a'), megabyte],
    [regex('\\b'), words],
    [text(Array.from({ length: 10_000 }, () => one)), megabyte],
    [text([run, literal(`${'a'.repeat(9_000)}b`)]), megabyte],
    [patternOf(Array.from({ length: 3_000 }, (_, at) => `b${at}`).join('|')), megabyte],
  ] as const)
    assert.throws(() => replaced(pattern, value, 'x'), RuleFailure)
})

test('what would be longer than a field may be is not written', () => {
  assert.throws(
    () => replaced(patternOf('a'), megabyte, 'b'.repeat(10_000)),
    /longer than the limit of 1048576/,
  )
  assert.throws(() => replaced(regex('a'), 'a'.repeat(400), '$&'.repeat(5_000)), /longer than the limit/)
})
