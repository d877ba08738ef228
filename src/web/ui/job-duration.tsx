import { useEffect, useState } from 'react'
import type { Job } from '../../server/api/job.ts'
import { formatSeconds } from '../format.ts'
import { text } from '../text.ts'

/** From a job's first start to its end, pauses and all; it goes on by itself while the job runs. */
export function JobDuration({ job }: { readonly job: Job }) {
  const isRunning = job.status === 'running' && job.startedAt !== null
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!isRunning) return undefined
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [isRunning])
  if (isRunning && job.startedAt !== null) {
    return formatSeconds(Math.max(0, Math.floor((now - Date.parse(job.startedAt)) / 1000)))
  }
  if (job.seconds === null) return ''
  return job.seconds === 0 ? text.report.instant : formatSeconds(job.seconds)
}
