import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseField } from '../../rules/field-text.ts'
import { readingOf } from './reading.ts'

function read(...lines: readonly string[]) {
  const fields = lines.map((line) => {
    const field = parseField(line)
    assert.ok(field, line)
    return field
  })
  const reading = readingOf({ leader: '00000nam a2200000 a 4500', fields })
  return {
    ...reading,
    said: reading.lines.map(({ label, entries }) => [
      label,
      ...entries.map(({ parts }) => parts.map(({ before, text }) => before + text).join('')),
    ]),
  }
}

test('fields are lines of a label and values, title first, wherever they stand', () => {
  assert.deepEqual(
    read(
      '020 ## $a 9780141439587 $q paperback',
      '100 1# $a Austen, Jane, $d 1775-1817, $e author.',
      '245 10 $a Emma / $c Jane Austen.',
      '650 #0 $a Matchmakers $v Fiction. $0 http://id.example.org/1',
      '650 #0 $a England $x Social life.',
    ).said,
    [
      ['title', 'Emma / Jane Austen.'],
      ['creator', 'Austen, Jane, 1775-1817, author.'],
      ['subject', 'Matchmakers — Fiction.', 'England — Social life.'],
      ['isbn', '9780141439587 paperback'],
    ],
  )
})

test('a number that is no longer valid says so', () => {
  const { lines } = read('020 ## $z 0141439580')
  assert.equal(lines[0]?.entries[0]?.parts[0]?.isCancelled, true)
})

test('other scripts stand with the field that they go with', () => {
  const { lines } = read('245 10 $6 880-01 $a Sipur', '880 10 $6 245-01/(2/r $a סיפור')
  assert.deepEqual(lines[0]?.entries[0]?.others, [
    { parts: [{ text: 'סיפור', before: '', isCancelled: false }], lang: 'und-Hebr', dir: 'rtl' },
  ])
})

test('an address is followed only where it is one of the web, of a file server or of the post', () => {
  const href = (field: string) => read(field).lines[0]?.entries[0]?.href
  assert.equal(href('856 40 $u https://example.org/1 $y Read it'), 'https://example.org/1')
  assert.equal(href('856 40 $u javascript:alert(1) $y Read it'), null)
  assert.equal(href('856 40 $u data:text/html,x'), null)
  assert.equal(href('856 40 $u \u0001javascript:alert(1)'), null)
  assert.equal(href('856 40 $u //example.org/1'), null)
})

test('an 856 that says what it leads to does not spell its address out', () => {
  assert.deepEqual(read('856 40 $3 Volume 1 $u https://example.org/1 $z For students').said, [
    ['online', 'Volume 1 For students'],
  ])
  assert.deepEqual(read('856 40 $u https://example.org/1').said, [['online', 'https://example.org/1']])
})

test('what has no line is named, so that nobody takes the reading view for the record', () => {
  assert.deepEqual(read('245 00 $a Emma', '040 ## $a DLC', '886 2# $a x', '001 123').leftOut, ['040', '886'])
})
