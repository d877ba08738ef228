import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../../test/record-of.ts'
import { elementName } from './element-name.ts'

const record = recordOf(
  '006 m     o  d        ',
  '007 ta',
  '008 030101s2003    enka          000 1 eng d',
  '245 10 $a Emma.',
)

const nameOf = (field: string | null, at: number | null = null): string | null =>
  elementName({ code: 'SUBFIELD_UNDEFINED', severity: 'warning', field, at, value: null }, record)

test('fields, subfields and indicators have the names of the format', () => {
  assert.equal(nameOf('020 $a'), 'International Standard Book Number')
  assert.equal(nameOf('245'), 'Title statement')
  assert.equal(nameOf('245 ind2'), 'Title statement: Nonfiling characters')
  assert.equal(nameOf('245 $x'), 'Title statement')
  assert.equal(nameOf('949 $a'), null)
  assert.equal(nameOf(null), null)
})

test('positions have the names that they have for the material', () => {
  assert.equal(nameOf('LDR/17'), 'Encoding level')
  assert.equal(nameOf('008/24-27', 2), 'Nature of contents')
  assert.equal(nameOf('008/15-17', 2), 'Place of publication, production, or execution')
  assert.equal(nameOf('006/06', 0), 'Form of item')
  assert.equal(nameOf('006/09', 0), 'Type of computer file')
  assert.equal(nameOf('007/01', 1), 'Specific material designation')
  assert.equal(nameOf('007/00', 3), 'Category of material')
})
