import { kbartDate } from './coverage.ts'
import { cellsOf, type Line, linesOfFile, textOfLine } from './lines.ts'
import { embargoWords } from './embargo.ts'
import { isIsbn, isIssn } from './identifier.ts'
import { type KbartColumn, type KbartFinding, type KbartLine, type KbartRow, kbartColumns } from './row.ts'

/** Of a file without the heading of KBART. */
export type NotKbart = { readonly message: string; readonly remedy: string }

/** Bytes of a line at most: cells of real files have a few hundred. */
const longestLine = 256 * 1024

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
  for await (const line of lines) yield decodeLine(line, columns)
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
