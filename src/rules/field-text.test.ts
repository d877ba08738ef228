import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatField, parseField } from './field-text.ts'

test('a field is one line that can be read again', () => {
  const value = fc.string({ unit: 'binary', minLength: 1 })
  const code = fc.constantFrom('a', 'b', '6', '9')
  const field = fc.record(
    {
      tag: fc.constantFrom('245', '880', '035'),
      ind1: fc.constantFrom(' ', '0', 'a'),
      ind2: fc.constantFrom(' ', '0', 'a'),
      subfields: fc.array(fc.record({ code, value }, { noNullPrototype: true }), {
        minLength: 1,
        maxLength: 4,
      }),
    },
    { noNullPrototype: true },
  )
  fc.assert(fc.property(field, (written) => assert.deepEqual(parseField(formatField(written)), written)))
})

test('blank indicators may be written #, _ or \\, and a link in $6 needs no escape', () => {
  const subfields = [
    { code: '6', value: '100-01/$1' },
    { code: 'a', value: 'X' },
  ]
  for (const blanks of ['##', '__', '\\\\', '  ']) {
    assert.deepEqual(parseField(`880 ${blanks} $6 100-01/$1 $aX`), {
      tag: '880',
      ind1: ' ',
      ind2: ' ',
      subfields,
    })
  }
})

test('what is no field is nothing', () => {
  for (const text of [
    '',
    '245',
    '245 10',
    '245 10 Emma',
    '24 10 $a Emma',
    '245 10 $a',
    '001 ',
    '245 1 $a Emma $',
  ])
    assert.equal(parseField(text), null, text)
})
