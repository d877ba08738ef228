/** The known word that a typed one was most likely meant to be; nothing where none is near (two edits, or a third of its length; of a short one half of it). */
export function nearest(typed: string, known: readonly string[]): string | null {
  let best: string | null = null
  const { length } = typed
  let least = Math.min(Math.max(2, Math.floor(length / 3)), Math.floor(length / 2)) + 1
  for (const word of known) {
    const distance = edits(typed.toLowerCase(), word.toLowerCase(), least)
    if (distance < least) {
      least = distance
      best = word
    }
  }
  return best
}

/** Insertions, removals, replacements and swaps of neighbours between two words; `most` where they are that many or more. */
function edits(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) >= most) return most
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(
        (row[j] ?? most) + 1,
        (next[j - 1] ?? most) + 1,
        (row[j - 1] ?? most) + (same ? 0 : 1),
      )
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? most) + 1)
      next.push(cost)
    }
    before = row
    row = next
  }
  return row[b.length] ?? most
}
