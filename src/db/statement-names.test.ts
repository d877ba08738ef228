import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openStatementNames } from './statement-names.ts'

test('a text is prepared from its second use on, always under one name', () => {
  const names = openStatementNames()
  assert.equal(names.nameOf('select 1'), null)
  const name = names.nameOf('select 1')
  assert.notEqual(name, null)
  assert.equal(names.nameOf('select 1'), name)
  assert.equal(names.nameOf('select 2'), null)
  assert.notEqual(names.nameOf('select 2'), name)
})

test('texts built for one use are never named, and named ones are bounded', () => {
  const names = openStatementNames()
  for (let n = 0; n < 5000; n++) assert.equal(names.nameOf(`select ${n}`), null)
  const given = new Set<string>()
  for (let n = 0; n < 1000; n++) {
    names.nameOf(`select twice ${n}`)
    const name = names.nameOf(`select twice ${n}`)
    if (name !== null) given.add(name)
  }
  assert.equal(given.size, 400)
})
