import type { Database, Queryable } from '../db/database.ts'
import type { ShareAs } from './link-settings.ts'
import { getJob, type Job, type OutcomeCounts, outcomeCounts } from './job.ts'
import { getJobRow } from './job-row.ts'
import { permissions } from './permissions.ts'
import { countDifferences, type ReplayCounts } from './replay-report.ts'
import { addTallies, type Tally } from './tally.ts'
import type { ImportRefusal } from './refusal.ts'

export type JobFile = {
  readonly file: number
  readonly name: string
  readonly entry: string | null
  readonly sha256: string
  readonly format: string | null
  readonly bytes: number | null
  readonly records: number | null
  readonly junkBytes: number | null
  readonly notMarc: string | null
}

export type JobPart = {
  readonly file: number
  readonly part: number
  readonly first: number
  readonly last: number
  readonly done: number
}

export type InventoryCounts = {
  readonly holdings: number
  readonly items: number
  readonly portfolios: number
  /** Of what was there. */
  readonly changed: number
  readonly removed: number
  readonly problems: number
}

export type Permission = { readonly allowed: boolean; readonly why: string | null }

/** What an undo did with the records that it took back; `nothing` are those whose bib it left as it was. */
export type UndoCounts = {
  readonly removed: number
  readonly restored: number
  readonly merged: number
  readonly gone: number
  readonly conflict: number
  readonly nothing: number
}

/** Each bib of a list is counted once; those contributed as new are among the linked. */
export type LinkCounts = {
  /** Whether bibs without a match were to be contributed. */
  readonly contribute: boolean
  /** What a person had decided, where one shared one bib. */
  readonly as: ShareAs | null
  readonly linked: number
  readonly contributed: number
  readonly multiMatched: number
  readonly alreadyLinked: number
  readonly refused: number
}

/** A job and its report (D6): every number is a count over its ledger. */
export type JobReport = Job & {
  readonly codes: Readonly<Record<string, number>>
  readonly matched: number
  readonly imported: number
  readonly discarded: number
  readonly headings: number
  readonly duplicatesInFile: number
  /** Bibs that became part of another. */
  readonly combined: number
  /** Holdings, items and portfolios that it made, and the records of whose inventory something was wrong. */
  readonly inventory: InventoryCounts
  readonly repairs: Readonly<Record<string, number>>
  readonly atImport: OutcomeCounts
  /** With what people have settled since. */
  readonly now: OutcomeCounts & { readonly resolved: number }
  readonly undo: UndoCounts | null
  /** Of a job over a list of bibs: what became of them. */
  readonly link: LinkCounts | null
  /** Of a replay: what came out otherwise than in its job. */
  readonly replay: ReplayCounts | null
  readonly fileList: readonly JobFile[]
  readonly partList: readonly JobPart[]
  readonly canCommit: Permission
  readonly canUndo: Permission
  readonly canCancel: Permission
  readonly canResume: Permission
  readonly canReplay: Permission
  /** Imported records whose bib is still there; nothing while the job runs, or where there are too many to look. */
  readonly stillExist: number | null
}

/** Imported records beyond which their bibs are not looked for one by one. */
const mostLookedFor = 200_000

/** @throws {ImportRefusal} where there is no such job */
export async function getReport(db: Database, job: number): Promise<JobReport> {
  const shown = await getJob(db, job)
  const tally = await tallyOf(db, job)
  const may = await permissions(db, job)
  const atImport = outcomeCounts(tally)
  const imported = atImport.created + atImport.merged + atImport.overlaid + atImport.unchanged
  return {
    ...shown,
    codes: codesOf(tally),
    matched: tally['#matched'] ?? 0,
    imported,
    discarded: atImport.filtered + atImport.not_imported + atImport.rejected,
    headings: tally['#headings'] ?? 0,
    duplicatesInFile: tally['#duplicates'] ?? 0,
    combined: tally['#combined'] ?? 0,
    inventory: {
      holdings: tally['#holdings'] ?? 0,
      items: tally['#items'] ?? 0,
      portfolios: tally['#portfolios'] ?? 0,
      changed: tally['#inventory-changed'] ?? 0,
      removed: tally['#inventory-removed'] ?? 0,
      problems: tally['#inventory-problems'] ?? 0,
    },
    repairs: withPrefix(tally, '#repair:'),
    atImport,
    now: await countNow(db, job, atImport),
    undo: shown.kind === 'undo' ? await countUndone(db, job) : null,
    link: await countLinks(db, job, tally),
    replay:
      shown.kind === 'replay' && shown.ofJob !== null ? await countDifferences(db, job, shown.ofJob) : null,
    fileList: await listFiles(db, job),
    partList: await listParts(db, job),
    canCommit: permission(may.canCommit),
    canUndo: permission(may.canUndo),
    canCancel: permission(may.canCancel),
    canResume: permission(may.canResume),
    canReplay: permission(may.canReplay),
    stillExist: imported > mostLookedFor || shown.finishedAt === null ? null : await countExisting(db, job),
  }
}

async function countLinks(db: Queryable, job: number, tally: Tally): Promise<LinkCounts | null> {
  const { link } = await getJobRow(db, job)
  if (link === null) return null
  const outcomes = outcomeCounts(tally)
  const codes = codesOf(tally)
  const all = Object.values(outcomes).reduce((sum, count) => sum + count, 0)
  const contributed = outcomes.created
  const linked = contributed + outcomes.merged + outcomes.overlaid + outcomes.unchanged
  const multiMatched = (codes['MULTI_MATCH'] ?? 0) + (codes['MATCH_UNSURE'] ?? 0)
  const alreadyLinked = codes['ALREADY_LINKED'] ?? 0
  return {
    contribute: link.contribute,
    as: link.decided?.as ?? null,
    linked,
    contributed,
    multiMatched,
    alreadyLinked,
    refused: all - linked - multiMatched - alreadyLinked,
  }
}

