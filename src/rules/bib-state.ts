import type { MatchKey } from './match/match-key.ts'
import type { Heading } from './headings.ts'
import type { Carrier } from './match/carrier.ts'

/** A bib as the catalogue has it, with all that a decision looks at. */
export type BibState = {
  readonly mmsId: string
  readonly version: number
  /** Packed; of a linked bib the leader and the local fields only. */
  readonly record: string
  readonly briefLevel: number
  readonly carrier: Carrier
  readonly suppressed: boolean
  readonly publishToOclc: PublishToOclc
  readonly originatingSystem: string
  readonly originatingNumber: string | null
  /** The 005 of the version that was imported last (D20). */
  readonly originatingVersion: string | null
  readonly linkedMmsId: string | null
  /** Whether it is linked to a community zone bib rather than a network one. */
  readonly linkedToCommunity: boolean
  readonly lock: BibLock | null
  /** `sourceHash` of the incoming record that made this version; nothing where no import did. */
  readonly sourceHash: string | null
  /** The same of the records by which the same job had changed the bib before, where its file names the bib more than once. */
  readonly passed: readonly string[] | null
  /** The job that made this version. */
  readonly jobId: string | null
  /** What else hangs on the bib, in words; a deletion is refused while there is any. */
  readonly hangs: readonly string[]
}

export type PublishToOclc = 'publish' | 'holdings-only' | 'do-not-publish'

export type BibLock = { readonly holder: string; readonly zone: string | null; readonly since: string }

/** What is derived from a record for finding it: keys, headings and search words. */
export type Derived = {
  readonly keys: readonly MatchKey[]
  readonly headings: readonly Heading[]
  /** Words of the search row with the places where they stand, as `searchWords` packs them. */
  readonly words: string
  readonly title: string
  /** What results are narrowed and sorted by, as `packedFacets` packs it. */
  readonly facets: string
}

export type BibAction =
  | 'created'
  | 'merged'
  | 'overlaid'
  | 'edited'
  | 'linked'
  | 'unlinked'
  | 'restored'
  | 'tagged'
  | 'deleted'

/** One step in the life of a bib: `before` is nothing for a new one, `after` for a deleted one. */
export type BibChange = {
  readonly mmsId: string
  /** Where the bib is in another zone than those that it changes with: an institution's, linked to one of them. */
  readonly zoneId?: number
  readonly action: BibAction
  readonly before: BibState | null
  readonly after: BibState | null
  readonly derivedBefore: Derived | null
  readonly derivedAfter: Derived | null
  /** The record of the job that made it, where one did. */
  readonly position: number | null
}
