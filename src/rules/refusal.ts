import type { BibState } from './bib-state.ts'
import type { GuardDetail } from './detail.ts'
import { briefGuard, olderVersion } from './guards.ts'
import type { ImportProfile } from './import-profile.ts'
import type { Code } from './outcome.ts'
import type { ReadyRecord } from './prepare.ts'
import type { TracedGuard } from './trace.ts'

export type Refusal = { readonly code: Code; readonly traced: TracedGuard }

/**
 * Why an existing bib may not be changed by this record, if it may not; the first that holds, in
 * the order linked, locked, brief, older. A person's own decision passes the last two. `asked` takes what
 * each of them said, where it is asked for.
 */
export function refusalOf(
  existing: BibState,
  incoming: ReadyRecord,
  profile: ImportProfile,
  decidedByPerson: boolean,
  asked?: GuardDetail[],
): Refusal | null {
  if (existing.linkedMmsId !== null) {
    const code = existing.linkedToCommunity ? 'NOT_ADDED_CZ' : 'NOT_ADDED_LINKED'
    return refuse(code, { guard: 'linked', linkedTo: existing.linkedMmsId }, asked)
  }
  asked?.push({ guard: 'linked', said: 'passed', traced: null })
  if (existing.lock) return refuse('NOT_ADDED_LOCKED', { guard: 'locked', ...existing.lock }, asked)
  asked?.push({ guard: 'locked', said: 'passed', traced: null })
  if (decidedByPerson) return null
  const { briefGuard: isOn, olderVersion: mode } = profile.onMatch
  const levels = { guard: 'brief', existing: existing.briefLevel, incoming: incoming.briefLevel } as const
  if (isOn && briefGuard(existing.briefLevel, incoming.briefLevel))
    return refuse('NOT_ADDED_BRIEF', levels, asked)
  asked?.push({ guard: 'brief', said: isOn ? 'passed' : 'off', traced: levels })
  const sameOrigin = existing.originatingSystem === profile.originatingSystem
  const older = olderVersion(existing.originatingVersion, incoming.version005, mode, sameOrigin)
  const versions = {
    guard: 'older',
    existing: existing.originatingVersion,
    incoming: incoming.version005,
    why: older.why,
  } as const
  if (older.refused) return refuse('NOT_ADDED_OLD', versions, asked)
  asked?.push({ guard: 'older', said: mode === 'disabled' ? 'off' : 'passed', traced: versions })
  return null
}

function refuse(
  code: Code,
  traced: Extract<TracedGuard, { guard: GuardDetail['guard'] }>,
  asked: GuardDetail[] | undefined,
): Refusal {
  asked?.push({ guard: traced.guard, said: 'refused', traced })
  return { code, traced }
}
