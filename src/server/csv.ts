/** What a spreadsheet would take for the start of a formula, wide forms included. */
const startsFormula = /^[=+\-@\t\r\n＝＋－＠]/

export type Cell = string | number | boolean | null

/**
 * One line of RFC 4180. Text that a spreadsheet would run as a formula gets an apostrophe in front, so
 * that a title of a vendor's record stays text (OWASP, CSV injection).
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  const safe = startsFormula.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
