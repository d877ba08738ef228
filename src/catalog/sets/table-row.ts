/** A row of a table of text, and the lines that it takes: more than one where a quoted cell has line ends. */
export type TableRow = { readonly cells: readonly string[]; readonly lines: number }

/**
 * The row that begins with a line, as RFC 4180 writes it; a quote within a cell is one. Nothing where a quote is not
 * closed: a cell of several lines that does not end with its quote is taken for one, so that it hides no rows.
 */
export function readRow(lines: readonly string[], at: number, between: string): TableRow | null {
  const cells: string[] = []
  let line = lines[at] ?? ''
  let taken = 1
  let place = 0
  for (;;) {
    while (line[place] === ' ') place++
    let cell = ''
    if (line[place] === '"') {
      const start = taken
      for (place++; ; ) {
        const end = line.indexOf('"', place)
        if (end === -1) {
          const next = lines[at + taken]
          if (next === undefined) return null
          cell += `${line.slice(place)}\n`
          line = next
          taken++
          place = 0
          continue
        }
        cell += line.slice(place, end)
        place = end + 1
        if (line[place] !== '"') break
        cell += '"'
        place++
      }
      const rest = line.slice(place).replace(/^ +/, '')
      if (taken > start && rest !== '' && !rest.startsWith(between)) return null
    }
    const end = line.indexOf(between, place)
    cells.push((cell + line.slice(place, end === -1 ? undefined : end)).trim())
    if (end === -1) return { cells, lines: taken }
    place = end + between.length
  }
}

/** What stands between the cells of a row, by a cell of it. */
export const markOf = (
  lines: readonly string[],
  at: number,
  isMeant: (cell: string) => boolean,
): string | undefined =>
  [',', ';', '\t'].find((mark) => {
    const cells = readRow(lines, at, mark)?.cells ?? []
    return cells.length > 1 && cells.some(isMeant)
  })
