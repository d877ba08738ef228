import { stripVTControlCharacters } from 'node:util'
import { oneLine } from './plain.ts'

/**
 * Rows of cells as lines, each column as wide as its widest cell; numbers stand at the right of theirs.
 * The last column is left as it is. A line end in a cell is shown by its number.
 */
export function columns(rows: readonly (readonly (string | number)[])[]): string[] {
  const cells = rows.map((row) =>
    row.map((cell) => ({
      text: typeof cell === 'number' ? formatCount(cell) : oneLine(cell),
      isNumber: typeof cell === 'number',
    })),
  )
  const widths: number[] = []
  for (const row of cells)
    row.forEach(({ text }, at) => (widths[at] = Math.max(widths[at] ?? 0, widthOf(text))))
  return cells.map((row) =>
    row
      .map(({ text, isNumber }, at) => {
        const padding = ' '.repeat((widths[at] ?? 0) - widthOf(text))
        if (isNumber) return padding + text
        return at === row.length - 1 ? text : text + padding
      })
      .join('  ')
      .trimEnd(),
  )
}

const widthOf = (text: string): number => stripVTControlCharacters(text).length

/** A count with its thousands apart. */
export const formatCount = (count: number): string => count.toLocaleString('en-US')

/** `1 record`, `2,000 records`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`

/** Cut to a width, with an ellipsis where something is missing. */
export const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`
