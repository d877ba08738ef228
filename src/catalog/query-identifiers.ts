import {
  isOclcSystemNumber,
  isbn13,
  issn,
  lccn,
  oclcNumber,
  systemNumber,
} from '../rules/match/identifiers.ts'
import type { KeyKind } from '../rules/match/match-key.ts'

/** What a query may mean as an identifier; empty where it is plainly words. */
export type QueriedIdentifiers = {
  readonly keys: readonly { readonly kind: KeyKind; readonly value: string }[]
  readonly mmsId: string | null
}

/**
 * Reads a whole query as an identifier, in each way that fits: bare digits may be an OCLC number,
 * an LCCN or an ISBN. Short numbers are years and volumes, not identifiers.
 */
export function queriedIdentifiers(query: string): QueriedIdentifiers {
  const text = query.trim()
  const keys: { kind: KeyKind; value: string }[] = []
  const add = (kind: KeyKind, value: string | null | undefined) => {
    if (value !== null && value !== undefined) keys.push({ kind, value })
  }
  const isBareNumber = /^\d{5,15}$/.test(text)
  if (isBareNumber || /^o(?:cm|cn|n)\s*\d+$/i.test(text) || isOclcSystemNumber(text))
    add('oclc', oclcNumber(text))
  const isbn = /^[\dxX -]{9,20}$/.test(text) ? isbn13(text) : null
  if (isbn?.valid) add('isbn', isbn.value)
  const serial = /^\d{4}-?\d{3}[\dxX]$/.test(text) ? issn(text) : null
  if (serial?.valid) add('issn', serial.value)
  const isChecked = isbn?.valid === true || serial?.valid === true
  if (!isChecked && /\d{4}/.test(text) && !text.includes('(')) add('lccn', lccn(text))
  if (/^\(\S+\)\s*\S+$/.test(text)) {
    add('system', systemNumber(text))
    add('source', text)
  }
  return { keys, mmsId: /^99\d{6,17}$/.test(text) ? text : null }
}
