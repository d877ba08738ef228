import assert from 'node:assert/strict'
import { test } from 'node:test'
import { controlValue } from '../../marc/record.ts'
import { shippedExceptionLines } from '../../rules/validation/exceptions.ts'
import { templateCodes, templateOf } from './bib-templates.ts'
import { readText } from './field-line.ts'
import { findingsOf } from './findings.ts'
import { inOrder } from './order-fields.ts'

const today = new Date(2026, 10, 26)
const exceptions = { lines: shippedExceptionLines('editor') ?? [], inline: {}, leavesOutEmpty: false }

/** What a record must still be given: a title, and whatever stands in an empty subfield. */
const toBeFilled = new Set(['TITLE_MISSING', 'SUBFIELD_EMPTY', 'DATES_INVALID', 'LCCN_INVALID'])

test('a template is a record that lacks nothing but what the work in hand tells', () => {
  for (const code of templateCodes) {
    const { text } = templateOf(code, today)
    const found = findingsOf(readText(text), exceptions)
    assert.deepEqual(
      found.filter((finding) => !toBeFilled.has(finding.code)),
      [],
      code,
    )
    assert.deepEqual(inOrder(text.split('\n')), text.split('\n'), code)
  }
})

test('a field of a template is whole or empty, so that one which is not filled leaves nothing behind', () => {
  for (const code of templateCodes)
    for (const field of readText(templateOf(code, today).text).record.fields) {
      // What the cataloguing agency always says stands with its empty codes.
      if (!('subfields' in field) || field.tag === '040') continue
      const empty = field.subfields.filter(({ value }) => value === '').length
      assert.ok(empty === 0 || empty === field.subfields.length, `${code} ${field.tag}`)
    }
})

test('a template has an 008 of the day, of its length', () => {
  for (const code of templateCodes) {
    const value = controlValue(readText(templateOf(code, today).text).record, '008')
    assert.equal(value?.length, 40, code)
    assert.equal(value?.slice(0, 6), '261126')
  }
})

test('a brief record for an order is kept from discovery and from OCLC', () => {
  assert.deepEqual(templateOf('brief-order', today).tags, {
    suppressed: true,
    publishToOclc: 'do-not-publish',
  })
  assert.deepEqual(templateOf('book', today).tags, {})
})
