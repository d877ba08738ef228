import type { Job } from '../import/job.ts'
import type { ReplayCounts } from '../import/replay-report.ts'
import type { JobReport, LinkCounts } from '../import/report.ts'

/** What a job that was run here ends with under `--json`; of an undo, what it did with the records, of a replay what differs. */
export const summaryOf = (report: JobReport) =>
  report.kind === 'undo'
    ? undoSummary(report)
    : report.replay === null
      ? report.link === null
        ? importSummary(report)
        : linkSummary(report, report.link)
      : replaySummary(report, report.replay)

const importSummary = ({
  job,
  status,
  zone,
  profile,
  files,
  records,
  atImport,
  codes,
  inventory,
  headings,
  seconds,
}: JobReport) => ({
  job,
  status,
  zone,
  profile,
  files,
  records,
  outcomes: atImport,
  codes,
  ...inventoryJson(inventory),
  headings,
  seconds,
})

const linkSummary = ({ job, status, zone, records, codes, seconds }: JobReport, counts: LinkCounts) => ({
  job,
  status,
  zone,
  records,
  ...linkJson(counts),
  codes,
  seconds,
})

const linkJson = ({
  contribute,
  as,
  linked,
  contributed,
  multiMatched,
  alreadyLinked,
  refused,
}: LinkCounts) => ({
  contribute,
  as,
  linked,
  contributed,
  multi_matched: multiMatched,
  already_linked: alreadyLinked,
  refused,
})

/** Inventory that the job made; of orders it makes none. */
const inventoryJson = ({
  holdings,
  items,
  portfolios,
  changed,
  removed,
  problems,
}: JobReport['inventory']) => ({
  po_lines: 0,
  holdings,
  items,
  portfolios,
  inventory_changed: changed,
  inventory_removed: removed,
  inventory_problems: problems,
})

const undoSummary = ({ job, status, zone, profile, ofJob, records, undo, seconds }: JobReport) => ({
  job,
  status,
  zone,
  profile,
  of_job: ofJob,
  records,
  undo,
  seconds,
})

const replaySummary = (
  { job, status, zone, profile, ofJob, records, seconds }: JobReport,
  counts: ReplayCounts,
) => ({
  job,
  status,
  zone,
  profile,
  of_job: ofJob,
  records,
  ...replayJson(counts),
  seconds,
})

const replayJson = ({ same, different, notReached, by, turns }: ReplayCounts) => ({
  same,
  different,
  not_reached: notReached,
  by,
  turns,
})

/** A job in a list. */
export const jobRow = (job: Job) => ({
  job: job.job,
  kind: job.kind,
  of_job: job.ofJob,
  status: job.status,
  reason: job.reason,
  zone: job.zone,
  bib_zone: job.bibZone,
  profile: job.profile,
  label: job.label,
  notes: job.notes,
  submitted_at: job.submittedAt,
  submitted_by: job.submittedBy,
  started_at: job.startedAt,
  finished_at: job.finishedAt,
  seconds: job.seconds,
  files: job.files,
  parts: job.parts,
  records: job.records,
  done: job.done,
  outcomes: job.outcomes,
  open_issues: job.openIssues,
  undone_by: job.undone,
})

/** A job with its report. */
export const reportJson = (report: JobReport) => ({
  ...jobRow(report),
  codes: report.codes,
  repairs: report.repairs,
  ...inventoryJson(report.inventory),
  headings: report.headings,
  imported: report.imported,
  matched: report.matched,
  discarded: report.discarded,
  duplicates_in_file: report.duplicatesInFile,
  combined: report.combined,
  still_exist: report.stillExist,
  now: report.now,
  undo: report.undo,
  link: report.link === null ? null : linkJson(report.link),
  replay: report.replay === null ? null : replayJson(report.replay),
  file_list: report.fileList.map(({ junkBytes, notMarc, ...file }) => ({
    ...file,
    junk_bytes: junkBytes,
    not_marc: notMarc,
  })),
  may: {
    commit: report.canCommit.allowed,
    undo: report.canUndo.allowed,
    cancel: report.canCancel.allowed,
    resume: report.canResume.allowed,
    replay: report.canReplay.allowed,
  },
})
