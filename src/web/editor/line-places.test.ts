import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bookLeader } from '../../../test/record-of.ts'
import { readLine } from './field-line.ts'
import { endStop, placeIn, spanOfFinding, stopFrom } from './line-places.ts'

const title = '245 10 ‡a Emma / ‡c Jane Austen.'

/** What is selected at each stop of a line, walking from its start. */
function walked(text: string, way: 'next' | 'previous'): string[] {
  const stops: string[] = []
  const first = endStop(text, way === 'next' ? 'first' : 'last', bookLeader)
  for (let stop = first; stop !== null; stop = stopFrom(text, stop.anchor, way, bookLeader)) {
    stops.push(
      stop.anchor === stop.head ? `${text.slice(0, stop.head)}|` : text.slice(stop.anchor, stop.head),
    )
    assert.ok(stops.length < 40)
  }
  return stops
}

test('Tab stops at tag and indicators, and at the end of each value', () => {
  const stops = ['245', '1', '0', '245 10 ‡a Emma /|', `${title}|`]
  assert.deepEqual(walked(title, 'next'), stops)
  assert.deepEqual(walked(title, 'previous'), stops.toReversed())
})

test('Tab stops at each position of a coded field', () => {
  const stops = walked('008 030101s2003    enka          000 1 eng d', 'next')
  assert.deepEqual(stops.slice(0, 4), ['008', '008 |', '008 030101|', '008 030101s|'])
  assert.equal(stops.at(-1), '008 030101s2003    enka          000 1 eng |')
})

test('from within a value Tab goes to the next one', () => {
  assert.deepEqual(stopFrom(title, 12, 'next', bookLeader), { begins: 20, anchor: 32, head: 32 })
  assert.equal(stopFrom(title, 25, 'next', bookLeader), null)
})

test('a place in a line is in a tag, an indicator, a subfield or a position', () => {
  const line = readLine(title)
  assert.deepEqual(placeIn(line, 2), { in: 'tag' })
  assert.deepEqual(placeIn(line, 4), { in: 'indicator', which: 1 })
  assert.deepEqual(placeIn(line, 5), { in: 'indicator', which: 2 })
  assert.deepEqual(placeIn(line, 10), { in: 'subfield', part: 0 })
  assert.deepEqual(placeIn(line, title.length), { in: 'subfield', part: 1 })
  assert.deepEqual(placeIn(readLine('008 abc'), 5), { in: 'position', at: 1 })
})

test('a finding is about the part of the line that it names', () => {
  const part = (text: string, field: string, value: string | null = null) => {
    const span = spanOfFinding(readLine(text), text, field, value)
    return span && text.slice(span.from, span.to)
  }
  assert.equal(part(title, '245 ind2'), '0')
  assert.equal(part(title, '245 $c'), '‡c Jane Austen.')
  assert.equal(part('020 ## ‡a 1 ‡a 2', '020 $a', '2'), '‡a 2')
  assert.equal(part('008 030101s2003', '008/07-10'), '2003')
  assert.equal(part(title, '245'), null)
})
