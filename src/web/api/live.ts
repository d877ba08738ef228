import { type InfiniteData, type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Job, JobPage, JobReport } from '../../server/api/job.ts'
import type { JobFilter } from './queries.ts'

/** How often a report is fetched whole while its job runs; the counts of the job itself come with each event. */
const reportEveryMs = 2000

/**
 * Keeps every screen's jobs as the server's events tell them. Events can be lost while the connection is
 * down, so all is fetched again when it is back.
 * @returns whether the connection stands
 */
export function useLiveJobs(): boolean {
  const client = useQueryClient()
  const [isConnected, setIsConnected] = useState(true)
  useEffect(() => {
    const source = new EventSource('/api/events')
    const fetchedAt = new Map<number, number>()
    let wasLost = false
    source.addEventListener('open', () => {
      setIsConnected(true)
      if (wasLost) void client.invalidateQueries()
      wasLost = false
    })
    source.addEventListener('error', () => {
      wasLost = true
      setIsConnected(false)
    })
    source.addEventListener('job', (event: MessageEvent<string>) => {
      const job = JSON.parse(event.data) as Job
      showInLists(client, job)
      showInReport(client, job, fetchedAt)
      if (job.finishedAt !== null) void client.invalidateQueries({ queryKey: ['issues'] })
    })
    source.addEventListener('status', () => void client.invalidateQueries({ queryKey: ['status'] }))
    return () => source.close()
  }, [client])
  return isConnected
}

function showInLists(client: QueryClient, job: Job): void {
  const lists = client.getQueriesData<InfiniteData<JobPage>>({ queryKey: ['jobs'] })
  for (const [key, list] of lists) {
    if (list === undefined) continue
    const isListed = list.pages.some((page) => page.rows.some((row) => row.job === job.job))
    if (!isListed) {
      if (!couldBeNew(key[1] as JobFilter, list, job)) continue
      void client.invalidateQueries({ queryKey: key, exact: true })
      continue
    }
    const pages = list.pages.map((page) => ({
      ...page,
      rows: page.rows.map((row) => (row.job === job.job ? job : row)),
    }))
    client.setQueryData(key, { ...list, pages })
  }
}

/** A job that the list does not show is new, or filtered out, or further down than has been read. */
function couldBeNew(filter: JobFilter, list: InfiniteData<JobPage>, job: Job): boolean {
  if (filter.zone !== undefined && filter.zone !== job.zone) return false
  if (filter.kind !== undefined && filter.kind !== job.kind) return false
  const newest = list.pages[0]?.rows[0]
  return filter.status === job.status || newest === undefined || job.job > newest.job
}

function showInReport(client: QueryClient, job: Job, fetchedAt: Map<number, number>): void {
  const key = ['job', job.job]
  const known = client.getQueryData<JobReport>(key)
  if (known === undefined) return
  client.setQueryData<JobReport>(key, { ...known, ...job })
  const now = Date.now()
  const isOver = job.finishedAt !== null
  if (!isOver && job.status === known.status && now - (fetchedAt.get(job.job) ?? 0) < reportEveryMs) return
  fetchedAt.set(job.job, now)
  // The report with its records and events; single records that a page shows do not change.
  void client.invalidateQueries({ queryKey: key, predicate: ({ queryKey }) => queryKey[2] !== 'record' })
}
