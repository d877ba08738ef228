import { unpackField } from '../marc/packed.ts'
import type { BibState, Derived } from '../rules/bib-state.ts'
import { type BibFacets, facetsOf, sameFacets } from './bib-facets.ts'
import type { Heading } from '../rules/headings.ts'
import type { MatchKey } from '../rules/match/match-key.ts'
import { storedBody } from '../rules/prepare.ts'
import { sameWords, searchWords } from '../rules/words.ts'

/** Rows to remove and to add so that the tables say what the records now say. */
export type DerivedDifference = {
  readonly keys: { readonly remove: BibKey[]; readonly add: BibKey[] }
  readonly headings: { readonly remove: BibHeading[]; readonly add: BibHeading[] }
  readonly search: {
    readonly remove: string[]
    readonly add: { readonly mmsId: string; readonly derived: Derived }[]
  }
  readonly facets: { readonly remove: string[]; readonly add: BibFacets[] }
}

type BibKey = { readonly mmsId: string; readonly key: MatchKey }
type BibHeading = { readonly mmsId: string; readonly heading: Heading }

type DerivedChange = {
  readonly mmsId: string
  readonly before: DerivedState | null
  readonly after: DerivedState | null
}

/** A bib and what is derived from its record. */
export type DerivedState = { readonly state: BibState; readonly derived: Derived }

/**
 * Of each bib, what is derived from it before and after; nothing before for a new one, nothing after for a
 * deleted one. Headings and words are worked out only where a field has changed that has some.
 */
export function deriveDifference(changes: readonly DerivedChange[]): DerivedDifference {
  const difference: DerivedDifference = {
    keys: { remove: [], add: [] },
    headings: { remove: [], add: [] },
    search: { remove: [], add: [] },
    facets: { remove: [], add: [] },
  }
  for (const { mmsId, before, after } of changes) {
    const keys = differ(before?.derived.keys ?? [], after?.derived.keys ?? [], keyId)
    for (const key of keys.remove) difference.keys.remove.push({ mmsId, key })
    for (const key of keys.add) difference.keys.add.push({ mmsId, key })
    addFacets(difference.facets, mmsId, before, after)
    const changed = before && after ? changedFields(before.state.record, after.state.record) : null
    if (!changed || !sameHeadings(changed)) {
      const headings = differ(before?.derived.headings ?? [], after?.derived.headings ?? [], headingId)
      for (const heading of headings.remove) difference.headings.remove.push({ mmsId, heading })
      for (const heading of headings.add) difference.headings.add.push({ mmsId, heading })
    }
    if (changed && before?.derived.title === after?.derived.title && sameSearch(changed)) continue
    if (before && isSearched(before.derived)) difference.search.remove.push(mmsId)
    if (after && isSearched(after.derived)) difference.search.add.push({ mmsId, derived: after.derived })
  }
  return difference
}

function addFacets(
  { remove, add }: DerivedDifference['facets'],
  mmsId: string,
  before: DerivedState | null,
  after: DerivedState | null,
): void {
  const was = before && facetsOf(before.state, before.derived)
  const is = after && facetsOf(after.state, after.derived)
  if (was && is && sameFacets(was, is)) return
  if (was) remove.push(mmsId)
  if (is) add.push(is)
}

/** A linked bib without local fields has nothing of its own to be searched by. */
export const isSearched = (derived: Derived): boolean => derived.title !== '' || derived.words !== ''

/** Packed fields, from the first to the last in which two records differ. */
type ChangedFields = { readonly before: readonly string[]; readonly after: readonly string[] }

function changedFields(before: string, after: string): ChangedFields {
  const old = storedBody(before)
  const fresh = storedBody(after)
  if (old === fresh) return { before: [], after: [] }
  const shorter = Math.min(old.length, fresh.length)
  let differs = 0
  while (differs < shorter && old.charCodeAt(differs) === fresh.charCodeAt(differs)) differs++
  // Both have the beginning of a field there.
  const start = Math.max(0, old.lastIndexOf('\x1e', differs - 1))
  let same = 0
  while (
    same < shorter - start &&
    old.charCodeAt(old.length - 1 - same) === fresh.charCodeAt(fresh.length - 1 - same)
  )
    same++
  const end = old.indexOf('\x1e', old.length - same)
  const kept = end === -1 ? 0 : old.length - end
  return {
    before: split(old.slice(start, old.length - kept)),
    after: split(fresh.slice(start, fresh.length - kept)),
  }
}

const split = (fields: string): string[] => (fields === '' ? [] : fields.slice(1).split('\x1e'))

/** Whether the fields that headings come from (1XX, 6XX to 8XX) are the same in the same order: the first form of a heading counts. */
function sameHeadings({ before, after }: ChangedFields): boolean {
  const old = before.filter(hasHeading)
  const fresh = after.filter(hasHeading)
  return old.length === fresh.length && old.every((field, at) => field === fresh[at])
}

const hasHeading = (field: string): boolean => {
  const lead = field.charCodeAt(0)
  return lead === 49 || (lead >= 54 && lead <= 56)
}

/** Whether the fields that went have the words of those that came: with the same others the same words. */
function sameSearch({ before, after }: ChangedFields): boolean {
  const gone = new Map<string, number>()
  for (const field of before) gone.set(field, (gone.get(field) ?? 0) + 1)
  const added: string[] = []
  for (const field of after) {
    const count = gone.get(field) ?? 0
    if (count > 0) gone.set(field, count - 1)
    else added.push(field)
  }
  const removed = [...gone].flatMap(([field, count]) => (count > 0 ? [field] : []))
  return sameWords(wordsOf(removed), wordsOf(added))
}

const wordsOf = (fields: readonly string[]): string =>
  fields.length === 0 ? '' : searchWords({ leader: '', fields: fields.map(unpackField) })

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
