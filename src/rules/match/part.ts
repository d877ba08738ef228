/**
 * Words of the number and name of a part: roman numbers as figures, and without the words that only say that
 * it is one (`Part 2`, `v. 2` and `Bd. II` are all `2`).
 */
export const partWords = (part: string): string[] =>
  part
    .split(' ')
    .filter((word) => word !== '' && !designations.has(word))
    .map((word) => (roman.test(word) ? String(romanNumber(word)) : word))

const designations = new Set(
  'part pt parts volume vol v volumes number no nr num book bk band bd teil t tome tom tomo heft h issue chapter chap section sect series ser'.split(
    ' ',
  ),
)

const roman = /^(?=[ivxl])x{0,3}(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})$/

const romanValues: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50 }

function romanNumber(word: string): number {
  let sum = 0
  for (let at = 0; at < word.length; at++) {
    const value = romanValues[word[at] ?? ''] ?? 0
    sum += value < (romanValues[word[at + 1] ?? ''] ?? 0) ? -value : value
  }
  return sum
}
