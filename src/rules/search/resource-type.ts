import { type MarcRecord, controlValue } from '../../marc/record.ts'
import { isSerial } from '../match/is-serial.ts'
import type { CodeValue } from './search-index.ts'

/** Kinds of resources, as lists and facets name them. */
export const resourceTypes = [
  { value: 'book', name: 'Book' },
  { value: 'journal', name: 'Journal or other serial' },
  { value: 'website', name: 'Website or database' },
  { value: 'article', name: 'Article or chapter' },
  { value: 'manuscript', name: 'Manuscript' },
  { value: 'archive', name: 'Archival material' },
  { value: 'score', name: 'Score' },
  { value: 'map', name: 'Map' },
  { value: 'music', name: 'Music recording' },
  { value: 'audio', name: 'Spoken recording' },
  { value: 'video', name: 'Video or film' },
  { value: 'image', name: 'Image' },
  { value: 'computer-file', name: 'Computer file' },
  { value: 'kit', name: 'Kit' },
  { value: 'object', name: 'Object' },
  { value: 'other', name: 'Other' },
] as const satisfies readonly CodeValue[]

export type ResourceType = (typeof resourceTypes)[number]['value']

/** From leader/06 and 07; of what is issued over time, from 008/21 too. */
export function resourceTypeOf(record: MarcRecord): ResourceType {
  const level = record.leader[7] ?? ' '
  switch (record.leader[6]) {
    case 'a':
      return textType(record, level)
    case 't':
      return 'manuscript'
    case 'c':
    case 'd':
      return 'score'
    case 'e':
    case 'f':
      return 'map'
    case 'j':
      return 'music'
    case 'i':
      return 'audio'
    case 'g':
      return 'video'
    case 'k':
      return 'image'
    case 'm':
      return isSerial(record) ? textType(record, level) : 'computer-file'
    case 'o':
      return 'kit'
    case 'p':
      return 'archive'
    case 'r':
      return 'object'
    default:
      return 'other'
  }
}

function textType(record: MarcRecord, level: string): ResourceType {
  if (isSerial(record)) {
    const kind = controlValue(record, '008')?.[21] ?? ' '
    if (kind === 'w' || kind === 'd') return 'website'
    return level === 'i' && kind !== 'l' ? 'website' : 'journal'
  }
  if (level === 'a') return 'article'
  return level === 'c' ? 'archive' : 'book'
}
