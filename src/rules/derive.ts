import { unpack } from '../marc/packed.ts'
import type { MarcRecord } from '../marc/record.ts'
import type { BibState, Derived } from './bib-state.ts'
import { contentOf } from './content.ts'
import { hash64 } from './hash.ts'
import { type Heading, headings } from './headings.ts'
import { type KeyOrigin, type MatchKey, matchKeys } from './match/match-key.ts'
import { numberKeys } from './match/number-keys.ts'
import { formerSourceNumbers } from './old-numbers.ts'
import { displayTitle } from './display-title.ts'
import { packedFacets } from './search/record-facets.ts'
import { searchWords } from './words.ts'

/**
 * All that a bib is found by. One function for incoming and stored records: what it gives for the
 * stored one is exactly the rows that the catalogue holds, so a change of a bib writes the difference.
 * Headings and words are worked out when they are first asked for: most merges touch neither.
 */
export function derive(record: MarcRecord, originatingNumber: string | null): Derived {
  const keys = [...matchKeys(record), ...numberKeys(record)]
  for (const former of formerSourceNumbers(record)) keys.push(sourceKey(former, 'z'))
  if (originatingNumber !== null) keys.push(sourceKey(originatingNumber, '001'))
  // Nothing else would find the same record when its file comes a second time.
  else if (!keys.some(({ kind }) => kind === 'oclc'))
    keys.push({ kind: 'content', value: hash64(contentOf(record)), origin: 'h' })
  let found: Heading[] | undefined
  let words: string | undefined
  let facets: string | undefined
  return {
    keys,
    title: displayTitle(record),
    get headings() {
      return (found ??= headings(record))
    },
    get words() {
      return (words ??= searchWords(record))
    },
    get facets() {
      return (facets ??= packedFacets(record))
    },
  }
}

/** The same of a bib as it is stored. A linked one is matched by what it is linked to, and its content is not its own. */
export function deriveState({
  record,
  originatingNumber,
  linkedMmsId,
}: Pick<BibState, 'record' | 'originatingNumber' | 'linkedMmsId'>): Derived {
  const derived = derive(unpack(record), originatingNumber)
  if (linkedMmsId === null) return derived
  return { ...derived, keys: derived.keys.filter(({ kind }) => kind !== 'content') }
}

/**
 * To be raised where `derive` comes to give something else for the same record: catalogues then make these
 * rows anew when they are opened.
 */
export const derivedVersions = { keys: 4, headings: 2, search: 3, facets: 2 } as const

const sourceKey = (value: string, origin: KeyOrigin): MatchKey => ({
  kind: 'source',
  value: value.slice(0, 250),
  origin,
})
