import { type Title, wholeTitle } from './title.ts'

/**
 * How alike two titles are, from 1 (the same words) to -1. What the one has more than the other, as a full
 * record has more than a brief one, costs little; what each has that the other lacks is what tells `Flood
 * insurance study, Meigs County` from the same of another county, and is decisive however much is shared.
 */
export function titleLikeness(a: readonly Title[], b: readonly Title[]): number | null {
  if (a.length === 0 || b.length === 0) return null
  let best = -1
  for (const one of a) {
    for (const other of b) {
      best = Math.max(best, likeness(one, other))
      if (best === 1) return 1
    }
  }
  return best
}

function likeness(a: Title, b: Title): number {
  const [wholeA, wholeB] = [wholeTitle(a), wholeTitle(b)]
  if (wholeA === wholeB) return 1
  const { common, onlyA, onlyB } = compareWords(telling(wholeA), telling(wholeB))
  const mutual = Math.min(onlyA, onlyB)
  if (mutual === 0) {
    if (onlyA + onlyB === 0) return 1
    // A title proper alone is a brief form of the whole; a few shared words may be anything's.
    return a.proper === b.proper || common >= 3 ? 0.7 : common === 2 ? 0.4 : 0
  }
  if (mutual === 1) return common >= 6 ? -0.3 : -0.5
  return common / (common + mutual) > 0.8 ? -0.3 : -1
}

const stopWords = new Set(
  'a an and at by de der des die du el et for from in la las le les los of on or per the to und von with y'.split(
    ' ',
  ),
)

const telling = (title: string): string[] => title.split(' ').filter((word) => !stopWords.has(word))

type Compared = { readonly common: number; readonly onlyA: number; readonly onlyB: number }

/** Each word of the one takes at most one of the other: the same, or one that is misspelt or cut short. */
export function compareWords(a: readonly string[], b: readonly string[]): Compared {
  const left = new Map<string, number>()
  for (const word of b) left.set(word, (left.get(word) ?? 0) + 1)
  const unmet: string[] = []
  let common = 0
  for (const word of a) {
    const count = left.get(word) ?? 0
    if (count === 0) unmet.push(word)
    else {
      common++
      left.set(word, count - 1)
    }
  }
  const rest = [...left].flatMap(([word, count]) => Array<string>(count).fill(word))
  let onlyA = 0
  for (const word of unmet) {
    const at = rest.findIndex((other) => isVariant(word, other))
    if (at === -1) onlyA++
    else {
      common++
      rest.splice(at, 1)
    }
  }
  return { common, onlyA, onlyB: rest.length }
}

/** One letter off in a long word, or the beginning of the other, as abbreviations are; figures have no variants. */
function isVariant(a: string, b: string): boolean {
  if (/\d/.test(a + b)) return false
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (short.length >= 3 && long.startsWith(short)) return true
  return short.length >= 5 && long.length - short.length <= 1 && isOneEditApart(short, long)
}

function isOneEditApart(short: string, long: string): boolean {
  let at = 0
  while (at < short.length && short[at] === long[at]) at++
  if (short.length === long.length)
    return (
      short.slice(at + 1) === long.slice(at + 1) ||
      (short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2))
    )
  return short.slice(at) === long.slice(at + 1)
}
