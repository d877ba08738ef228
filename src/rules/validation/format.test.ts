import assert from 'node:assert/strict'
import { test } from 'node:test'
import { marc21 } from './format.ts'

const { fields, fixedFields } = marc21()

test('fields have their repeatability, indicators and subfields', () => {
  const title = fields.get('245')
  assert.deepEqual([title?.name, title?.repeatable, title?.obsolete], ['Title statement', false, false])
  assert.deepEqual([...(title?.indicators[0].values.keys() ?? [])], ['0', '1'])
  assert.equal(title?.indicators[1].values.size, 10)
  assert.deepEqual(title?.subfields.get('a'), { name: 'Title', repeatable: false, obsolete: false })
  assert.equal(title?.subfields.get('d')?.obsolete, true)
  assert.equal(fields.get('650')?.repeatable, true)
  assert.equal(fields.get('440')?.obsolete, true)
})

test('an indicator that is not defined is blank, whatever it was', () => {
  for (const tag of ['500', '648', '100']) {
    const indicator = fields.get(tag)?.indicators[tag === '648' ? 0 : 1]
    assert.deepEqual([indicator?.name, indicator?.values.get(' ')?.obsolete], ['Undefined', false], tag)
  }
  assert.equal(fields.get('100')?.indicators[1].values.get('1')?.obsolete, true)
})

test('updates add to what the list has, and go before it', () => {
  const link = fields.get('856')
  assert.deepEqual(
    ['0', '3', '4', '8'].map((value) => link?.indicators[1].values.has(value)),
    [true, true, true, true],
  )
  assert.deepEqual(link?.subfields.get('h'), {
    name: 'Non-functioning Uniform Resource Identifier',
    repeatable: true,
    obsolete: false,
  })
  assert.equal(fields.get('387')?.subfields.size, 20)
})

test('data provenance may stand where $7 means nothing else', () => {
  assert.equal(fields.get('500')?.subfields.get('7')?.name, 'Data provenance')
  assert.equal(fields.get('533')?.subfields.get('7')?.name, 'Fixed-length data elements of reproduction')
})

test('tags with a 9 are defined where MARC 21 still has them', () => {
  assert.deepEqual(
    [...fields.keys()].filter((tag) => tag.includes('9')),
    ['490'],
  )
})

test('the parts of a fixed field lie beside each other, from the first position to the last', () => {
  for (const { tag, name, positions } of fixedFields) {
    // The list has the entry map as a whole and in its parts.
    const held = positions
      .filter(({ obsolete, at }) => !obsolete && !(tag === 'LDR' && at >= 20))
      .toSorted((one, other) => one.at - other.at)
      .map(({ at, length }) => [at, at + length] as const)
    for (const [at, [from]] of held.entries()) {
      const before = held[at - 1]
      // 008/15-17 and 18-34 are each other's gap: what all materials have, and what one has.
      if (before !== undefined && !(tag === '008' && name === 'all materials'))
        assert.equal(from, before[1], `${tag} ${name}`)
    }
  }
})

test('the length of each 007 is that of its category', () => {
  const lengths = fixedFields
    .filter(({ tag }) => tag === '007')
    .map(({ positions }) => [
      [...(positions[0]?.codes?.keys() ?? [])].join(''),
      Math.max(...positions.map(({ at, length }) => at + length)),
    ])
  assert.deepEqual(Object.fromEntries(lengths), {
    a: 8,
    c: 14,
    d: 6,
    f: 10,
    g: 9,
    h: 13,
    k: 6,
    m: 23,
    o: 2,
    q: 2,
    r: 11,
    s: 14,
    t: 2,
    v: 9,
    z: 2,
  })
})
