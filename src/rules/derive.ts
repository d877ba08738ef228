import type { MarcRecord } from '../marc/record.ts'
import type { Derived } from './bib-state.ts'
import { contentOf } from './content.ts'
import { hash64 } from './hash.ts'
import { type Heading, headings } from './headings.ts'
import { type MatchKey, matchKeys } from './match/match-key.ts'
import { displayTitle } from './display-title.ts'
import { searchWords } from './words.ts'

/**
 * All that a bib is found by. One function for incoming and stored records: what it gives for the
 * stored one is exactly the rows that the catalogue holds, so a change of a bib writes the difference.
 * Headings and words are worked out when they are first asked for: most merges touch neither.
 */
export function derive(record: MarcRecord, originatingNumber: string | null): Derived {
  const keys = matchKeys(record)
  if (originatingNumber !== null) keys.push(sourceKey(originatingNumber))
  // Nothing else would find the same record when its file comes a second time.
  else if (!keys.some(({ kind }) => kind === 'oclc'))
    keys.push({ kind: 'content', value: hash64(contentOf(record)), origin: 'h' })
  let found: Heading[] | undefined
  let words: string | undefined
  return {
    keys,
    title: displayTitle(record),
    get headings() {
      return (found ??= headings(record))
    },
    get words() {
      return (words ??= searchWords(record))
    },
  }
}

const sourceKey = (value: string): MatchKey => ({ kind: 'source', value: value.slice(0, 250), origin: '001' })
