import { decodeCp1252 } from '../cp1252.ts'
import { joined } from '../cut-frames.ts'
import { decodeUtf8, utf8Shape } from '../utf8.ts'

/** A line of a file of text: its bytes without the line end. */
export type Line = { readonly line: number; readonly bytes: Uint8Array }

const LF = 0x0a
const CR = 0x0d

/** The lines of a file, counted from 1; a byte order mark is none of the first. */
export async function* linesOfFile(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Line> {
  let line = 0
  let held: Uint8Array[] = []
  let size = 0
  const take = (last: Uint8Array): Line => {
    const whole = held.length === 0 ? last : joined([...held, last], size + last.length)
    held = []
    size = 0
    const end = whole.at(-1) === CR ? whole.length - 1 : whole.length
    return { line: ++line, bytes: whole.subarray(line === 1 && hasMark(whole) ? 3 : 0, end) }
  }
  for await (const piece of pieces) {
    let start = 0
    for (let at = piece.indexOf(LF); at !== -1; at = piece.indexOf(LF, start)) {
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

const hasMark = (bytes: Uint8Array): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf

/** A line as text: UTF-8, and where it is not, Windows 1252, by which such files go that are not UTF-8. */
export function textOfLine(bytes: Uint8Array): { readonly text: string; readonly isUtf8: boolean } {
  const isUtf8 = utf8Shape(bytes).broken === 0
  return { text: isUtf8 ? decodeUtf8(bytes).text : decodeCp1252(bytes).text, isUtf8 }
}

/** A quoted cell with what ends it. */
const quoted = /"((?:[^"]|"")*)"(?=\t|$)/y

/**
 * The cells between tabs. Spreadsheets put those in quotation marks that have some, and double them; a mark that
 * no mark before a tab answers is part of the text.
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
