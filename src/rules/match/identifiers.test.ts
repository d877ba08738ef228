import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  isOclcSystemNumber,
  isbn13,
  issn,
  lccn,
  oclcNumber,
  standardNumber,
  systemNumber,
} from './identifiers.ts'

test('an OCLC number loses its agency, its prefix and its leading zeros', () => {
  for (const text of [
    '(OCoLC)123456',
    '(ocolc)ocm00123456',
    '(OCoLC)ocn000123456 ',
    '(OCoLC)on123456',
    'ocm00123456 ',
    ' 123456',
    '(OCoLC) 123456',
    'OCM00123456',
  ])
    assert.equal(oclcNumber(text), '123456', text)
})

test('what is another agency, no number, zero or more than a number is no OCLC number', () => {
  for (const text of [
    '(OCoLC-M)123456',
    '(DLC)123456',
    '(OCoLC)',
    '(OCoLC)000',
    '(OCoLC)12a',
    '(OCoLC)12 34',
    'oc123',
    '',
    '(OCoLC)1234567890123456',
  ])
    assert.equal(oclcNumber(text), null, text)
})

test("an 035 is OCLC's by its prefix or by the form of its number", () => {
  assert.equal(isOclcSystemNumber('(OCoLC)unreadable'), true)
  assert.equal(isOclcSystemNumber('ocm00012345'), true)
  assert.equal(isOclcSystemNumber('12345'), false)
  assert.equal(isOclcSystemNumber('(OCoLC-M)12345'), false)
})

test('an ISBN-10, a hyphenated ISBN-13 and a qualified one are the same ISBN-13', () => {
  for (const text of [
    '0141439513',
    '0-14-143951-3 (pbk.)',
    '9780141439518',
    '978-0-14-143951-8 :',
    ' 978 0 14 143951 8',
    '0141439513(paper) $7.95',
    '0141439513 12.50',
  ])
    assert.deepEqual(isbn13(text), { value: '9780141439518', valid: true }, text)
})

test('an ISBN-10 may end in X, and a nine-digit SBN is one without its zero', () => {
  assert.deepEqual(isbn13('080442957X'), { value: '9780804429573', valid: true })
  assert.deepEqual(isbn13('080442957x'), { value: '9780804429573', valid: true })
  assert.deepEqual(isbn13('141439513'), { value: '9780141439518', valid: true })
})

test('an ISBN with a wrong check digit keeps what was typed and says so', () => {
  assert.deepEqual(isbn13('0-14-143951-4'), { value: '0141439514', valid: false })
  assert.deepEqual(isbn13('9780141439519'), { value: '9780141439519', valid: false })
  assert.equal(isbn13('(pbk.)'), null)
  assert.equal(isbn13(''), null)
})

test('an ISSN is written with its hyphen, valid or not', () => {
  assert.deepEqual(issn('0317-8471'), { value: '0317-8471', valid: true })
  assert.deepEqual(issn('1050124x (print)'), { value: '1050-124X', valid: true })
  assert.deepEqual(issn('0317-8472'), { value: '0317-8472', valid: false })
  assert.equal(issn('none'), null)
})

test('an LCCN follows the rule of the Library of Congress', () => {
  assert.equal(lccn('   85153773 '), '85153773')
  assert.equal(lccn('n78-890351'), 'n78890351')
  assert.equal(lccn('75-425165//r75'), '75425165')
  assert.equal(lccn(' 79139101 /AC/r932'), '79139101')
  assert.equal(lccn('gp^76002306'), 'gp76002306')
  assert.equal(lccn('sn 2001000002'), 'sn2001000002')
  assert.equal(lccn('unknown'), null)
})

test('a system number is compared without blanks and case, and a bare prefix is none', () => {
  assert.equal(systemNumber('(DLC)  76002306 '), '(dlc)76002306')
  assert.equal(systemNumber('(NhCcYBP) EBC 12'), '(nhccybp)ebc12')
  assert.equal(systemNumber('(DLC)'), null)
  assert.equal(systemNumber(' '), null)
})

test('a 024 says of what type it is', () => {
  assert.equal(standardNumber('3', undefined, '978-0141439518'), 'ean:9780141439518')
  assert.equal(standardNumber('7', 'doi', '10.1000/ABC'), 'doi:10.1000/abc')
  assert.equal(standardNumber('8', undefined, 'X 1'), 'other:x1')
  assert.equal(standardNumber('1', undefined, ' '), null)
})
