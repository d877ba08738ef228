import { type Static, Type } from 'typebox'
import { ProfileCode } from './profile.ts'
import { ReplayCounts } from './replay.ts'
import { ShareAs } from './share-as.ts'
import { closed, Count, Cursor, Limit, list, nullable, page, RowId, Sha256, Time, ZoneCode } from './shape.ts'

export const JobKind = Type.Enum(['import', 'preview', 'commit', 'undo', 'replay', 'link'])
export type JobKind = Static<typeof JobKind>

export const JobStatus = Type.Enum(['pending', 'running', 'paused', 'completed', 'cancelled', 'failed'])
export type JobStatus = Static<typeof JobStatus>

const outcomeCounts = {
  created: Count,
  merged: Count,
  overlaid: Count,
  unchanged: Count,
  deleted: Count,
  not_imported: Count,
  filtered: Count,
  unresolved: Count,
  rejected: Count,
}

export const OutcomeCounts = Type.Object(outcomeCounts, { ...closed, title: 'OutcomeCounts' })
export type OutcomeCounts = Static<typeof OutcomeCounts>

const job = {
  job: RowId,
  kind: JobKind,
  ofJob: nullable(RowId),
  linksBibs: Type.Boolean({
    description: 'Whether it links bibs to those of the network: such a job, its dry run, and its commit.',
  }),
  zone: ZoneCode,
  bibZone: ZoneCode,
  profile: nullable(ProfileCode),
  profileName: nullable(Type.String()),
  label: nullable(Type.String()),
  notes: nullable(Type.String()),
  status: JobStatus,
  reason: nullable(Type.String({ description: 'Why it is paused or has failed.' })),
  waitingFor: nullable(Type.String({ description: 'What a pending or paused job waits for.' })),
  submittedAt: Time,
  submittedBy: nullable(Type.String()),
  startedAt: nullable(Time),
  finishedAt: nullable(Time),
  seconds: nullable(Type.Number({ minimum: 0 })),
  files: Count,
  parts: Count,
  records: nullable(Count),
  done: Count,
  rate: nullable(
    Type.Number({ minimum: 0, description: 'Records committed a second, of the last seconds.' }),
  ),
  eta: nullable(Type.Number({ minimum: 0, description: 'Seconds still to go.' })),
  outcomes: OutcomeCounts,
  openIssues: Count,
  undone: nullable(RowId),
}

export const Job = Type.Object(job, { ...closed, title: 'Job' })
export type Job = Static<typeof Job>

export const JobFile = Type.Object(
  {
    file: Count,
    name: Type.String(),
    entry: nullable(Type.String()),
    sha256: Sha256,
    format: nullable(Type.String()),
    bytes: nullable(Count),
    records: nullable(Count),
    junkBytes: nullable(Count),
    notMarc: nullable(Type.String()),
  },
  { ...closed, title: 'JobFile' },
)
export type JobFile = Static<typeof JobFile>

const JobPart = Type.Object(
  { file: Count, part: Count, first: Count, last: Count, done: Count },
  { ...closed, title: 'JobPart' },
)

const Permission = Type.Object(
  { allowed: Type.Boolean(), why: nullable(Type.String({ description: 'Why not.' })) },
  { ...closed, title: 'Permission' },
)

const CodeCounts = Type.Record(Type.String(), Count)

/** What an undo did with the records that it took back. */
const UndoCounts = Type.Object(
  { removed: Count, restored: Count, merged: Count, gone: Count, conflict: Count, nothing: Count },
  { ...closed, title: 'UndoCounts' },
)

/** What became of the bibs of a list that were to be linked to the network’s; of these, those contributed as new. */
const LinkCounts = Type.Object(
  {
    contribute: Type.Boolean(),
    as: nullable(ShareAs),
    linked: Count,
    contributed: Count,
    multiMatched: Count,
    alreadyLinked: Count,
    refused: Count,
  },
  { ...closed, title: 'LinkCounts' },
)

/** What the job made of inventory, and changed and took away of what was there, and the records of whose inventory something was wrong. */
const InventoryCounts = Type.Object(
  {
    holdings: Count,
    items: Count,
    portfolios: Count,
    changed: Count,
    removed: Count,
    problems: Count,
  },
  { ...closed, title: 'InventoryCounts' },
)

export const JobReport = Type.Object(
  {
    ...job,
    codes: CodeCounts,
    matched: Count,
    imported: Count,
    discarded: Count,
    headings: Count,
    duplicatesInFile: Count,
    combined: Count,
    inventory: InventoryCounts,
    repairs: CodeCounts,
    atImport: OutcomeCounts,
    now: Type.Object({ ...outcomeCounts, resolved: Count }, closed),
    undo: nullable(UndoCounts),
    link: nullable(LinkCounts),
    replay: nullable(ReplayCounts),
    fileList: list(JobFile),
    partList: list(JobPart),
    canCommit: Permission,
    canUndo: Permission,
    canCancel: Permission,
    canResume: Permission,
    canReplay: Permission,
    stillExist: nullable(Count),
  },
  { ...closed, title: 'JobReport' },
)
export type JobReport = Static<typeof JobReport>

export const JobEvent = Type.Object(
  { at: Time, level: Type.Enum(['note', 'warning', 'error']), code: Type.String(), message: Type.String() },
  { ...closed, title: 'JobEvent' },
)
export type JobEvent = Static<typeof JobEvent>

export const JobEvents = list(JobEvent)

export const JobParams = Type.Object({ job: RowId }, closed)

export const JobQuery = Type.Object(
  {
    zone: Type.Optional(ZoneCode),
    kind: Type.Optional(JobKind),
    status: Type.Optional(JobStatus),
    before: Type.Optional(Cursor),
    limit: Limit(500, 50),
  },
  closed,
)
export type JobQuery = Static<typeof JobQuery>

export const JobPage = page(Job)
export type JobPage = Static<typeof JobPage>

export const NewJob = Type.Object(
  {
    zone: ZoneCode,
    profile: ProfileCode,
    files: Type.Array(
      Type.Object({ sha256: Sha256, name: Type.String({ minLength: 1, maxLength: 1000 }) }, closed),
      {
        minItems: 1,
        maxItems: 1000,
      },
    ),
    label: Type.Optional(Type.String({ maxLength: 200 })),
    notes: Type.Optional(Type.String({ maxLength: 4000 })),
    dryRun: Type.Boolean({ description: 'Plan and show everything, change nothing.' }),
    idempotencyKey: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: 'The same key again gives the same job.' }),
    ),
  },
  { ...closed, title: 'NewJob' },
)
export type NewJob = Static<typeof NewJob>

/** A record that an undo left as it was, or could not take back whole. */
const UndoConflict = Type.Object(
  { file: Count, position: Count, mmsId: Type.String(), conflicts: list(Type.String()) },
  { ...closed, title: 'UndoConflict' },
)

export const UndoConflictPage = page(UndoConflict)
export type UndoConflictPage = Static<typeof UndoConflictPage>

export const ConflictQuery = Type.Object({ after: Type.Optional(Cursor), limit: Limit(1000, 100) }, closed)
