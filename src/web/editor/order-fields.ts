import { leaderTag } from './field-line.ts'

/**
 * The lines of a record by their tags, those of one kind as they stood: notes, subjects and local fields keep
 * the order that a cataloguer gave them. The leader goes first; lines that are no field stay at the end.
 */
export function inOrder(lines: readonly string[]): readonly string[] {
  return lines.toSorted((one, other) => compare(keyOf(one), keyOf(other)))
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function keyOf(line: string): string {
  const tag = line.slice(0, 3)
  if (tag === leaderTag) return ''
  if (!/^\d{3}( |$)/.test(line.slice(0, 4))) return line.trim() === '' ? '~' : '}'
  return /^[569]/.test(tag) ? tag.charAt(0) : tag
}
