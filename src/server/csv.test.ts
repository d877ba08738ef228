import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvLine } from './csv.ts'

test('cells with commas, quotes and line ends are quoted', () => {
  assert.equal(csvLine(['a,b', 'say "x"', 'two\nlines', 'plain']), '"a,b","say ""x""","two\nlines",plain\r\n')
})

test('numbers, truth and nothing are written plainly', () => {
  assert.equal(csvLine([-1, true, null, '']), '-1,true,,\r\n')
})

test('text that a spreadsheet would run is made text', () => {
  for (const start of ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
    const line = csvLine([`${start}HYPERLINK("http://x","y")`])
    assert.match(line, /^"?'/, JSON.stringify(start))
  }
})
