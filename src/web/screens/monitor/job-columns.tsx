import { Link } from '@tanstack/react-router'
import type { Job } from '../../../server/api/job.ts'
import { formatCount } from '../../format.ts'
import { text } from '../../text.ts'
import { Given } from '../../ui/given.tsx'
import type { Column } from '../../ui/grid.tsx'
import { JobDuration } from '../../ui/job-duration.tsx'
import { JobStatus } from '../../ui/job-status.tsx'
import { OutcomeBar, UndoBar } from '../../ui/outcome-bar.tsx'
import { Time } from '../../ui/time.tsx'
import { ZonePill } from '../../ui/zone-pill.tsx'
import { withVisibleMarks } from '../../visible-marks.ts'

const words = text.monitor.columns

/** What a job is called in lists: its label, or what it does with which profile. */
export const jobName = (job: Job): string =>
  job.label ?? job.profileName ?? text.jobTitle(job.kind, job.ofJob, job.linksBibs)

export const jobColumns: readonly Column<Job>[] = [
  {
    name: 'job',
    heading: words.job,
    width: '4rem',
    numeric: true,
    cell: (job, tabIndex) => (
      <Link to="/jobs/$job" params={{ job: job.job }} tabIndex={tabIndex}>
        {job.job}
      </Link>
    ),
  },
  {
    name: 'status',
    heading: words.status,
    width: '7.5rem',
    cell: (job) => <JobStatus status={job.status} />,
  },
  {
    name: 'what',
    heading: words.what,
    width: 'minmax(14rem, 3fr)',
    cell: (job) => (
      <span className="job-name">
        <span
          className="job-called"
          title={withVisibleMarks(
            [jobName(job), ...(job.label === null ? [] : [job.profileName])].filter(Boolean).join(' · '),
          )}
        >
          {job.kind !== 'import' && (
            <span className="tag-word">{text.jobTitle(job.kind, job.ofJob, job.linksBibs)}</span>
          )}
          <Given words={jobName(job)} />
        </span>
        {job.label !== null && job.profileName !== null && (
          <small>
            <Given words={job.profileName} />
          </small>
        )}
      </span>
    ),
  },
  {
    name: 'outcomes',
    heading: words.outcomes,
    width: 'minmax(6rem, 1fr)',
    cell: (job) =>
      job.kind === 'undo' ? (
        <UndoBar done={job.done} records={job.records} />
      ) : (
        <OutcomeBar counts={job.outcomes} records={job.records} />
      ),
  },
  {
    name: 'records',
    heading: words.records,
    width: '7.5rem',
    numeric: true,
    cell: (job) =>
      job.records === null || job.done === job.records
        ? formatCount(job.done)
        : `${formatCount(job.done)} / ${formatCount(job.records)}`,
  },
  {
    name: 'unresolved',
    heading: words.unresolved,
    width: '5.75rem',
    numeric: true,
    cell: (job, tabIndex) =>
      job.openIssues === 0 ? (
        <span className="none">0</span>
      ) : (
        <Link
          to="/issues"
          search={{ job: job.job }}
          tabIndex={tabIndex}
          aria-label={text.monitor.unresolved(job.openIssues)}
        >
          {formatCount(job.openIssues)}
        </Link>
      ),
  },
  { name: 'zone', heading: words.zone, width: '7.5rem', cell: (job) => <ZonePill code={job.zone} /> },
  {
    name: 'who',
    heading: words.who,
    width: '6rem',
    cell: (job) => (job.submittedBy === null ? text.report.nobody : <Given words={job.submittedBy} />),
  },
  {
    name: 'started',
    heading: words.started,
    width: '8.5rem',
    cell: (job) => (job.startedAt === null ? text.report.notStarted : <Time at={job.startedAt} />),
  },
  {
    name: 'duration',
    heading: words.duration,
    width: '6.5rem',
    numeric: true,
    cell: (job) => <JobDuration job={job} />,
  },
]
