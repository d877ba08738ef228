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
}

/**
 * Reads one number a line. `isHeading` says of a text whether it is the name of a kind of numbers: a first line that has
 * one in a column, with commas, semicolons or tabs between them, makes that the column that is read. A first line
 * without digits is passed over in any case.
 */
export function readNumberFile(text: string, isHeading: (text: string) => boolean): NumberFile {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)
  const first = lines.findIndex((line) => line.trim() !== '')
  const top = lines[first] ?? ''
  const between = [',', ';', '\t'].find((mark) => cellsOf(top, mark).some(isHeading) && top.includes(mark))
  const columns = between === undefined ? [bare(top)] : cellsOf(top, between)
  const column = Math.max(columns.findIndex(isHeading), 0)
  const name = columns[column] ?? ''
  const heading = isHeading(name) || (name !== '' && !/\d/.test(top)) ? name : null
  const found = new Map<string, number>()
  let repeated = 0
  for (const [at, line] of lines.entries()) {
    if (at < first || (at === first && heading !== null)) continue
    const number = (between === undefined ? bare(line) : cellsOf(line, between)[column]) ?? ''
    if (number === '') continue
    if (found.has(number)) repeated++
    else found.set(number, at + 1)
  }
  return { heading, numbers: [...found].map(([number, line]) => ({ line, number })), repeated }
}

const bare = (cell: string): string => {
  const trimmed = cell.trim()
  const quoted = /^"(.*)"$/.exec(trimmed)?.[1]
  return quoted === undefined ? trimmed : quoted.replaceAll('""', '"').trim()
}

/** Cells of a line as RFC 4180 writes them; a quoted one has no line ends here. */
function cellsOf(line: string, between: string): string[] {
  const cells: string[] = []
  let cell = ''
  let isQuoted = false
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted
    if (character === between && !isQuoted) {
      cells.push(bare(cell))
      cell = ''
    } else cell += character
  }
  return [...cells, bare(cell)]
}
