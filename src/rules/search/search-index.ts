import type { MarcRecord } from '../../marc/record.ts'
import type { KeyKind, KeyOrigin } from '../match/match-key.ts'

/** What a row of the results is, and which bibs come into question. */
export type Entity =
  | 'all-titles'
  | 'physical-titles'
  | 'physical-items'
  | 'electronic-titles'
  | 'electronic-portfolios'

export type IndexGroup = 'description' | 'identifiers' | 'coded' | 'management' | 'inventory'

type Common = {
  /** Its name in queries, addresses and programs. */
  readonly code: string
  readonly name: string
  readonly group: IndexGroup
  /** Other names in queries: those of Alma's SRU server. */
  readonly aliases: readonly string[]
  /** Whether the simple box offers it: what is typed there are words or a number. */
  readonly isSimple: boolean
}

/** Words of some fields. */
export type WordsIndex = Common & {
  readonly kind: 'words'
  /** Weights of the search row's words that candidates must have, as a tsquery writes them; none: in any place. */
  readonly weights: string
  /** Whether those weights are these fields and no others. */
  readonly isExact: boolean
  /** The texts that are searched, one a field. */
  readonly values: (record: MarcRecord) => string[]
}

export type KeySelection = { readonly kind: KeyKind; readonly origins: readonly KeyOrigin[] | null }
export type QueriedKey = { readonly kind: KeyKind; readonly value: string }

/** Match keys of some kinds and origins. */
export type IdentifierIndex = Common & {
  readonly kind: 'identifier'
  readonly keys: readonly KeySelection[]
  /** The keys that a typed text may mean; none where it is no such number. */
  readonly read: (text: string) => QueriedKey[]
  /** The same of the beginning of a number. */
  readonly readStart: (text: string) => QueriedKey[]
}

/** The numbers that the catalogue gives: a bib's own, that of the bib it is linked to, those of bibs that became it. */
export type MmsIdIndex = Common & { readonly kind: 'mms-id' }

export type CodeValue = { readonly value: string; readonly name: string }

export type RecordColumn =
  | 'resource_type'
  | 'languages'
  | 'year'
  | 'second_year'
  | 'country'
  | 'carrier'
  | 'encoding_level'
  | 'open_access'
export type StateColumn =
  | 'brief_level'
  | 'suppressed'
  | 'publish_to_oclc'
  | 'linked'
  | 'linked_zone'
  | 'originating_system'
  | 'created_at'
  | 'created_by'
  | 'changed_at'
  | 'changed_by'
  | 'job'

/** One value of a bib: a code, a number, a date, yes or no. */
export type ColumnIndex = Common & {
  readonly kind: 'column'
  readonly column: RecordColumn | StateColumn
  readonly type: 'code' | 'number' | 'date' | 'boolean' | 'text'
  /** All values, where they are few and known. */
  readonly values?: readonly CodeValue[]
}

/** A value of what hangs on a bib. */
export type InventoryIndex = Common & {
  readonly kind: 'inventory'
  readonly table: 'holdings' | 'item' | 'portfolio'
  readonly column: string
  readonly type: 'code' | 'text'
  readonly values?: readonly CodeValue[]
}

export type SearchIndex = WordsIndex | IdentifierIndex | MmsIdIndex | ColumnIndex | InventoryIndex
