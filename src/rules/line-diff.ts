/** A line of two texts: `-` where only the first has it, `+` where only the second has it. */
export type Line = { readonly sign: '-' | '+' | ' '; readonly text: string }

/** What differs between two texts, line by line; in the order of the second, with what is gone in its place. */
export const diffLines = (before: string, after: string): Line[] =>
  betweenSame(linesOf(before), linesOf(after))

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))

/** Cells of the table that the longest common part is looked for in; two longer texts are shown one after the other. */
const mostCells = 4_000_000

function betweenSame(before: readonly string[], after: readonly string[]): Line[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start++
  let end = 0
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end++
  const same = (text: string): Line => ({ sign: ' ', text })
  return [
    ...before.slice(0, start).map(same),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(same),
  ]
}

function middle(before: readonly string[], after: readonly string[]): Line[] {
  const gone = (text: string): Line => ({ sign: '-', text })
  const come = (text: string): Line => ({ sign: '+', text })
  const width = after.length + 1
  if (before.length * width > mostCells) return [...before.map(gone), ...after.map(come)]
  // The length of the longest common part of what is left of both, from each place on.
  const common = new Uint32Array((before.length + 1) * width)
  const at = (i: number, j: number) => common[i * width + j] ?? 0
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      common[i * width + j] =
        before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const lines: Line[] = []
  let j = 0
  for (const [i, text] of before.entries()) {
    while (j < after.length && text !== after[j] && at(i, j + 1) > at(i + 1, j))
      lines.push(come(after[j++] as string))
    if (text === after[j]) {
      lines.push({ sign: ' ', text })
      j++
    } else lines.push(gone(text))
  }
  return [...lines, ...after.slice(j).map(come)]
}
