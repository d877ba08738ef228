import { findIndex } from '../../rules/search/find-index.ts'
import { searchIndexes } from '../../rules/search/indexes.ts'
import type { IdentifierIndex, KeySelection } from '../../rules/search/search-index.ts'
import { SearchRefusal } from '../search/refusal.ts'

/** What the numbers of a file are, and so how they are looked up. */
export type NumberKind = { readonly name: string } & (
  | ({ readonly of: 'keys' } & Pick<IdentifierIndex, 'keys' | 'read'>)
  /** Of bibs. */
  | { readonly of: 'mms-id' }
  | { readonly of: 'barcode' }
  /** Of bibs, holdings, items or portfolios, as their first digits say. */
  | { readonly of: 'pid' }
)

const ofIndex = (code: string, selected?: readonly KeySelection[]): NumberKind => {
  const index = findIndex(code)
  if (index?.kind !== 'identifier') throw new Error(`${code} is no index of identifiers.`)
  return { name: index.name, of: 'keys', keys: selected ?? index.keys, read: index.read }
}

const mmsId: NumberKind = { name: 'MMS ID', of: 'mms-id' }
const barcode: NumberKind = { name: 'barcode', of: 'barcode' }

/**
 * The headings of files of numbers that libraries have from Alma, in small letters without signs. Each is looked up as
 * the index of its name is searched: of 035 all that the index has, `$9` too.
 */
const headings: Readonly<Record<string, NumberKind>> = {
  mmsid: mmsId,
  issn: ofIndex('issn'),
  issna: { ...ofIndex('issn', [{ kind: 'issn', origins: ['a'] }]), name: 'ISSN in 022 $a' },
  isbn: ofIndex('isbn'),
  isbna: { ...ofIndex('isbn', [{ kind: 'isbn', origins: ['a'] }]), name: 'ISBN in 020 $a' },
  oclcnumber: ofIndex('oclc-035az'),
  '035field': ofIndex('other-system-number'),
  pid: { name: 'PID', of: 'pid' },
  barcode,
  ...Object.fromEntries(
    searchIndexes.flatMap(({ kind, code, name }) =>
      kind === 'identifier' ? [[plain(name), ofIndex(code)]] : [],
    ),
  ),
}

/** Of orders, which are still to come. */
const orderHeading = 'polinereference'

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** Whether a text is the name of a kind of numbers, or of one that is known and not yet here. */
export const isHeading = (text: string): boolean =>
  Object.hasOwn(headings, plain(text)) || plain(text) === orderHeading || isIndexOfNumbers(text)

const isIndexOfNumbers = (code: string): boolean => {
  const index = findIndex(code)
  return index?.kind === 'identifier' || index?.kind === 'mms-id' || index?.code === 'barcode'
}

/** The kind of a heading, or of an index by its code. @throws {SearchRefusal} UNKNOWN_INDEX */
export function numberKind(name: string): NumberKind {
  const heading = Object.hasOwn(headings, plain(name)) ? headings[plain(name)] : undefined
  if (heading !== undefined) return heading
  const index = findIndex(name)
  if (index?.kind === 'identifier') return ofIndex(index.code)
  if (index?.kind === 'mms-id') return mmsId
  if (index?.code === 'barcode') return barcode
  const isOrder = plain(name) === orderHeading
  throw new SearchRefusal(
    'UNKNOWN_INDEX',
    isOrder
      ? 'PO lines are not here yet: nothing is found by their reference.'
      : `${name.slice(0, 80)} is no kind of numbers.`,
    'Call them MMS ID, ISBN, ISBN_A, ISSN, ISSN_A, OCLC number, 035 field, PID or barcode, or by an index of the group identifiers.',
  )
}
