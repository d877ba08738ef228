import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tracedChanges } from './traced-changes.ts'

const change = (field: string) => ({ step: 'tidy:3', tag: '500', field })

test('a trace says which step changed what, cuts what is long and counts what is many', () => {
  assert.deepEqual(tracedChanges([]), [])
  assert.deepEqual(tracedChanges([change('- 500 ## $a x')]), ['tidy:3: - 500 ## $a x'])
  const [long = ''] = tracedChanges([change(`- 500 ## $a ${'\u{1f4da}'.repeat(100)}`)])
  assert.ok(long.length <= 120 && long.endsWith('…'))
  assert.doesNotMatch(long, /[\ud800-\udbff](?![\udc00-\udfff])/)
  const many = tracedChanges(Array.from({ length: 50 }, (_, at) => change(`+ 500 ## $a ${at}`)))
  assert.equal(many.length, 20)
  assert.deepEqual(many.slice(-2), ['tidy:3: + 500 ## $a 18', 'and 31 more'])
})
