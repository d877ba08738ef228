import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packField } from '../packed.ts'
import { coverageOf, kbartDate } from './coverage.ts'
import { openKbart } from './decode.ts'
import { embargoWords } from './embargo.ts'
import { kbartRecord } from './record.ts'
import { type KbartLine, type KbartRow, kbartColumns } from './row.ts'

async function read(text: string | Uint8Array, size = 7): Promise<readonly KbartLine[]> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  )
  const opened = await openKbart(pieces)
  assert.ok('lines' in opened)
  return Array.fromAsync(opened.lines)
}

/** A file with the heading of KBART and rows by their columns. */
const list = (...rows: readonly Partial<KbartRow['cells']>[]): string =>
  [
    kbartColumns.join('\t'),
    ...rows.map((row) => kbartColumns.map((column) => row[column] ?? '').join('\t')),
  ].join('\n')

async function rowOf(cells: Partial<KbartRow['cells']>): Promise<KbartRow> {
  const [line] = await read(list({ publication_title: 'Emma', ...cells }))
  assert.ok(line?.kind === 'row')
  return line.row
}

const titles = (lines: readonly KbartLine[]) =>
  lines.map((each) => (each.kind === 'row' ? each.row.cells.publication_title : each.kind))

test('a byte order mark, line ends of two characters and a last line without one are no part of any cell', async () => {
  const lines = await read('\ufeffpublication_title\ttitle_id\r\nEmma\te1\r\n\r\nPersuasion\tp1')
  assert.deepEqual(titles(lines), ['Emma', 'blank', 'Persuasion'])
  assert.deepEqual(
    lines.map((each) => (each.kind === 'row' ? [each.row.line, each.row.cells.title_id] : null)),
    [[2, 'e1'], null, [4, 'p1']],
  )
})

test('columns are found by name in any order, those that are missing are empty, and more cells are told', async () => {
  const [line] = await read('TITLE_ID\tx\tPublication Title\ne1\ty\tEmma\t\tleft over\n')
  assert.ok(line?.kind === 'row')
  assert.deepEqual([line.row.cells.title_id, line.row.cells.publication_title], ['e1', 'Emma'])
  assert.equal(line.row.cells.title_url, '')
  assert.deepEqual(
    line.row.findings.map(({ code, message }) => [code, message.includes('left over')]),
    [['MORE_CELLS', true]],
  )
})

test('lines end with CR alone where the first does, and a CR within a line of another file is none', async () => {
  for (const size of [1, 7, 1000]) {
    const old = await read('publication_title\ttitle_id\rEmma\te1\r\rPersuasion\tp1\r', size)
    assert.deepEqual(titles(old), ['Emma', 'blank', 'Persuasion'])
    const other = await read('publication_title\ttitle_id\r\nEm\rma\te1\r\nMind\tm\r\n', size)
    assert.deepEqual(titles(other), ['Em ma', 'Mind'])
  }
})

test('marks around a cell are taken off, and stay where text follows them', async () => {
  const lines = await read(
    'publication_title\ttitle_id\n"He said ""Emma"""\t"a"\n"Emma" and others\tb\n5" disks\tc\n',
  )
  assert.deepEqual(titles(lines), ['He said "Emma"', '"Emma" and others', '5" disks'])
})

test('a cell in marks goes over line ends, and the lines after it have the numbers that they have in the file', async () => {
  const lines = await read(
    'publication_title\ttitle_id\n"Emma:\n\na ""novel"""\te1\nMind\t"m\n1"\nSanditon\ts\n',
  )
  assert.deepEqual(
    lines.map(
      (each) =>
        each.kind === 'row' && [each.row.line, each.row.cells.publication_title, each.row.cells.title_id],
    ),
    [
      [2, 'Emma: a "novel"', 'e1'],
      [5, 'Mind', 'm 1'],
      [7, 'Sanditon', 's'],
    ],
  )
})

test('a line with a cell that nothing closes is rejected, and the lines after it are read', async () => {
  for (const [spoilt, id] of [
    ['"Emma\te1', 'e1'],
    ['Emma\t"e1', 'e1'],
  ] as const) {
    const lines = await read(`publication_title\ttitle_id\n${spoilt}\n"Mind"\tm\nSanditon\t"s"\n`)
    assert.deepEqual(titles(lines), ['rejected', 'Mind', 'Sanditon'])
    const [first] = lines
    assert.ok(first?.kind === 'rejected')
    const { line, code, titleId, message } = first.rejected
    assert.deepEqual([line, code, titleId], [2, 'UNCLOSED_QUOTE', id])
    assert.ok(message.endsWith(spoilt.slice(spoilt.indexOf('"'))), message)
  }
})

