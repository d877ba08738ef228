import type { LinkTarget } from '../catalog/link.ts'
import type { Tx } from '../db/database.ts'
import type { Code } from '../rules/outcome.ts'
import type { Plan } from '../rules/plan.ts'
import type { BatchRun } from './batch.ts'

const guarded = new Set<Code | null>([
  'NOT_ADDED_BRIEF',
  'NOT_ADDED_OLD',
  'NOT_ADDED_LOCKED',
  'NOT_ADDED_LINKED',
])

/** D4: a bib that was refused its change is still linked, and gets inventory; filtered, unresolved and "do not import" are not. */
export const comesToBib = ({ outcome, code, mmsId }: Plan): boolean =>
  mmsId !== null &&
  (outcome === 'not_imported' ? guarded.has(code) : outcome !== 'unresolved' && outcome !== 'deleted')

/** The bibs of the network that records came to, which the institution is to be linked to. */
export async function linkTargets(tx: Tx, run: BatchRun, plans: readonly Plan[]): Promise<LinkTarget[]> {
  const wanted = plans.filter(comesToBib)
  const stays = stayingOf(plans)
  const rows = await tx.query<Omit<LinkTarget, 'position'>>(
    `select mms_id as "mmsId", record, brief_level as "briefLevel", carrier, originating_system as "originatingSystem"
     from bib where zone_id = $1 and mms_id = any($2::text[])`,
    [run.bibZone.zoneId, wanted.map(({ mmsId }) => stays(mmsId))],
  )
  const positions = new Map(wanted.map(({ mmsId, position }) => [stays(mmsId), position]))
  return rows.map((row) => ({ ...row, position: positions.get(row.mmsId) ?? null }))
}

/** Of a bib of the batch the one that is left of it: a later record may have had it combined into another. */
export function stayingOf(plans: readonly Plan[]): (mmsId: string | null) => string | null {
  const into = new Map<string, string>()
  for (const { combined } of plans)
    for (const { before, became, into: stays } of combined)
      if (became === 'deleted') into.set(before.mmsId, stays)
  return (mmsId) => {
    let stays = mmsId
    while (stays !== null && into.has(stays)) stays = into.get(stays) as string
    return stays
  }
}
