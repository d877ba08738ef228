import { encodingOf } from '../marc/file-text.ts'
import { markOf, readRow } from '../catalog/sets/table-row.ts'

/** A line of a list of MMS IDs: `offset` and `length` in bytes, the end of the line included. */
export type ListedLine = { readonly offset: number; readonly length: number; readonly text: string }

export type MmsIdList = {
  readonly lines: readonly ListedLine[]
  /** Empty lines, and a heading. */
  readonly junk: readonly {
    readonly offset: number
    readonly length: number
    readonly why: 'LINE_ENDS' | 'FOREIGN'
  }[]
}

/**
 * A list of MMS IDs as people have them, in UTF-8 or UTF-16: one a line, or first in the lines of a table that was
 * exported (CSV or tab-separated, quoted or not). A first line whose first cell has no digit is a heading; the column
 * that it calls MMS ID is read. Lines and what is between them tile the file.
 */
export function readMmsIdList(bytes: Uint8Array): MmsIdList {
  const lines: ListedLine[] = []
  const junk: MmsIdList['junk'][number][] = []
  let numberIn: (line: string) => string = firstCell
  let isFirst = true
  for (const { offset, length, text: line } of linesOf(bytes)) {
    const text = numberIn(line).slice(0, mostShown)
    if (text === '') {
      junk.push({ offset, length, why: 'LINE_ENDS' })
      continue
    }
    if (isFirst && !/\d/.test(text)) {
      junk.push({ offset, length, why: 'FOREIGN' })
      numberIn = columnBelow(line.trim())
    } else lines.push({ offset, length, text })
    isFirst = false
  }
  return { lines, junk }
}

/** Lines of a file, with where they are in its bytes. */
function* linesOf(bytes: Uint8Array): Generator<ListedLine> {
  const encoding = encodingOf(bytes)
  const decoder = new TextDecoder(encoding)
  for (let offset = 0; offset < bytes.length; ) {
    const next = encoding === 'utf-8' ? endOfLine(bytes, offset) : endOfWideLine(bytes, offset, encoding)
    yield { offset, length: next - offset, text: decoder.decode(bytes.subarray(offset, next)) }
    offset = next
  }
}

function endOfLine(bytes: Uint8Array, offset: number): number {
  const end = bytes.indexOf(0x0a, offset)
  return end === -1 ? bytes.length : end + 1
}

function endOfWideLine(bytes: Uint8Array, offset: number, encoding: 'utf-16le' | 'utf-16be'): number {
  const [low, high] = encoding === 'utf-16le' ? [0, 1] : [1, 0]
  for (let at = offset; at + 1 < bytes.length; at += 2)
    if (bytes[at + low] === 0x0a && bytes[at + high] === 0) return at + 2
  return bytes.length
}

/** The number of a line below a heading. */
function columnBelow(heading: string): (line: string) => string {
  const mark = markOf([heading], 0, isMmsIdHeading)
  if (mark === undefined) return firstCell
  const column = readRow([heading], 0, mark)?.cells.findIndex(isMmsIdHeading) ?? 0
  if (column === 0) return firstCell
  return (line) => {
    const cell = readRow([line.trimEnd()], 0, mark)?.cells[column]?.replaceAll("'", '').trim() ?? ''
    // A line that has no number there is told by what it has.
    return cell === '' ? line.trim() : cell
  }
}

const isMmsIdHeading = (cell: string): boolean => /^mms[\s_-]*id$/i.test(cell)

const mostShown = 100

function firstCell(line: string): string {
  const [, cell = ''] = /^\s*["']*([^"',;\t\r\n]*)/.exec(line) ?? []
  const text = cell.trim()
  // A line of separators alone is none that is empty.
  return text === '' ? line.trim() : text
}

export const isMmsId = (text: string): boolean => /^99[0-9]{6,17}$/.test(text)
