import { type InfiniteData, type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Job, JobPage } from '../../server/api/job.ts'
import { type JobFilter, meQuery } from './queries.ts'

/** After a refusal, until it is tried again. */
const listenAgainMs = 3000
/** Between two fetches of a report while its job runs. */
const reportPauseMs = 1000

/** A report that is being fetched, and whether there has been news since. */
type Fetch = { isStale: boolean }

/**
 * Keeps every screen's jobs as the server's events tell them. Events can be lost while the connection is
 * down, so all is fetched again when it is back.
 * @returns whether the connection stands
 */
export function useLiveJobs(isOn: boolean): boolean {
  const client = useQueryClient()
  const [isConnected, setIsConnected] = useState(true)
  useEffect(() => {
    if (!isOn) return undefined
    const fetches = new Map<number, Fetch>()
    let wasLost = false
    let again: ReturnType<typeof setTimeout> | undefined
    let source = listen()

    function listen(): EventSource {
      const opened = new EventSource('/api/events')
      opened.addEventListener('open', () => {
        setIsConnected(true)
        if (wasLost) void client.invalidateQueries()
        wasLost = false
      })
      opened.addEventListener('error', () => {
        wasLost = true
        setIsConnected(false)
        // A connection that broke comes again by itself. One that was answered with a refusal does not: the
        // session may be over, or the database away.
        if (opened.readyState !== EventSource.CLOSED) return
        void client.invalidateQueries({ queryKey: meQuery.queryKey })
        again = setTimeout(() => {
          source = listen()
        }, listenAgainMs)
      })
      opened.addEventListener('job', (event: MessageEvent<string>) => {
        const job = JSON.parse(event.data) as Job
        showInLists(client, job)
        void showInReport(client, job.job, fetches)
        if (job.finishedAt !== null) void client.invalidateQueries({ queryKey: ['issues'] })
      })
      opened.addEventListener('status', () => void client.invalidateQueries({ queryKey: ['status'] }))
      return opened
    }

    return () => {
      clearTimeout(again)
      source.close()
    }
  }, [client, isOn])
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

/**
 * All numbers of a report come from one answer: those of the event are newer than the rest, and would
 * contradict it. However fast the news comes there is one fetch at a time, and after the last news one more.
 */
async function showInReport(client: QueryClient, job: number, fetches: Map<number, Fetch>): Promise<void> {
  const under = fetches.get(job)
  if (under !== undefined) {
    under.isStale = true
    return
  }
  const queryKey = ['job', job]
  const fetch: Fetch = { isStale: client.getQueryState(queryKey) !== undefined }
  fetches.set(job, fetch)
  while (fetch.isStale) {
    const wasKnown = client.getQueryData(queryKey) !== undefined
    fetch.isStale = false
    // The report with its records and events; single records that a page shows do not change.
    await client.invalidateQueries({ queryKey, predicate: ({ queryKey: [, , part] }) => part !== 'record' })
    await new Promise((resolve) => setTimeout(resolve, reportPauseMs))
    // A first answer that was under way when the news came may be older than it.
    if (!wasKnown && isComing(client, queryKey)) fetch.isStale = true
  }
  fetches.delete(job)
}

function isComing(client: QueryClient, queryKey: readonly unknown[]): boolean {
  const state = client.getQueryState(queryKey)
  return state !== undefined && (state.data !== undefined || state.fetchStatus === 'fetching')
}
