import { nearest } from '../nearest.ts'
import { searchIndexes } from './indexes.ts'
import type { SearchIndex } from './search-index.ts'

const byName: ReadonlyMap<string, SearchIndex> = new Map(
  searchIndexes.flatMap((index) =>
    [index.code, ...index.aliases].map((name) => [name.toLowerCase(), index] as const),
  ),
)

/** The index of a code or another name, in any case; nothing where there is none. */
export const findIndex = (name: string): SearchIndex | null => byName.get(name.toLowerCase()) ?? null

/** @throws {Error} where there is none: the queries of `parseCql` have no others */
export function getIndex(code: string): SearchIndex {
  const index = findIndex(code)
  if (index === null) throw new Error(`There is no index ${code}.`)
  return index
}

/** The name of an index that a typed one was most likely meant to be. */
export function nearestIndex(name: string): string | null {
  const known = [...byName.keys()]
  const bare = name.toLowerCase().replace(/^[a-z]+\./, '')
  return (
    nearest(name, known) ??
    nearest(bare, known) ??
    known.find((each) => bare.length > 3 && each.includes(bare)) ??
    null
  )
}
