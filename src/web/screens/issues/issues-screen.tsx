import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { Button } from 'react-aria-components'
import { type Code, codeSentences } from '../../../rules/outcome.ts'
import { allRows } from '../../api/all-rows.ts'
import { type IssueFilter, issuesQuery } from '../../api/queries.ts'
import { useCommands } from '../../keys/commands.tsx'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'
import { Choice } from '../../ui/choice.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Grid } from '../../ui/grid.tsx'
import { useTitle } from '../../ui/title.ts'
import { issueColumns } from './issue-columns.tsx'

const words = text.issues
const all = 'all'
const route = getRouteApi('/issues')

/** The codes that open issues, as the rules list them. */
const codes = Object.keys(codeSentences) as Code[]

/** Resolve import issues: everything that waits for a person, across jobs. */
export function IssuesScreen() {
  useTitle(words.title)
  const filter = route.useSearch()
  const navigate = useNavigate()
  const { zones } = useZone()
  const filters = useRef<HTMLDivElement>(null)
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(
    issuesQuery(filter),
  )
  const rows = allRows(data)
  const isFiltered = filter.zone !== undefined || filter.job !== undefined || filter.code !== undefined

  useCommands([
    {
      name: 'filter',
      label: text.commands.filter,
      run: () => filters.current?.querySelector<HTMLElement>('button')?.focus(),
    },
  ])
  const show = (next: IssueFilter) => void navigate({ to: '/issues', search: next })
  const narrow = (part: 'zone' | 'code', value: string) => {
    const { [part]: _, ...others } = filter
    show(value === all ? others : { ...others, [part]: value })
  }
  const { job, settled: _, ...ofAllStates } = filter

  return (
    <div className="screen fills">
      <h1>{words.title}</h1>
      <div className="filters" ref={filters}>
        <Choice
          label={words.state}
          value={filter.settled === true ? 'settled' : 'open'}
          onChange={(state) =>
            show({
              ...ofAllStates,
              ...(job === undefined ? {} : { job }),
              ...(state === 'settled' ? { settled: true } : {}),
            })
          }
          options={[
            { id: 'open', label: words.openOnes },
            { id: 'settled', label: words.settledOnes },
          ]}
        />
        <Choice
          label={words.code}
          value={filter.code ?? all}
          onChange={(code) => narrow('code', code)}
          options={[
            { id: all, label: words.anyCode },
            ...codes.map((code) => ({ id: code, label: codeSentences[code] })),
          ]}
        />
        <Choice
          label={text.monitor.zone}
          value={filter.zone ?? all}
          onChange={(zone) => narrow('zone', zone)}
          options={[
            { id: all, label: text.monitor.allZones },
            ...zones.map(({ code }) => ({ id: code, label: text.monitor.onlyZone(code) })),
          ]}
        />
        {job !== undefined && (
          <Button
            className="chip"
            aria-label={text.report.removeFilter(words.job(job))}
            onPress={() => {
              const { job: __, ...others } = filter
              show(others)
            }}
          >
            {words.job(job)} <span aria-hidden="true">✕</span>
          </Button>
        )}
        <p className="filter-count" role="status">
          {hasNextPage ? `${words.shown(rows.length)} …` : words.shown(rows.length)}
        </p>
      </div>
      {error !== null && <Fault error={error} onAgain={() => void refetch()} />}
      <Grid
        label={words.list}
        columns={issueColumns(filter)}
        rows={rows}
        keyOf={({ id }) => String(id)}
        total={hasNextPage ? null : rows.length}
        onOpen={({ id }) => void navigate({ to: '/issues/$id', params: { id }, search: filter })}
        onEnd={() => {
          if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
        }}
        rowRem={2.25}
        narrowRowRem={6.5}
        empty={<NoIssues filter={filter} isFiltered={isFiltered} onClear={() => show({})} />}
      />
    </div>
  )
}

function NoIssues(props: {
  readonly filter: IssueFilter
  readonly isFiltered: boolean
  readonly onClear: () => void
}) {
  const { filter, isFiltered, onClear } = props
  return (
    <>
      <h2>{isFiltered ? words.noneFit : filter.settled === true ? words.noneSettled : words.none}</h2>
      {!isFiltered && filter.settled !== true && <p>{words.noneTeach}</p>}
      {(isFiltered || filter.settled === true) && (
        <Button className="button" onPress={onClear}>
          {words.clear}
        </Button>
      )}
    </>
  )
}
