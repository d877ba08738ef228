import type { MarcRecord } from '../../marc/record.ts'
import type { CodeValue } from './search-index.ts'

/** Leader/17 of MARC 21, and the letters that OCLC puts there; a blank is written `#`, as MARC 21's own documents do. */
export const encodingLevels: readonly CodeValue[] = [
  { value: '#', name: 'Full level' },
  { value: '1', name: 'Full level, material not examined' },
  { value: '2', name: 'Less than full, material not examined' },
  { value: '3', name: 'Abbreviated level' },
  { value: '4', name: 'Core level' },
  { value: '5', name: 'Partial, preliminary level' },
  { value: '7', name: 'Minimal level' },
  { value: '8', name: 'Prepublication level' },
  { value: 'u', name: 'Unknown' },
  { value: 'z', name: 'Not applicable' },
  { value: 'i', name: 'Full, input by an OCLC library' },
  { value: 'j', name: 'Deleted at OCLC' },
  { value: 'k', name: 'Minimal, input by an OCLC library' },
  { value: 'l', name: 'Full, loaded at OCLC' },
  { value: 'm', name: 'Less than full, loaded at OCLC' },
]

const known: ReadonlySet<string> = new Set(encodingLevels.map(({ value }) => value))

/** One of the levels; empty where the record has another sign there. */
export function encodingLevelOf({ leader }: MarcRecord): string {
  const sign = leader.charAt(17)
  const code = sign === ' ' ? '#' : sign.toLowerCase()
  return known.has(code) ? code : ''
}