const permission = (no: ImportRefusal | null): Permission =>
  no === null ? { allowed: true, why: null } : { allowed: false, why: `${no.message} ${no.remedy}` }

async function tallyOf(db: Queryable, job: number): Promise<Tally> {
  const parts = await db.query<{ tally: Tally }>(`select tally from import_part where job_id = $1`, [job])
  return addTallies(parts.map(({ tally }) => tally))
}

/** Codes whatever their outcome, the most frequent first. */
function codesOf(tally: Tally): Record<string, number> {
  const counts = new Map<string, number>()
  for (const [key, count] of Object.entries(tally)) {
    const code = /^[a-z_]+:(.+)$/.exec(key)?.[1]
    if (code !== undefined) counts.set(code, (counts.get(code) ?? 0) + count)
  }
  return inOrder([...counts])
}

const withPrefix = (tally: Tally, prefix: string) =>
  inOrder(
    Object.entries(tally).flatMap(([key, count]): [string, number][] =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), count]] : [],
    ),
  )

const inOrder = (counts: [string, number][]) =>
  Object.fromEntries(
    counts.toSorted(([one, some], [other, others]) => others - some || (one < other ? -1 : 1)),
  )

const settledAs = {
  merge: 'merged',
  overlay: 'overlaid',
  create: 'created',
  combine: 'merged',
  discard: 'not_imported',
} as const

/** The outcomes with each settled issue counted as what it was settled as. */
async function countNow(db: Queryable, job: number, atImport: OutcomeCounts) {
  const settled = await db.query<{
    outcome: keyof OutcomeCounts
    resolution: keyof typeof settledAs
    n: number
  }>(
    `select outcome, resolution, count(*) as n from import_issue
     where job_id = $1 and resolution in ('merge', 'overlay', 'create', 'combine', 'discard') group by outcome, resolution`,
    [job],
  )
  const now = { ...atImport, resolved: 0 }
  for (const { outcome, resolution, n } of settled) {
    now[outcome] -= n
    now[settledAs[resolution]] += n
    now.resolved += n
  }
  return now
}

async function countUndone(db: Queryable, job: number): Promise<UndoCounts> {
  const rows = await db.query<{ result: keyof UndoCounts; n: number }>(
    `select result, count(*) as n from undo_record where job_id = $1 group by result`,
    [job],
  )
  const counts = { removed: 0, restored: 0, merged: 0, gone: 0, conflict: 0, nothing: 0 }
  for (const { result, n } of rows) counts[result] = n
  return counts
}

const listFiles = (db: Queryable, job: number): Promise<JobFile[]> =>
  db.query<JobFile>(
    `select file_no as file, name, entry, sha256, format, bytes, records, junk_bytes as "junkBytes", not_marc as "notMarc"
     from import_file where job_id = $1 order by file_no`,
    [job],
  )

const listParts = (db: Queryable, job: number): Promise<JobPart[]> =>
  db.query<JobPart>(
    `select file_no as file, part_no as part, first_position as first, last_position as last,
            done_position - first_position + 1 as done
     from import_part where job_id = $1 order by file_no, part_no`,
    [job],
  )

async function countExisting(db: Queryable, job: number): Promise<number> {
  // Not joined with the job: under its policy the planner would take the bibs for one, and go through them all for each record.
  const { bibZoneId } = await getJobRow(db, job)
  const [row] = await db.query<{ n: number }>(
    `select count(*) as n from import_record r
     where r.job_id = $1 and r.outcome in ('created', 'merged', 'overlaid', 'unchanged')
       and exists (select from bib b where b.zone_id = $2 and b.mms_id = r.mms_id)`,
    [job, bibZoneId],
  )
  return row?.n ?? 0
}

export type JobEvent = {
  readonly at: string
  readonly level: 'note' | 'warning' | 'error'
  readonly code: string
  readonly message: string
}

/** What happened to a job, in its order. @throws {ImportRefusal} where there is no such job */
export async function listEvents(db: Queryable, job: number): Promise<JobEvent[]> {
  await getJob(db, job)
  return db.query<JobEvent>(
    `select at, level, code, message from import_event where job_id = $1 order by event_id`,
    [job],
  )
}

/** A record that an undo left as it was, and why. */
export type UndoConflict = {
  readonly file: number
  readonly position: number
  readonly mmsId: string
  readonly conflicts: readonly string[]
}

/** Conflicts of an undo in the order of the files, after a place. */
export const listConflicts = (
  db: Queryable,
  job: number,
  {
    after,
    limit,
  }: { readonly after?: { readonly file: number; readonly position: number }; readonly limit: number },
): Promise<UndoConflict[]> =>
  db.query<UndoConflict>(
    `select file_no as file, position, mms_id as "mmsId", coalesce(conflict, '[]') as conflicts
     from undo_record where job_id = $1 and (result = 'conflict' or conflict is not null)
       and (file_no, position) > ($2::int, $3::int)
     order by file_no, position limit $4`,
    [job, after?.file ?? -1, after?.position ?? -1, limit],
  )
