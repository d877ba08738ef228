import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { JobReport } from '../../../server/api/job.ts'
import { text } from '../../text.ts'
import { Given } from '../../ui/given.tsx'
import { JobDuration } from '../../ui/job-duration.tsx'
import { JobStatus } from '../../ui/job-status.tsx'
import { Time } from '../../ui/time.tsx'
import { ZonePill } from '../../ui/zone-pill.tsx'

const words = text.report

/** Which job this is, how it stands, and what can be done with it. */
export function ReportHead({
  report,
  children,
}: {
  readonly report: JobReport
  readonly children: ReactNode
}) {
  const { job, kind, ofJob, linksBibs, label, notes, zone, bibZone, profile, profileName } = report
  return (
    <header className="report-head">
      <div className="screen-head">
        <h1>
          {words.title(job)} <span className="head-kind">{text.jobTitle(kind, ofJob, linksBibs)}</span>{' '}
          {label !== null && <Given words={label} className="head-label" />}
        </h1>
        <div className="head-actions">{children}</div>
      </div>
      <div className="head-line">
        <JobStatus status={report.status} />
        <span>
          <ZonePill code={zone} />
          {bibZone !== zone && (
            <>
              {' → '}
              <ZonePill code={bibZone} />
            </>
          )}
        </span>
        {profile !== null && (
          <span>
            {words.profile}: <Given words={profileName ?? profile} />
          </span>
        )}
        <span>
          {words.by} {report.submittedBy === null ? words.nobody : <Given words={report.submittedBy} />}
        </span>
        <span>
          {report.startedAt === null ? (
            <>
              {words.submitted} <Time at={report.submittedAt} />
            </>
          ) : (
            <>
              {words.started} <Time at={report.startedAt} />
            </>
          )}
        </span>
        {report.startedAt !== null && (
          <span>
            {words.took} <JobDuration job={report} />
          </span>
        )}
        {ofJob !== null && (
          <Link to="/jobs/$job" params={{ job: ofJob }}>
            {words.title(ofJob)}
          </Link>
        )}
        {report.undone !== null && (
          <Link to="/jobs/$job" params={{ job: report.undone }}>
            {text.jobTitle('undo', job)}
          </Link>
        )}
      </div>
      {kind === 'preview' && <p className="notice">{words.previewNote}</p>}
      {report.replay !== null && (
        <p className="notice">{words.replayNote(report.replay.different, report.replay.same)}</p>
      )}
      {notes !== null && (
        <p className="notes">
          {words.notes}: <Given words={notes} />
        </p>
      )}
    </header>
  )
}
