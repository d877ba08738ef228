/**
 * The row that a key leads to in a list, or nothing where the key is not one of the list's.
 * @param active the row that has the focus, from 0
 * @param rows how many there are
 * @param screenful how many fit on the screen
 */
export function rowAfterKey(chord: string, active: number, rows: number, screenful: number): number | null {
  const last = rows - 1
  switch (chord) {
    case 'ArrowDown':
    case 'j':
      return Math.min(active + 1, last)
    case 'ArrowUp':
    case 'k':
      return Math.max(active - 1, 0)
    case 'PageDown':
      return Math.min(active + screenful, last)
    case 'PageUp':
      return Math.max(active - screenful, 0)
    case 'Home':
    case 'Ctrl+Home':
      return 0
    case 'End':
    case 'Ctrl+End':
      return last
    default:
      return null
  }
}
