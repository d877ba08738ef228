import type { MarcRecord } from '../../marc/record.ts'
import { issn, systemNumber } from './identifiers.ts'
import type { MatchKey } from './match-key.ts'

/** Subfields with numbers that a bib is searched by and never matched by: those of other systems repeat, or say little. */
const numbered: Readonly<Record<string, string>> = {
  '010': 'b',
  '016': 'az',
  '017': 'az',
  '022': 'em',
  '027': 'az',
  '028': 'a',
  '074': 'az',
  '086': 'az',
  '088': 'az',
}

/** Characters of a number that are kept. */
const longestNumber = 100

/**
 * - `number`: without blanks, in lower case, of 010 $b, 016, 017, 027, 028, 074, 086 and 088; of 022 $e and $m as
 *   `1234-5678`. Origin is field and subfield: `022m`
 */
export function numberKeys({ fields }: MarcRecord): MatchKey[] {
  const keys: MatchKey[] = []
  for (const field of fields) {
    if (field.tag.charCodeAt(0) !== 48 || !('subfields' in field)) continue
    const codes = numbered[field.tag]
    if (codes === undefined) continue
    for (const { code, value: whole } of field.subfields) {
      if (!codes.includes(code)) continue
      const typed = whole.length > longestNumber ? whole.slice(0, longestNumber).toWellFormed() : whole
      const value = field.tag === '022' ? issn(typed)?.value : systemNumber(typed)
      const origin = `${field.tag}${code}`
      if (value && !keys.some((key) => key.value === value && key.origin === origin))
        keys.push({ kind: 'number', value, origin })
    }
  }
  return keys
}
