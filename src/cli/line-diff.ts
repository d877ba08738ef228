import { diffLines } from '../rules/line-diff.ts'
import { counted } from './columns.ts'
import { style } from './style.ts'

/** Lines around a change that are shown with it. */
const around = 2

/** What differs between two texts, a line each: `-` as it was, `+` as it is, with the lines around it. */
export function lineDiff(before: string, after: string): string[] {
  const lines = diffLines(before, after)
  const shown: string[] = []
  let hidden = 0
  const flush = () => {
    if (hidden > 0) shown.push(style.weak(`  … ${counted(hidden, 'line')} the same`))
    hidden = 0
  }
  for (const [at, { sign, text }] of lines.entries()) {
    const near = lines.slice(Math.max(0, at - around), at + around + 1)
    if (near.every((line) => line.sign === ' ')) {
      hidden++
      continue
    }
    flush()
    shown.push(sign === ' ' ? `  ${text}` : (sign === '-' ? style.bad : style.good)(`${sign} ${text}`))
  }
  flush()
  return shown
}
