import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvOf } from './page-csv.ts'

test('a title with commas and quotes is one cell, and one that looks like a formula is text', () => {
  assert.equal(
    csvOf([
      ['991', 'Emma, "a novel"'],
      ['992', '=HYPERLINK("x")'],
      ['993', '-1'],
    ]),
    `991,"Emma, ""a novel"""\r\n992,"'=HYPERLINK(""x"")"\r\n993,'-1\r\n`,
  )
})
