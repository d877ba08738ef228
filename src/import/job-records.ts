import { type Tags, tagsColumn } from '../catalog/bib-tags.ts'
import type { Queryable } from '../db/database.ts'
import { unpack } from '../marc/packed.ts'
import type { Repair } from '../marc/frame.ts'
import type { MarcRecord } from '../marc/record.ts'
import { diffRecords, type FieldDiff } from '../rules/diff.ts'
import { displayTitle } from '../rules/display-title.ts'
import { type Code, codeRemedies, codeSentences, type Outcome } from '../rules/outcome.ts'
import type { InventoryStep } from '../rules/inventory/plan-inventory.ts'
import type { Trace } from '../rules/trace.ts'
import { listCombined, type ShownCombined } from './combined-bibs.ts'
import { listInventorySteps } from './inventory-ledger.ts'
import { isDry, type JobRow, getJobRow } from './job-row.ts'
import { readRecord } from './original-records.ts'
import { filtered, filterValues, type RecordFilter, type RecordPlace } from './record-filter.ts'
import { ImportRefusal } from './refusal.ts'

/** One record of a job: a row of its ledger. */
export type JobRecord = {
  readonly file: number
  readonly position: number
  readonly offset: number
  readonly length: number
  readonly outcome: Outcome
  readonly code: Code | null
  readonly sentence: string | null
  readonly remedy: string | null
  /** Of a preview's new bib, nothing. */
  readonly mmsId: string | null
  /** The bib of the institution that was to be linked to it, of a job over a list of bibs. */
  readonly ours: string | null
  /** Of both as they are now (D18); nothing where there is no such bib. */
  readonly tags: Tags | null
  readonly oursTags: Tags | null
  readonly title: string
  readonly matched: number
  readonly duplicateInFile: boolean
  readonly repairs: readonly string[]
  readonly versionBefore: number | null
  readonly versionAfter: number | null
  readonly issue: { readonly id: number; readonly resolution: string | null } | null
}

export type WholeJobRecord = Omit<JobRecord, 'repairs'> & {
  readonly repairs: readonly Repair[]
  readonly trace: Trace | null
  readonly incoming: MarcRecord | null
  readonly before: MarcRecord | null
  readonly after: MarcRecord | null
  readonly diff: readonly FieldDiff[]
  /** What became of other bibs, which were combined into its bib. */
  readonly combined: readonly ShownCombined[]
  /** What became of the inventory that it asked for. */
  readonly inventory: readonly InventoryStep[]
}

type Row = Omit<JobRecord, 'sentence' | 'remedy' | 'issue'> & {
  /** The last version of a bib that is no more. */
  readonly lastRecord: string | null
  readonly issue: number | null
  readonly resolution: string | null
}

const ours = `coalesce(r.linked_mms_id, r.trace -> 'ours' ->> 'mmsId')`

const select = `
  select r.file_no as file, r.position, r.byte_offset as "offset", r.byte_length as length, r.outcome, r.code,
    case when r.mms_id not like 'new:%' then r.mms_id end as "mmsId",
    case when j.link is not null then ${ours} end as ours,
    ${tagsColumn('j.bib_zone_id', 'r.mms_id')} as tags,
    case when j.link is not null then ${tagsColumn('j.zone_id', ours)} end as "oursTags",
    coalesce(r.title, s.title, '') as title,
    case when r.title is null and s.title is null then (
      select v.record from bib_version v
      where v.zone_id = j.bib_zone_id and v.mms_id = r.mms_id and v.record is not null
      order by v.version desc limit 1) end as "lastRecord", r.matched, r.duplicate_in_file as "duplicateInFile",
    coalesce(r.repairs, '{}') as repairs, r.version_before as "versionBefore", r.version_after as "versionAfter",
    i.issue_id as issue, i.resolution
  from import_record r
  join import_job j on j.job_id = r.job_id
  left join bib_search s on s.zone_id = j.bib_zone_id and s.mms_id = r.mms_id
  left join import_issue i on i.job_id = r.job_id and i.file_no = r.file_no and i.position = r.position`

