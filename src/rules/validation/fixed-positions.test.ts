import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bookLeader } from '../../../test/record-of.ts'
import { codesAt, fixedPositions } from './fixed-positions.ts'

const serialLeader = `${bookLeader.slice(0, 7)}s${bookLeader.slice(8)}`
const coded = '030101s2003    enka          000 1 eng d'

const said = (tag: string, value: string, leader = bookLeader): Map<string, string> =>
  new Map(
    fixedPositions(tag, value, leader).map((position) => [
      position.name,
      codesAt(position, value)
        .map((code) => position.codes?.get(code)?.name ?? code)
        .join(', '),
    ]),
  )

test('an 008 says what its codes mean, by the material of the leader', () => {
  const book = said('008', coded)
  assert.equal(book.get('Type of date/Publication status'), 'Single known date/probable date')
  assert.equal(book.get('Date 1'), '2003')
  assert.equal(book.get('Literary form'), 'Fiction (not further specified)')
  assert.match(book.get('Illustrations') ?? '', /^Illustrations, No illustrations/)
  const serial = said('008', coded, serialLeader)
  assert.equal(serial.has('Literary form'), false)
  assert.equal(serial.get('Frequency'), 'Annual')
})

test('an 006 has the positions of its own material, one place earlier in the field', () => {
  const online = said('006', 'm     o  d        ')
  assert.equal(online.get('Form of material'), 'Computer file/Electronic resource')
  assert.equal(online.get('Form of item'), 'Online')
})

test('an empty 007 may begin with any category', () => {
  const [category, ...others] = fixedPositions('007', '', bookLeader)
  assert.deepEqual(others, [])
  assert.equal(category?.codes?.get('v')?.name, 'Videorecording')
  assert.equal(said('007', 'vd cvaizq').get('Category of material'), 'Videorecording')
})

test('positions do not overlap, and together are as long as the field', () => {
  for (const [tag, value, length] of [
    ['LDR', bookLeader, 24],
    ['008', coded, 40],
    ['006', 'a                 ', 18],
  ] as const) {
    const positions = fixedPositions(tag, value, bookLeader)
    let next = 0
    for (const { at, length: long } of positions) {
      assert.equal(at, next, `${tag}/${at}`)
      next = at + long
    }
    assert.equal(next, length)
  }
})

test('other fields have no positions', () => {
  assert.deepEqual(fixedPositions('001', '123', bookLeader), [])
})
