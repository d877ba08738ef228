import { kbartDate } from './coverage.ts'
import { joined } from '../cut-frames.ts'
import {
  cellsOf,
  isClosed,
  type Line,
  linesOfFile,
  longestLine,
  mayGoOn,
  textOfLine,
  unclosedAt,
} from './lines.ts'
import { embargoWords } from './embargo.ts'
import { isIsbn, isIssn } from './identifier.ts'
import { type KbartColumn, type KbartFinding, type KbartLine, type KbartRow, kbartColumns } from './row.ts'

/** Of a file without the heading of KBART. */
export type NotKbart = { readonly message: string; readonly remedy: string }

/** Lines that a cell in quotation marks goes over at most. */
const mostLinesOfCell = 100

/**
 * The lines of a KBART file (NISO RP-9, phases I and II) below its heading, each a row, a rejected one or blank.
 * Columns are found by their names, in any order; those that are missing are empty. Read as it comes: no more
 * than a line is held.
 */
export async function openKbart(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<{ readonly lines: AsyncGenerator<KbartLine> } | { readonly notKbart: NotKbart }> {
  const lines = linesOfFile(pieces)
  const first = await lines.next()
  if (first.done === true) return { notKbart: { message: 'The file is empty.', remedy: remedyOfHeading } }
  const columns = cellsOf(textOfLine(first.value.bytes).text).map(columnNamed)
  if (!columns.includes('publication_title'))
    return {
      notKbart: {
        message:
          'The first line of the file does not name the columns of KBART: there is no publication_title.',
        remedy: remedyOfHeading,
      },
    }
  return { lines: decodeLines(lines, columns) }
}

const remedyOfHeading =
  'Send a file of UTF-8 text with tabs between cells, whose first line has the names of the columns.'

async function* decodeLines(
  lines: AsyncGenerator<Line>,
  columns: readonly (KbartColumn | null)[],
): AsyncGenerator<KbartLine> {
  // Lines that were read ahead for the rest of a cell, and do not have it.
  const ahead: Line[] = []
  const next = async (): Promise<Line | undefined> => {
    if (ahead.length > 0) return ahead.shift()
    const read = await lines.next()
    return read.done === true ? undefined : read.value
  }
  for (let line = await next(); line !== undefined; line = await next()) {
    if (!isOpen(line.bytes)) {
      yield decodeLine(line, columns)
      continue
    }
    const read = [line]
    const whole = await withRest(line, next, read)
    if (whole === null) ahead.unshift(...read.slice(1))
    yield whole === null ? unclosed(line, columns) : decodeLine(whole, columns)
  }
}

const isOpen = (bytes: Uint8Array): boolean =>
  bytes.length <= longestLine && bytes.includes(0x22) && unclosedAt(textOfLine(bytes).text) !== null

/**
 * A line whose last cell is open, with the lines that the cell goes on in; nothing where none closes it. Cells do
 * not go on over a tab: a mark before one was meant as text, or has lost its other.
 */
async function withRest(
  { line, bytes }: Line,
  next: () => Promise<Line | undefined>,
  read: Line[],
): Promise<Line | null> {
  let whole = bytes
  let { text } = textOfLine(whole)
  for (let at = unclosedAt(text); at !== null; at = isClosed(text, at) ? unclosedAt(text) : at) {
    if (!mayGoOn(text, at)) return null
    const more = read.length < mostLinesOfCell ? await next() : undefined
    if (more === undefined) return null
    read.push(more)
    whole = joined([whole, lineEnd, more.bytes], whole.length + 1 + more.bytes.length)
    if (whole.length > longestLine) return null
    text = textOfLine(whole).text
  }
  return { line, bytes: whole }
}

const lineEnd = Uint8Array.of(0x0a)

function unclosed({ line, bytes }: Line, columns: readonly (KbartColumn | null)[]): KbartLine {
  const { text } = textOfLine(bytes)
  return {
    kind: 'rejected',
    rejected: {
      line,
      code: 'UNCLOSED_QUOTE',
      column: null,
      message: `A quotation mark opens a cell, and none closes it: ${text.slice(unclosedAt(text) ?? 0).slice(0, 100)}`,
      remedy: 'Close the cell, double a mark that is part of its text, or ask the provider for the file.',
      titleId: (cellsOf(text)[columns.indexOf('title_id')] ?? '').replace(/^"/, ''),
    },
  }
}

const columnNamed = (cell: string): KbartColumn | null =>
  kbartColumns.find((column) => column === cell.toLowerCase().replaceAll(/[\s-]+/g, '_')) ?? null

function decodeLine({ line, bytes }: Line, columns: readonly (KbartColumn | null)[]): KbartLine {
  if (bytes.length > longestLine)
    return {
      kind: 'rejected',
      rejected: {
        line,
        code: 'LINE_TOO_LONG',
        column: null,
        message: `The line has ${bytes.length} bytes; the limit is ${longestLine}.`,
        remedy: 'Look whether line ends are missing in the file.',
        titleId: '',
      },
    }
  const { text, isUtf8 } = textOfLine(bytes)
  if (text.trim() === '') return { kind: 'blank', line }
  const found = cellsOf(text)
  const cells = Object.fromEntries(kbartColumns.map((column) => [column, ''])) as Record<KbartColumn, string>
  for (const [at, column] of columns.entries())
    if (column !== null && cells[column] === '') cells[column] = found[at] ?? ''
  if (cells.publication_title === '')
    return {
      kind: 'rejected',
      rejected: {
        line,
        code: 'NO_TITLE',
        column: 'publication_title',
        message: 'The line has no title.',
        remedy: 'Ask the provider for it, or write it into the file.',
        titleId: cells.title_id,
      },
    }
  const findings: KbartFinding[] = isUtf8 ? [] : [notUtf8]
  const more = found.slice(columns.length).filter((cell) => cell !== '')
  if (more.length > 0)
    findings.push({
      code: 'MORE_CELLS',
      column: null,
      message: `The line has more cells than the heading has columns: “${more.join('”, “').slice(0, 200)}”.`,
    })
  const isSerial = isSerialRow(cells)
  return { kind: 'row', row: { line, cells, isSerial, findings: [...findings, ...findingsOf(cells)] } }
}

const notUtf8: KbartFinding = {
  code: 'NOT_UTF8',
  column: null,
  message: 'The line is not UTF-8; it was read as Windows 1252.',
}

/** By its type; in files of phase I, which have none, by its numbers. */
function isSerialRow(cells: KbartRow['cells']): boolean {
  const type = cells.publication_type.toLowerCase()
  if (type === 'serial' || type === 'monograph') return type === 'serial'
  if (isIsbn(cells.online_identifier) || isIsbn(cells.print_identifier)) return false
  return (
    isIssn(cells.online_identifier) || isIssn(cells.print_identifier) || cells.date_first_issue_online !== ''
  )
}

function* findingsOf(cells: KbartRow['cells']): Generator<KbartFinding> {
  for (const column of ['print_identifier', 'online_identifier'] as const) {
    const value = cells[column]
    if (value !== '' && !isIssn(value) && !isIsbn(value))
      yield {
        code: 'ISBN_OR_ISSN',
        column,
        message: `“${value.slice(0, 60)}” is neither an ISBN nor an ISSN.`,
      }
  }
  for (const column of ['date_first_issue_online', 'date_last_issue_online'] as const) {
    const value = cells[column]
    if (value !== '' && kbartDate(value) === null)
      yield { code: 'DATE', column, message: `“${value.slice(0, 60)}” is no date; it is told as it stands.` }
  }
  if (cells.embargo_info !== '' && embargoWords(cells.embargo_info) === null)
    yield {
      code: 'EMBARGO',
      column: 'embargo_info',
      message: `“${cells.embargo_info.slice(0, 60)}” is no embargo; it is told as it stands.`,
    }
}
