import assert from 'node:assert/strict'
import { test } from 'node:test'
import { queriedIdentifiers } from './query-identifiers.ts'

const keysOf = (query: string) => queriedIdentifiers(query).keys.map(({ kind, value }) => `${kind}:${value}`)

test('an OCLC number is known bare, with its prefix and as a control number', () => {
  for (const query of ['(OCoLC)00012345', '(ocolc)ocm00012345', 'ocm00012345', 'ocn12345', ' 12345 ']) {
    assert.ok(keysOf(query).includes('oclc:12345'), query)
  }
})

test('an ISBN is known with and without hyphens and blanks, in both lengths', () => {
  for (const query of [
    '978-0-14-143958-7',
    '978 0 14 143958 7',
    '9780141439587',
    '0141439580',
    '0-14-143958-0',
  ]) {
    assert.ok(keysOf(query).includes('isbn:9780141439587'), query)
  }
})

test('an ISSN is known by its check digit', () => {
  assert.deepEqual(keysOf('0028-0836'), ['issn:0028-0836'])
  assert.deepEqual(keysOf('0028-0837'), ['lccn:0028000837'])
})

test('an LCCN is known as the Library of Congress writes it', () => {
  assert.deepEqual(keysOf('n 78-890351'), ['lccn:n78890351'])
  assert.deepEqual(keysOf('2001-627090'), ['lccn:2001627090'])
})

test('another system’s number keeps its prefix', () => {
  assert.deepEqual(keysOf('(DLC) 12345'), ['system:(dlc)12345', 'source:(DLC) 12345'])
})

test('an MMS ID is one by its form', () => {
  assert.equal(queriedIdentifiers('991000000000015816').mmsId, '991000000000015816')
  assert.equal(queriedIdentifiers('98100000').mmsId, null)
})

test('words, years and volumes are no identifiers', () => {
  for (const query of ['emma', '1984', 'austen 1815', 'history of england', "o'brien"])
    assert.deepEqual(keysOf(query), [], query)
})
