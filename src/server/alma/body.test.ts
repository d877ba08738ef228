import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readObject, refusalBy } from './body.ts'
import { AlmaError } from './errors.ts'

const read = (xml: string) => readObject(new TextEncoder().encode(xml), 'bib', refusalBy('402209'))

test('a text counts as well where it is marked as character data', () => {
  const values = read('<bib><suppress_from_publishing><![CDATA[tr]]>ue</suppress_from_publishing></bib>')
  assert.equal(values.get('suppress_from_publishing'), 'true')
})

test('what a request named stands in the error as it is, whatever signs it has', () => {
  assert.equal(
    new AlmaError('402208', { about: "$& $' $1" }).message,
    "Search failed for Holdings ID: $& $' $1",
  )
})
