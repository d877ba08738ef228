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
  return { keys, headings: headings(record), ...placedWords(record), title: displayTitle(record) }
}

const sourceKey = (value: string): MatchKey => ({ kind: 'source', value: value.slice(0, 250), origin: '001' })

const places = { title: 1, name: 2, subject: 4, other: 8 } as const

/** Each word once, with all the places where it stands; a place is cheaper to store than a second word. */
function placedWords(record: MarcRecord): Pick<Derived, 'words' | 'wordPlaces'> {
  const { all, title, name, subject } = searchWords(record)
  const placed = new Map<string, number>()
  const place = (words: readonly string[], bit: number) => {
    for (const word of words) placed.set(word, (placed.get(word) ?? 0) | bit)
  }
  place(title, places.title)
  place(name, places.name)
  place(subject, places.subject)
  for (const word of all) if (!placed.has(word)) placed.set(word, places.other)
  let wordPlaces = ''
  for (const bits of placed.values()) wordPlaces += String.fromCharCode(48 + bits)
  return { words: [...placed.keys()], wordPlaces }
}
