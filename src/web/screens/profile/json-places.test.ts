import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jsonPlaces, placeOf } from './json-places.ts'

const text = `{
  "code": "a",
  "normalize": [
    { "do": "rule", "rule": "x" },
    { "do": "remove-fields", "tags": ["9XX", 1] }
  ]
}`

function places() {
  const found = jsonPlaces(text)
  assert.ok(found.ok)
  return found.places
}

test('every value has its place by its path', () => {
  assert.deepEqual(places().get('code'), { line: 2, column: 11 })
  assert.deepEqual(places().get('normalize[0].rule'), { line: 4, column: 29 })
  assert.deepEqual(places().get('normalize[1].tags[1]'), { line: 5, column: 46 })
})

test('what is missing stands where it would have to be', () => {
  assert.deepEqual(placeOf(places(), 'normalize[1].rule'), { line: 5, column: 5 })
  assert.deepEqual(placeOf(places(), 'match.multi.combine'), { line: 1, column: 1 })
})

test('a text that is no JSON is told where it stops being one', () => {
  assert.deepEqual(jsonPlaces('{\n  "code": a\n}'), { ok: false, at: { line: 2, column: 11 } })
  assert.deepEqual(jsonPlaces('{ "a": 1, }'), { ok: false, at: { line: 1, column: 11 } })
  assert.deepEqual(jsonPlaces('[1] 2'), { ok: false, at: { line: 1, column: 5 } })
  assert.deepEqual(jsonPlaces(''), { ok: false, at: { line: 1, column: 1 } })
})
