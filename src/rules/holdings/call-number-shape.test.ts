import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseCallNumberTable } from './call-number-shape.ts'

test('a table is taken as it is, or every fault of it is named with its place', () => {
  const row = { scheme: '0', field: '090', subfields: [{ from: 'a', to: 'h' }] }
  assert.deepEqual(parseCallNumberTable({ rows: [row], update: 'always' }), {
    ok: true,
    table: { rows: [row], update: 'always' },
  })
  const parsed = parseCallNumberTable({
    rows: [
      { ...row, scheme: '9', field: '001' },
      { ...row, subfields: [{ from: 'ab', to: 'a' }] },
    ],
    update: 'allways',
  })
  assert.ok(!parsed.ok)
  assert.deepEqual(
    parsed.problems.map(({ path }) => path),
    ['rows[0].scheme', 'rows[0].field', 'rows[1].subfields[0].from', 'rows[1].subfields[0].to', 'update'],
  )
})
