import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { callNumberSort, type ShelvingScheme } from './call-number-sort.ts'

/** Fails where the call numbers do not stand on the shelf as they are listed. */
function assertShelved(scheme: ShelvingScheme, ...callNumbers: readonly string[]) {
  const sorted = callNumbers
    .map((callNumber) => [callNumberSort(scheme, callNumber), callNumber] as const)
    .toReversed()
    .toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
  assert.deepEqual(
    sorted.map(([, callNumber]) => callNumber),
    callNumbers,
  )
}

test('Library of Congress numbers sort by letters, class, Cutter numbers as fractions, and date', () => {
  assertShelved(
    '0',
    'P35 .A1',
    'PR45 .A1',
    'PR4034',
    'PR4034 .E5',
    'PR4034 .E5 1995',
    'PR4034 .E5 2003',
    'PR4034 .E5 2003 v.2',
    'PR4034 .E5 2003 v.10',
    'PR4034 .E5 2003b',
    'PR4034 .E5 B7',
    'PR4034 .E512 1990',
    'PR4034 .E6',
    'PR4034.2 .A1',
    'PR4034.25 .A1',
    'PR4034.5 .A1',
    'PR4035 .A1',
    'QA76 .C3',
    'QA76.73 .J38',
    'QA76.9 .D3',
    'Z1 .A1',
  )
})

test('what is written closely together sorts as what is written apart', () => {
  for (const [one, other] of [
    ['PR4034.E5 2003', 'PR 4034 .E5 2003'],
    ['QA76.73.J38', 'qa 76.73 .j38'],
    ['ÉA76 .A1', 'EA76 .A1'],
  ] as const)
    assert.equal(callNumberSort('0', one), callNumberSort('0', other))
})

test('Dewey numbers sort as fractions, and Cutter numbers after them too', () => {
  assertShelved(
    '1',
    '5.1',
    '005.13 A1',
    '82 A1',
    '813',
    '813 A93',
    '813.4 A93',
    '813.54 A93',
    '813.54 A93 1998',
    '813.54 A93e',
    '813.54 A935',
    '813.54 A94',
    '813.54 B1',
    '813.6',
    '900',
    'J 813.5',
  )
})

test('numbers of other schemes, and those that are not of the scheme they say, sort by words and whole numbers', () => {
  assertShelved('8', 'Box 2', 'Box 2 A', 'Box 10', 'Folio 1')
  assertShelved('0', '2 Fiction', '10 Fiction', 'Fiction AUS')
})

const letters = fc.constantFrom('A', 'B', 'P', 'PN', 'PR', 'QA', 'KFI')
const classNumber = fc.integer({ min: 1, max: 9999 })
const cutter = fc.tuple(fc.constantFrom('A', 'E', 'M', 'Z'), fc.integer({ min: 1, max: 99_999 }))
const year = fc.integer({ min: 1500, max: 2030 })

const compared = <T>(one: T, other: T): number => (one < other ? -1 : one > other ? 1 : 0)

test('class numbers of the same letters sort by their size, whatever follows', () => {
  fc.assert(
    fc.property(letters, classNumber, classNumber, cutter, cutter, (prefix, one, other, [a, x], [b, y]) => {
      fc.pre(one !== other)
      assert.equal(
        compared(
          callNumberSort('0', `${prefix}${one} .${a}${x}`),
          callNumberSort('0', `${prefix}${other} .${b}${y}`),
        ),
        compared(one, other),
      )
    }),
  )
})

test('Cutter numbers of the same letter sort as fractions', () => {
  fc.assert(
    fc.property(cutter, cutter, year, ([letter, one], [, other], date) => {
      const fraction = (number: number) => Number(`0.${number}`)
      fc.pre(fraction(one) !== fraction(other))
      const form = (scheme: ShelvingScheme, of: string) => callNumberSort(scheme, of)
      for (const [scheme, stem] of [
        ['0', 'PR4034 .'],
        ['1', '813.54 '],
      ] as const)
        assert.equal(
          compared(
            form(scheme, `${stem}${letter}${one} ${date}`),
            form(scheme, `${stem}${letter}${other} ${date}`),
          ),
          compared(fraction(one), fraction(other)),
        )
    }),
  )
})

test('nothing stands before something, and every text has a form', () => {
  const scheme = fc.constantFrom<ShelvingScheme>('0', '1', '2', '3', '8', ' ')
  fc.assert(
    fc.property(scheme, letters, classNumber, cutter, year, (of, prefix, number, [letter, figures], date) => {
      const stem = of === '1' ? `${number % 1000}` : `${prefix}${number}`
      const steps = [stem, `${stem} .${letter}${figures}`, `${stem} .${letter}${figures} ${date}`]
      const forms = steps.map((step) => callNumberSort(of, step))
      assert.deepEqual(forms.toSorted(compared), forms)
    }),
  )
  fc.assert(
    fc.property(scheme, fc.string({ unit: 'binary' }), (of, text) => {
      assert.equal(callNumberSort(of, text), callNumberSort(of, text.trim()))
    }),
  )
})

test('a call number that is as long as a field may be has a form that an index holds', () => {
  for (const text of [`PR1.${'0'.repeat(1_000_000)}1`, `${'é'.repeat(500_000)}1`, '1 '.repeat(500_000)])
    assert.ok(Buffer.byteLength(callNumberSort('0', text)) <= 2000)
})
