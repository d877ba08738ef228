import { type Tags, tagsColumn } from '../catalog/bib-tags.ts'
import { getZone, getZoneById } from '../catalog/zone.ts'
import type { Database, Queryable } from '../db/database.ts'
import { findImpact, type Impact } from '../inventory/impact.ts'
import { unpack } from '../marc/packed.ts'
import type { MarcRecord } from '../marc/record.ts'
import { compiledProfile } from '../rules/compiled-profile.ts'
import { displayTitle } from '../rules/display-title.ts'
import type { RunProfile } from '../rules/import-profile.ts'
import { attempt, recordBudget, RuleFailure } from '../rules/normalize/budget.ts'
import { normalize } from '../rules/normalize/normalize.ts'
import { type Code, codeRemedies, codeSentences } from '../rules/outcome.ts'
import type { Trace } from '../rules/trace.ts'
import { getExport } from './gateway-export.ts'
import { findIntegrationProfile } from './integration-profile.ts'
import { getJobRow } from './job-row.ts'
import { readRecord } from './original-records.ts'
import type { RecordPlace } from './record-filter.ts'
import { ImportRefusal } from './refusal.ts'
import { resolveProfile } from './resolve-profile.ts'

export type Resolution = 'merge' | 'overlay' | 'create' | 'combine' | 'discard'

/** A record that a person must settle, or has. */
export type Issue = {
  readonly id: number
  readonly zone: string
  /** Where the record is: in a file of a job, or an export of the gateway; of the other there is nothing. */
  readonly job: number | null
  readonly file: number | null
  readonly position: number | null
  readonly export: number | null
  readonly outcome: string
  readonly code: Code
  readonly sentence: string
  readonly remedy: string | null
  readonly title: string
  readonly candidates: readonly string[]
  readonly openedAt: string
  readonly resolvedAt: string | null
  readonly resolvedBy: string | null
  /** `exported`: the record was exported again, and then imported. */
  readonly resolution: Resolution | 'undone' | 'exported' | null
  /** The bib that it became. */
  readonly mmsId: string | null
}

export type WholeIssue = Issue & {
  /** Where the candidates are. */
  readonly bibZone: string
  /** Of the bib that it became, as it is now (D18). */
  readonly tags: Tags | null
  readonly trace: Trace | null
  readonly incoming: MarcRecord | null
  /** The record as the profile normalises it: what would be merged, and is to be compared. */
  readonly prepared: MarcRecord | null
  readonly candidateBibs: readonly {
    readonly mmsId: string
    readonly title: string
    readonly version: number
    readonly record: MarcRecord
    /** Whom a change of it would reach, and whether it is suppressed, unpublished or open to somebody. */
    readonly impact: Impact
  }[]
}

export type IssueFilter = {
  /** Only those of these zones; all where nothing is said. */
  readonly zones?: readonly string[]
  readonly zone?: string
  readonly job?: number
  readonly code?: string
  readonly open: boolean
  /** Issues with a higher number alone. */
  readonly after?: number
  readonly limit: number
}

type Row = Omit<Issue, 'sentence' | 'remedy'>

const select = `
  select i.issue_id as id, z.code as zone, i.job_id as job, i.file_no as file, i.position, i.export_id as export,
    i.outcome, i.code, coalesce(r.title, e.title, '') as title, coalesce(i.candidates, '{}') as candidates, i.opened_at as "openedAt",
    i.resolved_at as "resolvedAt", i.resolved_by as "resolvedBy", i.resolution, i.mms_id as "mmsId"
  from import_issue i
  join zone z on z.zone_id = i.zone_id
  left join import_record r on r.job_id = i.job_id and r.file_no = i.file_no and r.position = i.position
  left join gateway_export e on e.export_id = i.export_id`

/** Issues, the oldest first. */
export async function listIssues(
  db: Queryable,
  { zones, zone, job, code, open, after, limit }: IssueFilter,
): Promise<Issue[]> {
  const rows = await db.query<Row>(
    `${select}
     where (i.resolved_at is null) = $1 and ($2::text is null or z.code = $2) and ($3::bigint is null or i.job_id = $3)
       and ($4::text is null or i.code = $4) and i.issue_id > $5
       and ($7::text[] is null or z.code = any($7))
     order by i.issue_id limit $6`,
    [open, zone ?? null, job ?? null, code ?? null, after ?? 0, limit, zones ?? null],
  )
  return rows.map(issueOf)
}

