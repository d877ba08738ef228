import type { Database, Queryable } from '../db/database.ts'
import { unpack } from '../marc/packed.ts'
import type { MarcRecord } from '../marc/record.ts'
import type { BibAction, PublishToOclc } from '../rules/bib-state.ts'
import { linkedRecord } from './linked-record.ts'
import type { Zone } from './zone.ts'

/** A bib as it is shown: of a linked one, the network's record with the local fields in it. */
export type BibPage = {
  readonly mmsId: string
  readonly version: number
  readonly record: MarcRecord
  /** Places in `record.fields` of what is a linked bib's own: its local fields. */
  readonly local: readonly number[]
  readonly briefLevel: number
  readonly suppressed: boolean
  readonly publishToOclc: PublishToOclc
  readonly originatingSystem: string
  readonly linkedMmsId: string | null
  readonly changedAt: string
  readonly changedBy: string | null
  readonly job: number | null
}

type BibRow = Omit<BibPage, 'record' | 'local'> & {
  readonly record: string
  readonly linkedRecord: string | null
}

const stateColumns = `version, brief_level as "briefLevel", suppressed, publish_to_oclc as "publishToOclc",
  originating_system as "originatingSystem", changed_at as "changedAt", changed_by as "changedBy", job_id as job`

const pageColumns = `b.mms_id as "mmsId", ${stateColumns}, linked_mms_id as "linkedMmsId", record,
  (select n.record from zone z join bib n on n.zone_id = z.zone_id and n.mms_id = b.linked_mms_id
   where z.suffix = right(b.linked_mms_id, 4)) as "linkedRecord"`

/** The bibs of a zone by number, in the order of the numbers given; those that are not there are left out. */
export async function findBibPages(db: Queryable, zone: Zone, mmsIds: readonly string[]): Promise<BibPage[]> {
  const rows = await db.query<BibRow>(
    `select ${pageColumns} from bib b where b.zone_id = $1 and b.mms_id = any($2::text[])`,
    [zone.zoneId, mmsIds],
  )
  const found = new Map(rows.map((row) => [row.mmsId, row]))
  return mmsIds.flatMap((mmsId) => {
    const row = found.get(mmsId)
    return row === undefined ? [] : [pageOf(row)]
  })
}

/** All bibs of a zone in the order of their numbers, of one moment; in batches, so that memory stays flat. */
export async function* streamBibPages(db: Database, zone: Zone): AsyncGenerator<BibPage[]> {
  const rows = db.stream<BibRow>(
    `select ${pageColumns} from bib b where b.zone_id = $1 order by b.mms_id`,
    [zone.zoneId],
    250,
  )
  for await (const batch of rows) yield batch.map(pageOf)
}

function pageOf({ linkedRecord: network, record, ...bib }: BibRow): BibPage {
  const own = unpack(record)
  if (network === null) return { ...bib, record: own, local: [] }
  const whole = linkedRecord(unpack(network), own, bib.mmsId)
  const isLocal = new Set(own.fields)
  return {
    ...bib,
    record: whole,
    local: whole.fields.flatMap((field, place) => (isLocal.has(field) ? [place] : [])),
  }
}

/** A step in the life of a bib; of a linked one, of its leader and local fields alone. */
export type BibVersionRow = {
  readonly version: number
  readonly action: BibAction
  readonly current: boolean
  /** Nothing where the step was the deletion. */
  readonly record: MarcRecord | null
  readonly briefLevel: number
  readonly suppressed: boolean
  readonly publishToOclc: PublishToOclc
  readonly originatingSystem: string
  readonly changedAt: string
  readonly changedBy: string | null
  readonly job: number | null
  readonly file: number | null
  readonly position: number | null
}

/** Versions below `below`, newest first; a deleted bib has its past only. */
export async function listBibVersions(
  db: Queryable,
  zone: Zone,
  mmsId: string,
  { below = 2_147_483_647, limit }: { readonly below?: number; readonly limit: number },
): Promise<BibVersionRow[]> {
  const columns = `${stateColumns}, action, record, file_no as file, position`
  const rows = await db.query<Omit<BibVersionRow, 'record'> & { readonly record: string | null }>(
    `select ${columns}, true as current from bib where zone_id = $1 and mms_id = $2 and version < $3
     union all
     select ${columns}, false as current from bib_version where zone_id = $1 and mms_id = $2 and version < $3
     order by version desc limit $4`,
    [zone.zoneId, mmsId, below, limit],
  )
  return rows.map((row) => ({ ...row, record: row.record === null ? null : unpack(row.record) }))
}