test('a line that is not UTF-8 is read as Windows 1252, and said to be', async () => {
  const bytes = Uint8Array.from('publication_title\nCaf\xe9\n', (each) => each.charCodeAt(0))
  const [line] = await read(bytes)
  assert.ok(line?.kind === 'row')
  assert.equal(line.row.cells.publication_title, 'Café')
  assert.deepEqual(
    line.row.findings.map(({ code }) => code),
    ['NOT_UTF8'],
  )
})

test('a line without a title is rejected with its line and column, and the lines after it are read', async () => {
  const lines = await read(list({ title_id: 'x' }, { publication_title: 'Emma' }))
  const [first] = lines
  assert.ok(first?.kind === 'rejected')
  const { line, column, code, titleId } = first.rejected
  assert.deepEqual([line, column, code, titleId], [2, 'publication_title', 'NO_TITLE', 'x'])
  assert.deepEqual(titles(lines), ['rejected', 'Emma'])
})

test('a file without the heading of KBART is none', async () => {
  for (const text of ['', 'Emma\thttps://example.org\n', '00000nam a22']) {
    const opened = await openKbart([new TextEncoder().encode(text)])
    assert.ok('notKbart' in opened)
  }
})

test('dates are as precise as they are given', () => {
  const dates = [
    '1998',
    '1998-04',
    '1998-04-30',
    '1998-00-00',
    '1998/04',
    '199804',
    '1998-13',
    'Spring 1998',
    '98',
  ]
  assert.deepEqual(dates.map(kbartDate), [
    '1998',
    '1998-04',
    '1998-04-30',
    '1998',
    '1998-04',
    '1998-04',
    null,
    null,
    null,
  ])
})

test('an embargo is told in words', () => {
  assert.equal(embargoWords('P1Y'), 'without the last year')
  assert.equal(embargoWords('R10Y;P30D'), 'the last 10 years only, without the last 30 days')
  assert.equal(embargoWords('12 months'), null)
})

test('coverage says from where to where, and what cannot be read as it stands', async () => {
  const serial = { publication_type: 'serial', date_first_issue_online: '1998-04', num_first_vol_online: '1' }
  const open = await rowOf({
    ...serial,
    num_first_issue_online: '2',
    embargo_info: 'P1Y',
    coverage_depth: 'fulltext',
  })
  assert.equal(coverageOf(open), 'v.1, no.2 (1998-04) –; without the last year')
  const odd = await rowOf({ ...serial, date_last_issue_online: 'Spring 2001', coverage_depth: 'abstracts' })
  assert.equal(coverageOf(odd), 'v.1 (1998-04) – Spring 2001; abstracts')
  assert.deepEqual(
    odd.findings.map(({ code, column }) => [code, column]),
    [['DATE', 'date_last_issue_online']],
  )
  assert.equal(coverageOf(await rowOf({ publication_type: 'monograph' })), '')
})

test('a title is an online resource, with the numbers of the print beside its own', async () => {
  const journal = kbartRecord(
    await rowOf({
      online_identifier: '1234-5679',
      print_identifier: '00001111',
      publisher_name: 'Murray',
      title_url: 'https://example.org/e',
      notes: 'Sign in.',
    }),
  )
  const shown = journal.fields.map((field) => packField(field).replaceAll('\x1f', '‡'))
  for (const field of [
    '022  ‡a1234-5679',
    '022  ‡y0000-1111',
    '77608‡iPrint version:‡x0000-1111',
    '85640‡uhttps://example.org/e‡zSign in.',
    '264 1‡bMurray',
  ])
    assert.ok(shown.includes(field), field)
  assert.equal(journal.leader.slice(6, 8), 'as')
  const book = kbartRecord(
    await rowOf({
      online_identifier: '978-0-14-143958-7',
      first_author: 'Austen, Jane',
      monograph_edition: '2nd ed.',
      monograph_volume: 'v. 2',
      date_monograph_published_online: '2003-02',
    }),
  )
  const fixed = book.fields.find(({ tag }) => tag === '008')
  assert.ok(fixed && 'value' in fixed)
  assert.deepEqual([fixed.value.length, fixed.value.slice(6, 11), fixed.value.charAt(23)], [40, 's2003', 'o'])
  assert.ok(book.fields.map(packField).includes('24510\x1faEmma\x1fnv. 2'))
  assert.ok(book.fields.map(packField).includes('020  \x1fa9780141439587'))
})
