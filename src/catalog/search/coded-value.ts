import { nearest } from '../../rules/nearest.ts'
import type { CodeValue } from '../../rules/search/search-index.ts'
import { SearchRefusal } from './refusal.ts'

/** An index of values; all of them, where they are few and known. */
type Coded = { readonly name: string; readonly values?: readonly CodeValue[] }

/** A code is written in small letters here; where all are known, it is one of them, or the name of one. */
export function readCode(index: Coded, text: string): string {
  const typed = text.trim()
  if (index.values === undefined) return typed.toLowerCase()
  const known = index.values.find(
    ({ value, name }) => value === typed.toLowerCase() || name.toLowerCase() === typed.toLowerCase(),
  )
  if (known) return known.value
  const values = index.values.map(({ value }) => value)
  const near = nearest(typed, values)
  throw notSuch(
    index,
    text,
    `${near === null ? '' : `The nearest is ${near}; `}it is one of ${values.join(', ')}.`,
  )
}

export const notSuch = (index: Coded, text: string, remedy: string) =>
  new SearchRefusal(
    'NOT_SUCH_A_VALUE',
    `${index.name}: ${text.slice(0, 80) || 'nothing'} is no such value.`,
    remedy,
  )
