import { decodeCp1252 } from '../cp1252.ts'
import { joined } from '../cut-frames.ts'
import { decodeUtf8, utf8Shape } from '../utf8.ts'

/** A line of a file of text: its bytes without the line end. */
export type Line = { readonly line: number; readonly bytes: Uint8Array }

const LF = 0x0a
const CR = 0x0d

/** Bytes of a line at most: cells of real files have a few hundred. */
export const longestLine = 256 * 1024

/**
 * The lines of a file, counted from 1; a byte order mark is none of the first. They end as the first one does, with
 * LF, CR LF or CR alone: a CR within a line of a file of the others is no end.
 */
export async function* linesOfFile(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Line> {
  let line = 0
  let held: Uint8Array[] = []
  let size = 0
  let end: number | null = null
  const take = (last: Uint8Array): Line => {
    const whole = held.length === 0 ? last : joined([...held, last], size + last.length)
    held = []
    size = 0
    const length = whole.at(-1) === CR ? whole.length - 1 : whole.length
    return { line: ++line, bytes: whole.subarray(line === 1 && hasMark(whole) ? 3 : 0, length) }
  }
  for await (const arrived of pieces) {
    let piece = arrived
    if (end === null) {
      piece = held.length === 0 ? arrived : joined([...held, arrived], size + arrived.length)
      held = []
      size = 0
      end = lineEndOf(piece)
    }
    let start = 0
    if (end !== null)
      for (let at = piece.indexOf(end); at !== -1; at = piece.indexOf(end, start)) {
        yield take(piece.subarray(start, at))
        start = at + 1
      }
    if (start < piece.length) {
      held.push(piece.slice(start))
      size += piece.length - start
    }
  }
  if (held.length > 0) yield take(new Uint8Array())
}

/** With what the lines of a file end, by its start; nothing while that does not show. */
function lineEndOf(start: Uint8Array): number | null {
  const at = start.findIndex((byte) => byte === LF || byte === CR)
  if (at === -1) return start.length > longestLine ? LF : null
  if (start[at] === LF) return LF
  return at + 1 === start.length ? null : start[at + 1] === LF ? LF : CR
}

const hasMark = (bytes: Uint8Array): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf

/** A line as text: UTF-8, and where it is not, Windows 1252, by which such files go that are not UTF-8. */
export function textOfLine(bytes: Uint8Array): { readonly text: string; readonly isUtf8: boolean } {
  const isUtf8 = utf8Shape(bytes).broken === 0
  return { text: isUtf8 ? decodeUtf8(bytes).text : decodeCp1252(bytes).text, isUtf8 }
}

/** A quoted cell with what ends it. */
const quoted = /"((?:[^"]|"")*)"(?=\t|$)/y

/** From a mark to the end of a text without a mark that closes. */
const open = /"(?:[^"]|"")*$/y

/** The same of a cell that has no tab in it: its rest may stand in the next line. */
const openWithoutTab = /"(?:[^"\t]|"")*$/y
const quotedWithoutTab = /"(?:[^"\t]|"")*"(?=\t|$)/y

const isAt = (pattern: RegExp, text: string, at: number): boolean => {
  pattern.lastIndex = at
  return pattern.test(text)
}

/** Where the cell begins that a mark opens and nothing closes; nothing where every cell is closed. */
export function unclosedAt(text: string): number | null {
  for (let at = 0; at < text.length; ) {
    const isMarked = text.charAt(at) === '"'
    if (isMarked && isAt(open, text, at)) return at
    at = (isMarked && isAt(quoted, text, at) ? quoted.lastIndex : nextTab(text, at)) + 1
  }
  return null
}

/** Of a cell that was open where its line ended, with what follows. */
export const mayGoOn = (text: string, at: number): boolean => isAt(openWithoutTab, text, at)
export const isClosed = (text: string, at: number): boolean => isAt(quotedWithoutTab, text, at)

/**
 * The cells between tabs. Spreadsheets put those in quotation marks that have some, or line ends, and double the
 * marks; a cell with text after its closing mark stands as it is.
 */
export function cellsOf(text: string): string[] {
  const cells: string[] = []
  for (let at = 0; ; ) {
    quoted.lastIndex = at
    const inMarks = text.charAt(at) === '"' ? quoted.exec(text) : null
    const end = inMarks ? quoted.lastIndex : nextTab(text, at)
    cells.push(plainOf(inMarks ? (inMarks[1] ?? '').replaceAll('""', '"') : text.slice(at, end)))
    if (end >= text.length) return cells
    at = end + 1
  }
}

const nextTab = (text: string, from: number): number => {
  const at = text.indexOf('\t', from)
  return at === -1 ? text.length : at
}

/** Control characters have no place in a record, nor in a statement of coverage. */
const plainOf = (cell: string): string =>
  cell
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .normalize('NFC')