const issueOf = (row: Row): Issue => ({
  ...row,
  sentence: codeSentences[row.code],
  remedy: codeRemedies[row.code],
})

export const noSuchIssue = (id: number | string): ImportRefusal =>
  new ImportRefusal('missing', 'NO_SUCH_ISSUE', `There is no issue ${id}.`, 'List the open issues.')

/** Zone of the bibs that an issue is about, in SQL. */
const bibZoneOf = `coalesce(e.bib_zone_id, (select j.bib_zone_id from import_job j where j.job_id = i.job_id))`

/** An issue with its record and the bibs that it may be. @throws {ImportRefusal} where there is no such issue */
export async function getIssue(db: Database, dataDir: string, id: number): Promise<WholeIssue> {
  const [row] = await db.query<Row & Pick<WholeIssue, 'trace' | 'tags'> & { bibZoneId: number }>(
    `${select.replace(
      'select',
      `select coalesce(r.trace, e.trace) as trace, ${bibZoneOf} as "bibZoneId",
         ${tagsColumn(bibZoneOf, 'i.mms_id')} as tags,`,
    )}
     where i.issue_id = $1`,
    [id],
  )
  if (!row) throw noSuchIssue(id)
  const { bibZoneId, trace, tags, ...issue } = row
  const bibZone = await getZoneById(db, bibZoneId)
  const { record, profile } = await readIncoming(db, dataDir, issue)
  const bibs = await db.query<{ mmsId: string; version: number; record: string }>(
    `select b.mms_id as "mmsId", b.version, coalesce(n.record, b.record) as record
     from bib b
     left join zone z on z.suffix = right(b.linked_mms_id, 4)
     left join bib n on n.zone_id = z.zone_id and n.mms_id = b.linked_mms_id
     where b.zone_id = $1 and b.mms_id = any($2::text[]) order by b.mms_id`,
    [bibZoneId, issue.candidates],
  )
  const candidateBibs: WholeIssue['candidateBibs'][number][] = []
  for (const { record: packed, ...bib } of bibs) {
    const content = unpack(packed)
    const impact = await findImpact(db, bibZone, bib.mmsId)
    // One that has gone in this moment is a candidate no more.
    if (impact) candidateBibs.push({ ...bib, title: displayTitle(content), record: content, impact })
  }
  return {
    ...issueOf(issue),
    bibZone: bibZone.code,
    tags,
    trace,
    incoming: record,
    prepared: record && profile ? normalized(record, profile) : record,
    candidateBibs,
  }
}

/** The record of an issue as it is read, nothing where its bytes are none, and the rules that it would go by. */
async function readIncoming(
  db: Database,
  dataDir: string,
  issue: Pick<Issue, 'id' | 'job' | 'file' | 'position' | 'export' | 'zone'>,
): Promise<{ readonly record: MarcRecord | null; readonly profile: RunProfile | null }> {
  if (issue.export !== null) {
    const { incoming } = await getExport(db, issue.export)
    const zone = await getZone(db, issue.zone)
    const integration = await findIntegrationProfile(db, zone)
    // One that is not active may name what is no more there.
    const runs = integration?.profile.active === true
    return { record: incoming, profile: runs ? await resolveProfile(db, zone, integration.profile) : null }
  }
  const { job: number, ...place } = placeOf(issue)
  const job = await getJobRow(db, number)
  const { record } = await readRecord(db, dataDir, job, place)
  return { record, profile: job.profile }
}

/** Steps that rules may take while somebody waits for the page: some hundredths of a second. */
const patience = 5_000_000

/** The record as the profile's steps leave it; as it is read, where a rule breaks on it. */
function normalized(record: MarcRecord, profile: RunProfile): MarcRecord {
  const { normalizeRules } = compiledProfile(profile)
  const budget = recordBudget({ steps: patience })
  const done = attempt(() => normalize(record, profile.normalize, normalizeRules, budget).record)
  return done instanceof RuleFailure ? record : done
}

/** Where in which job the record of an issue is, of one that is of a job. */
export function placeOf({
  id,
  job,
  file,
  position,
}: Pick<Issue, 'id' | 'job' | 'file' | 'position'>): RecordPlace & { readonly job: number } {
  if (job === null || file === null || position === null) throw new Error(`issue ${id} is of no job`)
  return { job, file, position }
}
