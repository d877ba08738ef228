import type { Span } from '../../rules/diff.ts'

/**
 * Two versions of a fixed field, position by position, since a position is what a character of it means;
 * of different lengths, they differ as a whole. The lengths in a leader (0-4, 12-16) mean nothing here
 * and count as the same.
 */
export function positionSpans(
  tag: string,
  before: string,
  after: string,
): { readonly before: readonly Span[]; readonly after: readonly Span[] } {
  if (before.length !== after.length)
    return { before: [{ text: before, same: false }], after: [{ text: after, same: false }] }
  const isSame = (at: number) =>
    before[at] === after[at] || (tag === 'LDR' && (at < 5 || (at >= 12 && at < 17)))
  const side = (text: string): Span[] => {
    const spans: { text: string; same: boolean }[] = []
    for (let at = 0; at < text.length; at++) {
      const same = isSame(at)
      const last = spans.at(-1)
      if (last?.same === same) last.text += text.charAt(at)
      else spans.push({ text: text.charAt(at), same })
    }
    return spans
  }
  return { before: side(before), after: side(after) }
}
