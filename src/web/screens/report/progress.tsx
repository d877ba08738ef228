import { useEffect, useRef, useState } from 'react'
import { ProgressBar } from 'react-aria-components'
import type { JobReport } from '../../../server/api/job.ts'
import { formatCount, formatSeconds } from '../../format.ts'
import { text } from '../../text.ts'
import { Given } from '../../ui/given.tsx'

const words = text.report

/** How far a job is: by committed records, never by what is merely under way. */
export function Progress({ report }: { readonly report: JobReport }) {
  const { done, records, status, rate, eta, waitingFor, reason } = report
  const isOver = status === 'completed' || status === 'cancelled' || status === 'failed'
  const share = records === null || records === 0 ? 0 : done / records
  const said = records === null ? words.progressUnknown(done) : words.progressOf(done, records)
  return (
    <div className="job-progress">
      <Announcement report={report} share={share} />
      {!isOver && (
        <ProgressBar
          aria-label={words.progress}
          value={share * 100}
          isIndeterminate={records === null}
          valueLabel={said}
        >
          <span className="progress-track">
            <span style={{ width: `${share * 100}%` }} />
          </span>
          <span className="progress-words">
            <span>{said}</span>
            {rate !== null && rate > 0 && <span>{words.rate(rate)}</span>}
            {eta !== null && <span>{words.eta(formatSeconds(eta))}</span>}
            <span className="hint">{words.keepsRunning}</span>
          </span>
        </ProgressBar>
      )}
      {waitingFor !== null && !isOver && (
        <p className="notice">
          <Given words={words.waitingFor(waitingFor)} />
        </p>
      )}
      {reason !== null && (
        <p className={status === 'failed' ? 'fault' : 'notice'}>
          <Given words={reason} />
        </p>
      )}
    </div>
  )
}

/** Screen readers hear of each quarter and of each change of state, not of every record. */
function Announcement({ report, share }: { readonly report: JobReport; readonly share: number }) {
  const quarter = Math.floor(share * 4) * 25
  const [said, setSaid] = useState('')
  const before = useRef({ quarter, status: report.status })
  useEffect(() => {
    const last = before.current
    before.current = { quarter, status: report.status }
    if (last.status !== report.status)
      setSaid(words.announcedStatus(report.job, text.statuses[report.status]))
    else if (last.quarter !== quarter) setSaid(words.announced(quarter))
  }, [quarter, report.status, report.job])
  return (
    <p className="visually-hidden" role="status">
      {said === '' ? '' : `${said}. ${formatCount(report.done)}`}
    </p>
  )
}
