import { lockLife } from '../catalog/bib-state.ts'
import { findLock, type HeldLock } from '../catalog/lock.ts'
import type { Zone } from '../catalog/zone.ts'
import type { Queryable } from '../db/database.ts'
import { beyondScope } from '../db/scope.ts'
import { unpack } from '../marc/packed.ts'
import type { PublishToOclc } from '../rules/bib-state.ts'
import type { FieldDiff } from '../rules/diff.ts'

/** An institution with a bib that is linked to the one that is to change. */
export type ImpactedInstitution = {
  readonly zone: string
  readonly name: string
  /** Its linked bib. */
  readonly mmsId: string
  readonly suppressed: boolean
  readonly publishToOclc: PublishToOclc
  readonly lock: { readonly holder: string; readonly since: string } | null
  /** Tags of its local fields, each once, in order. */
  readonly localTags: readonly string[]
  readonly holdings: number
  readonly items: number
  readonly portfolios: number
}

/** Whom a change of a bib would reach: those whose bibs are linked to it see it in the same moment. */
export type Impact = {
  readonly zone: string
  readonly mmsId: string
  readonly version: number
  readonly suppressed: boolean
  readonly publishToOclc: PublishToOclc
  readonly lock: Pick<HeldLock, 'holder' | 'since'> | null
  readonly institutions: readonly ImpactedInstitution[]
  /** Of the institutions, those that have holdings, items or portfolios of it. */
  readonly withInventory: number
}

/** The impact of a change of a bib; nothing where the zone has no such bib. */
export async function findImpact(db: Queryable, zone: Zone, mmsId: string): Promise<Impact | null> {
  const [bib] = await db.query<Pick<Impact, 'mmsId' | 'version' | 'suppressed' | 'publishToOclc'>>(
    `select mms_id as "mmsId", version, suppressed, publish_to_oclc as "publishToOclc"
     from bib where zone_id = $1 and mms_id = $2`,
    [zone.zoneId, mmsId],
  )
  if (!bib) return null
  // Of all institutions, whoever asks.
  const rows = await beyondScope(() =>
    db.query<Omit<ImpactedInstitution, 'localTags'> & { readonly record: string }>(
      `select z.code as zone, z.name, b.mms_id as "mmsId", b.suppressed, b.publish_to_oclc as "publishToOclc", b.record,
            (select json_build_object('holder', l.holder, 'since', l.since) from bib_lock l
             where l.zone_id = b.zone_id and l.mms_id = b.mms_id and l.seen_at > now() - ${lockLife}) as lock,
            (select count(*) from holdings h where h.zone_id = b.zone_id and h.mms_id = b.mms_id)::int as holdings,
            (select count(*) from item i where i.zone_id = b.zone_id and i.mms_id = b.mms_id)::int as items,
            (select count(*) from portfolio p where p.zone_id = b.zone_id and p.mms_id = b.mms_id)::int as portfolios
     from bib b join zone z using (zone_id)
     where b.linked_mms_id = $1
     order by z.zone_id, b.mms_id`,
      [mmsId],
    ),
  )
  const lock = await findLock(db, zone.zoneId, mmsId)
  const institutions = rows.map(({ record, ...row }) => ({
    ...row,
    localTags: [...new Set(unpack(record).fields.map(({ tag }) => tag))].toSorted(),
  }))
  return {
    ...bib,
    zone: zone.code,
    lock: lock ? { holder: lock.holder, since: lock.since } : null,
    institutions,
    withInventory: institutions.filter(({ holdings, items, portfolios }) => holdings + items + portfolios > 0)
      .length,
  }
}

/** An institution that has local fields of tags that a change touches: they stand beside what is new. */
export type MetFields = { readonly zone: string; readonly tags: readonly string[] }

export function fieldsMet({ institutions }: Impact, diff: readonly FieldDiff[]): MetFields[] {
  const touched = new Set(diff.flatMap(({ change, tag }) => (change === 'same' ? [] : [tag])))
  return institutions.flatMap(({ zone, localTags }) => {
    const tags = localTags.filter((tag) => touched.has(tag))
    return tags.length === 0 ? [] : [{ zone, tags }]
  })
}
