import { wordSpans } from '../../rules/diff.ts'
import type { Subfield } from '../../marc/record.ts'

/** One subfield of a field that has changed: what of its text is on this side alone. */
export type SubfieldSpans = {
  readonly code: string
  /** The subfield as a whole is on this side alone. */
  readonly isOnlyHere: boolean
  readonly spans: readonly { readonly text: string; readonly same: boolean }[]
}

/** The subfields of two versions of a field, compared word by word; the nth of a code with the nth of that code. */
export function subfieldSpans(
  before: readonly Subfield[],
  after: readonly Subfield[],
): { readonly before: readonly SubfieldSpans[]; readonly after: readonly SubfieldSpans[] } {
  const beforeNames = occurrences(before)
  const afterNames = occurrences(after)
  const side = (
    own: readonly Subfield[],
    ownNames: readonly string[],
    other: readonly Subfield[],
    otherNames: readonly string[],
    isBefore: boolean,
  ): SubfieldSpans[] =>
    own.map(({ code, value }, place) => {
      const partner = other[otherNames.indexOf(ownNames[place] ?? '')]
      if (partner === undefined) return { code, isOnlyHere: true, spans: [{ text: value, same: false }] }
      const spans = isBefore ? wordSpans(value, partner.value).before : wordSpans(partner.value, value).after
      return { code, isOnlyHere: false, spans }
    })
  return {
    before: side(before, beforeNames, after, afterNames, true),
    after: side(after, afterNames, before, beforeNames, false),
  }
}

/** `a1`, `b1`, `a2`: each subfield by its code and how often that has come. */
function occurrences(subfields: readonly Subfield[]): string[] {
  const seen = new Map<string, number>()
  return subfields.map(({ code }) => {
    const count = (seen.get(code) ?? 0) + 1
    seen.set(code, count)
    return `${code}${count}`
  })
}
