import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keyWords, traceWords } from './trace-words.ts'

test('a key is said in the words of cataloguers, with the subfield it came from', () => {
  assert.equal(keyWords('oclc:12345/a'), 'OCLC number 12345 ($a)')
  assert.equal(keyWords('oclc:12345/019'), 'OCLC number 12345 (019)')
  assert.equal(keyWords('mms:9910000000001055801'), 'MMS ID 9910000000001055801')
})

test('a slash inside a value is the value’s own', () => {
  assert.equal(keyWords('system:(GW)2024/113/a'), 'system number (GW)2024/113 ($a)')
})

test('a kind that these screens do not know yet keeps its name', () => {
  assert.equal(keyWords('barcode:39/z'), 'barcode 39 ($z)')
})

test('a trace is told in the order in which things happened', () => {
  const lines = traceWords({
    method: 'oclc',
    step: 'oclc-number',
    looked: ['oclc:1/a'],
    candidates: [{ mmsId: '991', by: ['oclc:1/a'], dropped: 'other-carrier' }],
    guard: { guard: 'brief', existing: 10, incoming: 3 },
    normalized: ['copy-019-to-035z: 035 ## $z (OCoLC)2'],
  })
  assert.deepEqual(
    lines.map(({ name }) => name),
    ['Corrected first', 'Matched by', 'Looked up', 'Found', 'Held back'],
  )
  assert.match(lines[3]?.said[0] ?? '', /set aside: print against electronic/)
})

test('no bib found is said, not left out', () => {
  const lines = traceWords({ method: 'oclc', looked: ['oclc:1/a'], candidates: [] })
  assert.deepEqual(lines.at(-1), { name: 'Found', said: ['no bib'] })
})

test('a missing 005 is said as none', () => {
  const [line] = traceWords({
    guard: { guard: 'older', existing: null, incoming: '20200101000000.0', why: 'x' },
  })
  assert.match(line?.said[0] ?? '', /bib none, incoming 20200101000000\.0/)
})

test('methods, merge rules, corrections and findings are called by their names, not by their codes', () => {
  const said = traceWords({
    method: 'isbn-any',
    step: 'ISBN',
    rule: 'conditional-subject-headings',
    normalized: ['oclc-001-to-035: 001 on1 = 035 ## $a (OCoLC)1'],
    problems: ['TITLE_MISSING'],
  }).flatMap((line) => line.said)
  assert.deepEqual(said, [
    'OCLC number of 001 moved to 035: 001 on1 = 035 ## $a (OCoLC)1',
    'There is no 245 with a title.',
    '“ISBN”, step “ISBN”',
    'Conditional subject headings',
  ])
})

test('a code that these screens do not know yet stands for itself', () => {
  const said = traceWords({ rule: 'newer', normalized: ['newer: 245'], problems: ['NEWER 245'] }).flatMap(
    (line) => line.said,
  )
  assert.deepEqual(said, ['newer: 245', 'NEWER 245', 'newer'])
})
