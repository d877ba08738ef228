import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasAgency, isRelatedIsbn, isRelatedIssn, isStandardNumber, isUri } from './numbers.ts'

test('UPC, ISMN and EAN are told by the first indicator, and have their check digit', () => {
  assert.ok(isStandardNumber('1', '5-0999-26420-2 6'))
  assert.ok(isStandardNumber('1', '0747313233021') && isStandardNumber('1', '747313233021'))
  assert.ok(isStandardNumber('2', 'M-2306-7118-7'))
  assert.ok(isStandardNumber('2', '979-0-2306-7118-7'))
  assert.ok(isStandardNumber('3', '9780141439518'))
  assert.ok(isStandardNumber('3', '96385074'))
  for (const [ind1, value] of [
    ['1', '509992642025'],
    ['1', '5015155345024'],
    ['2', 'M-2306-7118-8'],
    ['2', '9780141439518'],
    ['3', '9780141439514'],
    ['3', 'none'],
  ] as const)
    assert.ok(!isStandardNumber(ind1, value), value)
  assert.ok(isStandardNumber('7', 'anything'))
})

test('numbers of series and related titles are found behind a label or a bracket', () => {
  for (const value of ['1050-124X', 'ISSN 1050-124X ;', '[1050-124X]', '(1050-124X)'])
    assert.ok(isRelatedIssn(value), value)
  for (const value of ['1050-1241', '(OCoLC)5877974', '', 'none']) assert.ok(!isRelatedIssn(value), value)
  assert.ok(isRelatedIsbn('ISBN 0141439513 (pbk.)'))
  assert.ok(!isRelatedIsbn('ISBN 0141439514'))
})

test('a system number begins with its agency', () => {
  assert.ok(hasAgency('(OCoLC)1234') && hasAgency(' (DE-599)BVB1'))
  for (const value of ['1234', '()1234', '(OCoLC 1234', 'ocm1234', '']) assert.ok(!hasAgency(value), value)
})

test('an address has a scheme and no blank inside', () => {
  for (const value of [
    'https://example.org/a?b=c',
    'mailto:x@example.org',
    'urn:nbn:de:101:1-2',
    ' https://a.b ',
  ])
    assert.ok(isUri(value), value)
  for (const value of ['www.example.org', 'https://example.org/a b', '://x', '', ' '])
    assert.ok(!isUri(value), value)
})
