import { countryNames } from './country-names.ts'
import { findIndex } from './find-index.ts'

/** Names of MARC's language codes that no list of languages has, or has other names for. */
const ownLanguages: Readonly<Record<string, string>> = {
  mul: 'Multiple languages',
  und: 'Undetermined',
  zxx: 'No linguistic content',
}

const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

/** What a value of an index is called; the value itself where it has no other name. */
export function valueName(code: string, value: string): string {
  if (code === 'language') return languageName(value)
  if (code === 'country') return countryNames[value] ?? value
  const index = findIndex(code)
  const values = index !== null && 'values' in index && Array.isArray(index.values) ? index.values : []
  return values.find((known) => known.value === value)?.name ?? value
}

function languageName(code: string): string {
  const own = ownLanguages[code]
  if (own !== undefined) return own
  return /^[a-z]{3}$/.test(code) ? (languages.of(code) ?? code) : code
}
