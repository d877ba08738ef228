import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { Button, Input, Label, SearchField } from 'react-aria-components'
import type { Job, JobStatus } from '../../../server/api/job.ts'
import { allRows } from '../../api/all-rows.ts'
import { jobsQuery } from '../../api/queries.ts'
import { keyTable } from '../../keys/key-table.ts'
import { useCommands } from '../../keys/commands.tsx'
import type { ReportTab } from '../../router.tsx'
import { saysAll } from '../../shell/palette-words.ts'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'
import { Choice } from '../../ui/choice.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Grid } from '../../ui/grid.tsx'
import { useTitle } from '../../ui/title.ts'
import { jobColumns, jobName } from './job-columns.tsx'

const words = text.monitor
const all = 'all'
const statuses = Object.keys(text.statuses) as JobStatus[]
const route = getRouteApi('/')

/** Monitor and view imports: all jobs, as they go. */
export function MonitorScreen() {
  useTitle(words.title)
  const search = route.useSearch()
  const navigate = useNavigate()
  const { zones } = useZone()
  const [typed, setTyped] = useState('')
  const filterInput = useRef<HTMLInputElement>(null)
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(
    jobsQuery(search),
  )

  const jobs = allRows(data)
  const shown = typed.trim() === '' ? jobs : jobs.filter((job) => saysAll(wordsOf(job), typed))
  const isFiltered = typed.trim() !== '' || search.zone !== undefined || search.status !== undefined

  useCommands([{ name: 'filter', label: text.commands.filter, run: () => filterInput.current?.focus() }])

  const open = (job: Job, tab?: ReportTab) =>
    void navigate({ to: '/jobs/$job', params: { job: job.job }, search: tab === undefined ? {} : { tab } })
  const onKey = (chord: string, job: Job): boolean => {
    const tab = tabOfKey(chord)
    if (tab === undefined) return false
    open(job, tab)
    return true
  }
  const narrow = (part: 'zone' | 'status', value: string) => {
    const { [part]: _, ...others } = search
    void navigate({ to: '/', search: value === all ? others : { ...others, [part]: value } })
  }
  const clear = () => {
    setTyped('')
    void navigate({ to: '/', search: {} })
  }

  return (
    <div className="screen fills">
      <div className="screen-head">
        <h1>{words.title}</h1>
        <Link to="/import" className="button primary">
          {words.run}
        </Link>
      </div>
      <div className="filters">
        <SearchField className="filter" value={typed} onChange={setTyped}>
          <Label>{words.filter}</Label>
          <Input ref={filterInput} />
        </SearchField>
        <Choice
          label={words.zone}
          value={search.zone ?? all}
          onChange={(value) => narrow('zone', value)}
          options={[
            { id: all, label: words.allZones },
            ...zones.map(({ code }) => ({ id: code, label: words.onlyZone(code) })),
          ]}
        />
        <Choice
          label={words.status}
          value={search.status ?? all}
          onChange={(value) => narrow('status', value)}
          options={[
            { id: all, label: words.anyStatus },
            ...statuses.map((status) => ({ id: status, label: text.statuses[status] })),
          ]}
        />
        <p className="filter-count" role="status">
          {isFiltered ? words.count(shown.length, jobs.length) : words.shown(jobs.length)}
        </p>
      </div>
      {error !== null && <Fault error={error} onAgain={() => void refetch()} />}
      <Grid
        label={words.list}
        columns={jobColumns}
        rows={shown}
        keyOf={(job) => String(job.job)}
        total={hasNextPage ? null : shown.length}
        onOpen={(job) => open(job)}
        onKey={onKey}
        onEnd={() => {
          if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
        }}
        rowRem={2.25}
        narrowRowRem={7.25}
        empty={isFiltered ? <NoneMatch onClear={clear} /> : <NoJobs />}
      />
    </div>
  )
}

const wordsOf = (job: Job): string =>
  [
    job.job,
    jobName(job),
    job.profileName,
    job.profile,
    job.submittedBy,
    job.zone,
    text.statuses[job.status],
  ].join(' ')

function tabOfKey(chord: string): ReportTab | undefined {
  if (chord === keyTable.jobRecords.keys[0]) return 'records'
  if (chord === keyTable.jobFiles.keys[0]) return 'files'
  return chord === keyTable.jobEvents.keys[0] ? 'events' : undefined
}

function NoJobs() {
  return (
    <>
      <h2>{words.empty}</h2>
      <p>{words.emptyTeach}</p>
      <p>
        <Link to="/import" className="button primary">
          {words.run}
        </Link>
      </p>
    </>
  )
}

function NoneMatch({ onClear }: { readonly onClear: () => void }) {
  return (
    <>
      <h2>{words.noneMatch}</h2>
      <p>{words.noneMatchRemedy}</p>
      <Button className="button" onPress={onClear}>
        {words.clear}
      </Button>
    </>
  )
}
