import type { MarcRecord } from '../marc/record.ts'
import type { Derived } from './bib-state.ts'
import { headings } from './headings.ts'
import { type MatchKey, matchKeys } from './match-key.ts'
import { searchWords } from './words.ts'
import { displayTitle } from './display-title.ts'

/**
 * All that a bib is found by. One function for incoming and stored records: what it gives for the
 * stored one is exactly the rows that the catalogue holds, so a change of a bib writes the difference.
 */
export function derive(record: MarcRecord, originatingNumber: string | null): Derived {
  const keys = matchKeys(record)
  if (originatingNumber !== null) keys.push(sourceKey(originatingNumber))
  return { keys, headings: headings(record), words: taggedWords(record), title: displayTitle(record) }
}

const sourceKey = (value: string): MatchKey => ({ kind: 'source', value: value.slice(0, 250), origin: '001' })

/** `word` for every word, and `t:word`, `n:word`, `s:word` for those of titles, names and subjects. */
function taggedWords(record: MarcRecord): string[] {
  const { all, title, name, subject } = searchWords(record)
  const words = [...all]
  for (const word of title) words.push(`t:${word}`)
  for (const word of name) words.push(`n:${word}`)
  for (const word of subject) words.push(`s:${word}`)
  return words
}
