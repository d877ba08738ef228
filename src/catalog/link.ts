import type { Tx } from '../db/database.ts'
import type { BibChange, BibState } from '../rules/bib-state.ts'
import { type Provenance, writeBibs } from './bib-write.ts'
import { reserveMmsIds } from './mms-id.ts'
import type { Zone } from './zone.ts'

/** A network bib and what an institution's linked bib takes from it. */
export type LinkTarget = Pick<
  BibState,
  'mmsId' | 'record' | 'briefLevel' | 'carrier' | 'originatingSystem'
> & { readonly position: number | null }

/**
 * Makes or reuses the institution's linked bib of each network bib. Returns network MMS ID → the
 * institution's. A new linked bib holds the leader alone: it has no local fields yet.
 */
export async function linkBibs(
  tx: Tx,
  institution: Zone,
  targets: readonly LinkTarget[],
  provenance: Provenance,
): Promise<Map<string, string>> {
  const wanted = new Map(targets.map((target) => [target.mmsId, target]))
  const rows = await tx.query<{ mmsId: string; linkedMmsId: string }>(
    `select mms_id as "mmsId", linked_mms_id as "linkedMmsId" from bib where linked_mms_id = any($2::text[]) and zone_id = $1`,
    [institution.zoneId, [...wanted.keys()]],
  )
  const linked = new Map(rows.map(({ mmsId, linkedMmsId }) => [linkedMmsId, mmsId]))
  const missing = [...wanted.values()].filter(({ mmsId }) => !linked.has(mmsId))
  const mmsIds = await reserveMmsIds(tx, institution.suffix, missing.length)
  const changes = missing.map((target, at): BibChange => {
    const mmsId = mmsIds[at] as string
    linked.set(target.mmsId, mmsId)
    const after: BibState = {
      mmsId,
      version: 1,
      record: target.record.slice(0, 24),
      briefLevel: target.briefLevel,
      carrier: target.carrier,
      suppressed: false,
      publishToOclc: 'publish',
      originatingSystem: target.originatingSystem,
      originatingNumber: null,
      originatingVersion: null,
      linkedMmsId: target.mmsId,
      linkedToCommunity: false,
      lock: null,
      sourceHash: null,
      passed: null,
      jobId: provenance.jobId,
      hangs: [],
    }
    const nothing = { keys: [], headings: [], words: '', title: '', facets: '' }
    return {
      mmsId,
      action: 'linked',
      before: null,
      after,
      derivedBefore: null,
      derivedAfter: nothing,
      position: target.position,
    }
  })
  await writeBibs(tx, institution.zoneId, changes, provenance)
  return linked
}
