import type { BibState } from './bib-state.ts'
import { briefGuard, olderVersion } from './guards.ts'
import type { ImportProfile } from './import-profile.ts'
import type { Code } from './outcome.ts'
import type { ReadyRecord } from './prepare.ts'
import type { TracedGuard } from './trace.ts'

export type Refusal = { readonly code: Code; readonly traced: TracedGuard }

/**
 * Why an existing bib may not be changed by this record, if it may not; the first that holds, in
 * the order linked, locked, brief, older. A person's own decision passes the last two.
 */
export function refusalOf(
  existing: BibState,
  incoming: ReadyRecord,
  profile: ImportProfile,
  decidedByPerson: boolean,
): Refusal | null {
  if (existing.linkedMmsId !== null) {
    const code = existing.linkedToCommunity ? 'NOT_ADDED_CZ' : 'NOT_ADDED_LINKED'
    return { code, traced: { guard: 'linked', linkedTo: existing.linkedMmsId } }
  }
  if (existing.lock) return { code: 'NOT_ADDED_LOCKED', traced: { guard: 'locked', ...existing.lock } }
  if (decidedByPerson) return null
  if (profile.onMatch.briefGuard && briefGuard(existing.briefLevel, incoming.briefLevel)) {
    return {
      code: 'NOT_ADDED_BRIEF',
      traced: { guard: 'brief', existing: existing.briefLevel, incoming: incoming.briefLevel },
    }
  }
  const sameOrigin = existing.originatingSystem === profile.originatingSystem
  const older = olderVersion(
    existing.originatingVersion,
    incoming.version005,
    profile.onMatch.olderVersion,
    sameOrigin,
  )
  if (!older.refused) return null
  const versions = { existing: existing.originatingVersion, incoming: incoming.version005 }
  return { code: 'NOT_ADDED_OLD', traced: { guard: 'older', ...versions, why: older.why } }
}
