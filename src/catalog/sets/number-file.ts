import { markOf, readRow } from './table-row.ts'

/** A line of a file of numbers: which it is, counted from 1, and the number in it. */
export type NumberLine = { readonly line: number; readonly number: string }

/** A file of numbers, as it is saved from a spreadsheet or typed. */
export type NumberFile = {
  /** What its first line calls the numbers; nothing where it is a number itself. */
  readonly heading: string | null
  /** Each number once, at its first line. */
  readonly numbers: readonly NumberLine[]
  /** Lines with a number that an earlier line has. */
  readonly repeated: number
  /** Lines of a table that have no number, with the beginning of what they have, and why. */
  readonly unread: readonly (NumberLine & { readonly why: 'open-quote' | 'too-few-cells' | 'empty-cell' })[]
}

/**
 * Reads one number a line. `isHeading` says of a text whether it is the name of a kind of numbers: a first line that has
 * one in a column, with commas, semicolons or tabs between them, makes that the column that is read; a row of such a
 * table has several lines where a quoted cell has. A first line without digits is passed over in any case.
 */
export function readNumberFile(text: string, isHeading: (text: string) => boolean): NumberFile {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)
  const first = Math.max(
    lines.findIndex((line) => line.trim() !== ''),
    0,
  )
  const between = markOf(lines, first, isHeading)
  const top = between === undefined ? null : readRow(lines, first, between)
  const columns = top?.cells ?? [bare(lines[first] ?? '')]
  const column = Math.max(columns.findIndex(isHeading), 0)
  const name = columns[column] ?? ''
  const heading = isHeading(name) || (name !== '' && !/\d/.test(name)) ? name : null
  const found = new Map<string, number>()
  const unread: NumberFile['unread'][number][] = []
  let repeated = 0
  for (let at = heading === null ? first : first + (top?.lines ?? 1); at < lines.length; ) {
    const whole = lines[at] ?? ''
    const row = between === undefined ? { cells: [bare(whole)], lines: 1 } : readRow(lines, at, between)
    const number = row?.cells[column] ?? ''
    const line = at + 1
    at += row?.lines ?? 1
    if (number !== '') {
      if (found.has(number)) repeated++
      else found.set(number, line)
    } else if (row === null || row.cells.some((cell) => cell !== '')) {
      const why = row === null ? 'open-quote' : row.cells.length <= column ? 'too-few-cells' : 'empty-cell'
      unread.push({ line, number: whole.trim().slice(0, mostShown), why })
    }
  }
  return { heading, numbers: [...found].map(([number, line]) => ({ line, number })), repeated, unread }
}

const mostShown = 100

const bare = (cell: string): string => {
  const trimmed = cell.trim()
  const quoted = /^"(.*)"$/.exec(trimmed)?.[1]
  return quoted === undefined ? trimmed : quoted.replaceAll('""', '"').trim()
}
