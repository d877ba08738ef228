import { unpack } from '../marc/packed.ts'
import type { BibChange, BibState } from './bib-state.ts'
import { derive } from './derive.ts'
import type { Fill, Plan, PlanContext } from './plan.ts'
import type { ReadyRecord } from './prepare.ts'
import { withdrawalOf } from './withdraw.ts'

/**
 * D8: a record that asks for a deletion; the match is deleted or suppressed, and never created. Where the profile
 * says so its portfolios go with it; a bib on which something else hangs stays, and is not orphaned of it.
 */
export function planDelete(
  position: number,
  existing: BibState | undefined,
  incoming: ReadyRecord,
  context: PlanContext,
  plan: Fill,
): Plan {
  const { profile, decided } = context
  if (profile.deletes === 'not-allowed')
    return plan(
      'not_imported',
      'DELETE_NOT_ALLOWED',
      existing ? { mmsId: existing.mmsId, candidates: [existing.mmsId] } : {},
    )
  if (!existing) return plan('not_imported', 'DELETE_NO_MATCH')
  if (profile.match.handling === 'manual' && !decided)
    return plan('unresolved', 'MANUAL_MATCH', { candidates: [existing.mmsId] })
  const found = { mmsId: existing.mmsId, versionBefore: existing.version, candidates: [existing.mmsId] }
  if (existing.lock) {
    const guard = { guard: 'locked', ...existing.lock } as const
    return plan('not_imported', 'NOT_ADDED_LOCKED', {
      ...found,
      versionAfter: existing.version,
      trace: { guard },
    })
  }
  const { withdrawn, hangs: left } = withdrawalOf(existing, incoming, context)
  const derivedBefore = derive(unpack(existing.record), existing.originatingNumber)
  if (profile.deletes === 'suppress') {
    if (existing.suppressed)
      return plan('unchanged', null, { ...found, versionAfter: existing.version, withdrawn })
    const after = { ...existing, suppressed: true, version: existing.version + 1 }
    const change: BibChange = {
      mmsId: existing.mmsId,
      action: 'tagged',
      before: existing,
      after,
      derivedBefore,
      derivedAfter: derivedBefore,
      position,
    }
    return plan('deleted', null, { ...found, versionAfter: after.version, changes: [change], withdrawn })
  }
  const hangs = existing.linkedMmsId === null ? left : [`its link to ${existing.linkedMmsId}`, ...left]
  if (hangs.length > 0 && withdrawn.length > 0)
    return plan('not_imported', 'DELETE_BIB_STAYS', {
      ...found,
      versionAfter: existing.version,
      trace: { guard: { guard: 'delete', hangs } },
      withdrawn,
    })
  if (hangs.length > 0) {
    return plan('unresolved', 'DELETE_BLOCKED', {
      ...found,
      versionAfter: existing.version,
      trace: { guard: { guard: 'delete', hangs } },
    })
  }
  const change: BibChange = {
    mmsId: existing.mmsId,
    action: 'deleted',
    before: existing,
    after: null,
    derivedBefore,
    derivedAfter: null,
    position,
  }
  return plan('deleted', null, {
    ...found,
    versionAfter: existing.version + 1,
    changes: [change],
    withdrawn,
  })
}
