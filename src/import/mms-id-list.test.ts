import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMmsIdList } from './mms-id-list.ts'

const read = (text: string) => readMmsIdList(Buffer.from(text))
const textsOf = (text: string) => read(text).lines.map((line) => line.text)

test('a list has an MMS ID a line, or first in the lines of a table, quoted or not', () => {
  assert.deepEqual(textsOf('991\n992\r\n 993 '), ['991', '992', '993'])
  assert.deepEqual(textsOf('MMS Id,Title\n"991",Emma\n"\'992\'","Persuasion, or"\n993\tx\n994;y'), [
    '991',
    '992',
    '993',
    '994',
  ])
})

test('a heading and empty lines are no bibs, and what else is no number is a line that is refused', () => {
  const { lines, junk } = read('\uFEFFMMS ID\n\n991\nnone\n,,\n')
  assert.deepEqual(
    lines.map(({ text }) => text),
    ['991', 'none', ',,'],
  )
  assert.deepEqual(
    junk.map(({ why }) => why),
    ['FOREIGN', 'LINE_ENDS'],
  )
})

test('the first line alone may be a heading, and the column that it calls MMS ID is read', () => {
  assert.deepEqual(textsOf('T,MMS ID\nfoo,991\n"a, b",992\nshort'), ['991', '992', 'short'])
  assert.deepEqual(textsOf('Title\tMms Id\r\nfoo\t"991"\r\n'), ['991'])
  assert.deepEqual(textsOf('Title,Creator\nfoo,bar\nbaz,991'), ['foo', 'baz'])
  assert.deepEqual(textsOf('\nMMS ID\nMMS ID\n991'), ['MMS ID', '991'])
})

test('a list in UTF-16 is read, and tiled to the byte', () => {
  const little = Buffer.from('\uFEFFMMS ID\r\n991\r\n\u0a0a992\r\n993', 'utf16le')
  for (const bytes of [little, Buffer.from(little).swap16()]) {
    const { lines, junk } = readMmsIdList(bytes)
    assert.deepEqual(
      lines.map(({ text }) => text),
      ['991', '\u0a0a992', '993'],
    )
    assert.equal(
      [...lines, ...junk].reduce((sum, { length }) => sum + length, 0),
      bytes.length,
    )
  }
})

test('lines and what is between them tile the list to the byte', () => {
  for (const text of ['', '\n', '991', '991\n\n992', 'é\n991\r\n', '\uFEFF991\n\n\n']) {
    const { lines, junk } = read(text)
    let reached = 0
    for (const { offset, length } of [...lines, ...junk].toSorted((a, b) => a.offset - b.offset)) {
      assert.equal(offset, reached)
      reached += length
    }
    assert.equal(reached, Buffer.byteLength(text), JSON.stringify(text))
  }
})
