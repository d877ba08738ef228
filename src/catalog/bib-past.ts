import type { Queryable } from '../db/database.ts'
import type { BibState } from '../rules/bib-state.ts'

/*
 * What bibs were. Of a version that is past there is neither a lock nor anything that hangs on it.
 */

const columns = `mms_id as "mmsId", version, coalesce(record, '') as record, brief_level as "briefLevel", carrier, suppressed, publish_to_oclc as "publishToOclc",
  originating_system as "originatingSystem", originating_number as "originatingNumber", originating_version as "originatingVersion",
  linked_mms_id as "linkedMmsId", source_hash as "sourceHash", passed, job_id::text as "jobId", false as "linkedToCommunity", null as lock, array[]::text[] as hangs`

/** Superseded versions of bibs of a zone; that of a deletion has an empty record. */
export const findVersions = (
  db: Queryable,
  zoneId: number,
  wanted: readonly { readonly mmsId: string; readonly version: number }[],
): Promise<BibState[]> =>
  db.query<BibState>(
    `select ${columns} from bib_version
     where zone_id = $1 and (mms_id, version) in (select * from unnest($2::text[], $3::int[]))`,
    [zoneId, wanted.map(({ mmsId }) => mmsId), wanted.map(({ version }) => version)],
  )

/** A bib in any of its versions, the present one among them; nothing where it has no such version. */
export async function findBibVersion(
  db: Queryable,
  zoneId: number,
  mmsId: string,
  version: number,
): Promise<BibState | null> {
  const [bib] = await db.query<BibState>(
    `select ${columns} from bib where zone_id = $1 and mms_id = $2 and version = $3
     union all
     select ${columns} from bib_version where zone_id = $1 and mms_id = $2 and version = $3`,
    [zoneId, mmsId, version],
  )
  return bib ?? null
}

/** The last version that each bib has ever had, a deletion included. */
export const findLastVersions = (
  db: Queryable,
  zoneId: number,
  mmsIds: readonly string[],
): Promise<{ readonly mmsId: string; readonly version: number }[]> =>
  db.query(
    `select mms_id as "mmsId", max(version) as version
     from (
       select mms_id, version from bib where zone_id = $1 and mms_id = any($2::text[])
       union all
       select mms_id, version from bib_version where zone_id = $1 and mms_id = any($2::text[])) versions
     group by mms_id`,
    [zoneId, mmsIds],
  )
