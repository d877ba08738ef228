import type { Job } from '../../server/api/job.ts'
import { text } from '../text.ts'

const signs: Readonly<Record<Job['status'], string>> = {
  pending: '…',
  running: '▶',
  paused: 'Ⅱ',
  completed: '✓',
  cancelled: '■',
  failed: '✕',
}

export function JobStatus({ status }: { readonly status: Job['status'] }) {
  return (
    <span className="job-status" data-status={status}>
      <span aria-hidden="true" className="job-status-sign">
        {signs[status]}
      </span>
      {text.statuses[status]}
    </span>
  )
}
