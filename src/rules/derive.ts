import type { MarcRecord } from '../marc/record.ts'
import type { Derived } from './bib-state.ts'
import { contentOf } from './content.ts'
import { hash64 } from './hash.ts'
import { headings } from './headings.ts'
import { type MatchKey, matchKeys } from './match-key.ts'
import { displayTitle } from './display-title.ts'
import { wordsByPlace } from './words.ts'

/**
 * All that a bib is found by. One function for incoming and stored records: what it gives for the
 * stored one is exactly the rows that the catalogue holds, so a change of a bib writes the difference.
 */
export function derive(record: MarcRecord, originatingNumber: string | null): Derived {
  const keys = matchKeys(record)
  if (originatingNumber !== null) keys.push(sourceKey(originatingNumber))
  // Nothing else would find the same record when its file comes a second time.
  else if (!keys.some(({ kind }) => kind === 'oclc'))
    keys.push({ kind: 'content', value: hash64(contentOf(record)), origin: 'h' })
  return { keys, headings: headings(record), ...placedWords(record), title: displayTitle(record) }
}

const sourceKey = (value: string): MatchKey => ({ kind: 'source', value: value.slice(0, 250), origin: '001' })

/** Each word once, with all the places where it stands; a place is cheaper to store than a second word. */
function placedWords(record: MarcRecord): Pick<Derived, 'words' | 'wordPlaces'> {
  const words: string[] = []
  let wordPlaces = ''
  for (const [word, places] of wordsByPlace(record)) {
    words.push(word)
    wordPlaces += String.fromCharCode(48 + (places & 15))
  }
  return { words, wordPlaces }
}
