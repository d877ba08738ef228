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
 * A list of MMS IDs as people have them: one a line, or first in the lines of a table that was exported (CSV
 * or tab-separated, quoted or not). Lines and what is between them tile the file.
 */
export function readMmsIdList(bytes: Uint8Array): MmsIdList {
  const lines: ListedLine[] = []
  const junk: MmsIdList['junk'][number][] = []
  const decoder = new TextDecoder()
  for (let offset = 0; offset < bytes.length; ) {
    const end = bytes.indexOf(0x0a, offset)
    const next = end === -1 ? bytes.length : end + 1
    const length = next - offset
    const text = firstCell(decoder.decode(bytes.subarray(offset, next)))
    if (text === '') junk.push({ offset, length, why: 'LINE_ENDS' })
    else if (lines.length === 0 && !/\d/.test(text)) junk.push({ offset, length, why: 'FOREIGN' })
    else lines.push({ offset, length, text })
    offset = next
  }
  return { lines, junk }
}

const mostShown = 100

function firstCell(line: string): string {
  const [, cell = ''] = /^\uFEFF?\s*["']*([^"',;\t\r\n]*)/.exec(line) ?? []
  const text = cell.trim()
  // A line of separators alone is none that is empty.
  return (text === '' ? line.replace(/^\uFEFF/, '').trim() : text).slice(0, mostShown)
}

export const isMmsId = (text: string): boolean => /^99[0-9]{6,17}$/.test(text)