/** Records of a job in the order of its files, after a place. @throws {ImportRefusal} where there is no such job */
export async function listRecords(
  db: Queryable,
  job: number,
  { after, limit, ...filter }: RecordFilter & { readonly after?: RecordPlace; readonly limit: number },
): Promise<JobRecord[]> {
  await getJobRow(db, job)
  const rows = await db.query<Row>(
    `${select} ${filtered} and (r.file_no, r.position) > ($8::int, $9::int)
     order by r.file_no, r.position limit $10`,
    [...filterValues(job, filter), after?.file ?? -1, after?.position ?? -1, limit],
  )
  return rows.map(recordOf)
}

function recordOf({ issue, resolution, lastRecord, ...row }: Row): JobRecord {
  return {
    ...row,
    title: lastRecord === null ? row.title : displayTitle(unpack(lastRecord)),
    sentence: row.code === null ? null : codeSentences[row.code],
    remedy: row.code === null ? null : codeRemedies[row.code],
    issue: issue === null ? null : { id: issue, resolution },
  }
}

/** A record with its trace, its repairs and what it changes. @throws {ImportRefusal} where the job has no such record */
export async function getRecord(
  db: Queryable,
  dataDir: string,
  job: number,
  { file, position }: RecordPlace,
): Promise<WholeJobRecord> {
  const run = await getJobRow(db, job)
  const [row] = await db.query<Row & { trace: Trace | null }>(
    `${select.replace('select', 'select r.trace,')} ${filtered}`,
    filterValues(job, { file, position }),
  )
  if (!row)
    throw new ImportRefusal(
      'missing',
      'NO_SUCH_RECORD',
      `Job ${job} has no record ${position} in file ${file}, or has not come to it yet.`,
      'List the records of the job.',
    )
  const { trace, ...listed } = row
  const combined = await listCombined(db, run.jobId, { file, position })
  const original =
    run.link === null
      ? await readRecord(db, dataDir, run, { file, position })
      : { record: await oursOf(db, run, trace, combined), repairs: [] }
  const { before, after } = await imagesOf(db, run, row)
  return {
    ...recordOf(listed),
    repairs: original.repairs,
    trace,
    incoming: original.record,
    before,
    after,
    diff: before !== null && after !== null ? diffRecords(before, after) : [],
    combined,
    inventory: await listInventorySteps(db, run.jobId, { file, position }),
  }
}

/** The bib of the institution that was to be linked, as it was looked at. */
async function oursOf(
  db: Queryable,
  { zoneId }: JobRow,
  trace: Trace | null,
  combined: readonly ShownCombined[],
): Promise<MarcRecord | null> {
  const linked = combined.find(({ became }) => became === 'linked')
  const ours = linked ? { mmsId: linked.mmsId, version: linked.versionBefore } : trace?.ours
  if (!ours) return null
  const [bib] = await db.query<{ record: string | null }>(
    `select record from bib where zone_id = $1 and mms_id = $2 and version = $3
     union all
     select record from bib_version where zone_id = $1 and mms_id = $2 and version = $3`,
    [zoneId, ours.mmsId, ours.version],
  )
  return bib?.record == null ? null : unpack(bib.record)
}

/** The bib before and after, as the preview planned it or as the catalogue has kept it. */
async function imagesOf(
  db: Queryable,
  { jobId, kind, bibZoneId }: JobRow,
  { file, position, mmsId, outcome, versionBefore, versionAfter }: Row,
): Promise<{ before: MarcRecord | null; after: MarcRecord | null }> {
  const image = (text: string | null | undefined) =>
    text === null || text === undefined ? null : unpack(text)
  if (isDry(kind)) {
    const [planned] = await db.query<{ before: string | null; after: string | null }>(
      `select before, after from preview_record where job_id = $1 and file_no = $2 and position = $3`,
      [jobId, file, position],
    )
    return { before: image(planned?.before), after: image(planned?.after) }
  }
  if (mmsId === null || outcome === 'unchanged' || outcome === 'not_imported')
    return { before: null, after: null }
  const versions = await db.query<{ version: number; record: string | null }>(
    `select version, record from bib_version where zone_id = $1 and mms_id = $2 and version in ($3, $4)
     union all
     select version, record from bib where zone_id = $1 and mms_id = $2 and version in ($3, $4)`,
    [bibZoneId, mmsId, versionBefore ?? 0, versionAfter ?? 0],
  )
  const texts = new Map(versions.map(({ version, record }) => [version, record]))
  return { before: image(texts.get(versionBefore ?? 0)), after: image(texts.get(versionAfter ?? 0)) }
}
