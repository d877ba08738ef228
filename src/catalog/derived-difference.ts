import type { Derived } from '../rules/bib-state.ts'
import type { Heading } from '../rules/headings.ts'
import type { MatchKey } from '../rules/match-key.ts'
import { sameWords } from '../rules/words.ts'

/** Rows to remove and to add so that the tables say what the records now say. */
export type DerivedDifference = {
  readonly keys: { readonly remove: BibKey[]; readonly add: BibKey[] }
  readonly headings: { readonly remove: BibHeading[]; readonly add: BibHeading[] }
  readonly search: {
    readonly remove: string[]
    readonly add: { readonly mmsId: string; readonly derived: Derived }[]
  }
}

type BibKey = { readonly mmsId: string; readonly key: MatchKey }
type BibHeading = { readonly mmsId: string; readonly heading: Heading }

type DerivedChange = {
  readonly mmsId: string
  readonly before: Derived | null
  readonly after: Derived | null
}

/** Of each bib, what is derived from it before and after; nothing before for a new one, nothing after for a deleted one. */
export function deriveDifference(changes: readonly DerivedChange[]): DerivedDifference {
  const difference: DerivedDifference = {
    keys: { remove: [], add: [] },
    headings: { remove: [], add: [] },
    search: { remove: [], add: [] },
  }
  for (const { mmsId, before, after } of changes) {
    const keys = differ(before?.keys ?? [], after?.keys ?? [], keyId)
    for (const key of keys.remove) difference.keys.remove.push({ mmsId, key })
    for (const key of keys.add) difference.keys.add.push({ mmsId, key })
    const headings = differ(before?.headings ?? [], after?.headings ?? [], headingId)
    for (const heading of headings.remove) difference.headings.remove.push({ mmsId, heading })
    for (const heading of headings.add) difference.headings.add.push({ mmsId, heading })
    if (before && after && before.title === after.title && sameWords(before.words, after.words)) continue
    if (before && isSearched(before)) difference.search.remove.push(mmsId)
    if (after && isSearched(after)) difference.search.add.push({ mmsId, derived: after })
  }
  return difference
}

/** A linked bib without local fields has nothing of its own to be searched by. */
export const isSearched = (derived: Derived): boolean => derived.words !== '' || derived.title !== ''

const keyId = ({ kind, value, origin }: MatchKey) => `${kind}\0${value}\0${origin}`
const headingId = ({ kind, sortForm, form }: Heading) => `${kind}\0${sortForm}\0${form}`

function differ<T>(
  before: readonly T[],
  after: readonly T[],
  id: (row: T) => string,
): { remove: readonly T[]; add: readonly T[] } {
  if (before.length === 0) return { remove: [], add: after }
  if (after.length === 0) return { remove: before, add: [] }
  const had = new Set(before.map(id))
  const has = new Set(after.map(id))
  return { remove: before.filter((row) => !has.has(id(row))), add: after.filter((row) => !had.has(id(row))) }
}
