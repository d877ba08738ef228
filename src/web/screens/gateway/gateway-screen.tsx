import { useInfiniteQuery, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { Button } from 'react-aria-components'
import type { Gateway } from '../../../server/api/gateway.ts'
import { allRows } from '../../api/all-rows.ts'
import { type ExportFilter, exportsQuery, gatewayQuery, newestExportQuery } from '../../api/queries.ts'
import { useCommands } from '../../keys/commands.tsx'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'
import { Choice } from '../../ui/choice.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Grid } from '../../ui/grid.tsx'
import { OutcomePatterns } from '../../ui/outcome-patterns.tsx'
import { useTitle } from '../../ui/title.ts'
import { Connections } from './connections.tsx'
import { Destinations } from './destinations.tsx'
import { exportColumns } from './export-columns.tsx'

const words = text.gateway
const all = 'all'
const route = getRouteApi('/gateway')

/** The gateway: where it listens, into which zones, who is connected, and what has been exported. */
export function GatewayScreen() {
  useTitle(words.title)
  const filter = route.useSearch()
  const navigate = useNavigate()
  const { zones } = useZone()
  const filters = useRef<HTMLDivElement>(null)
  const { data: gateway } = useSuspenseQuery(gatewayQuery)
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(
    exportsQuery(filter),
  )
  const rows = allRows(data)
  useNewExports(filter, rows[0]?.id)

  useCommands([
    {
      name: 'filter',
      label: text.commands.filter,
      run: () => filters.current?.querySelector<HTMLElement>('button')?.focus(),
    },
  ])
  const show = (next: ExportFilter) => void navigate({ to: '/gateway', search: next })
  const { zone, imported, sentBy, ...none } = filter
  const ofPerson = sentBy === undefined ? none : { sentBy }
  const ofZone = zone === undefined ? none : { zone }
  const ofOutcome = imported === undefined ? none : { imported }

  return (
    <div className="screen fills">
      <OutcomePatterns />
      <div className="screen-head">
        <h1>{words.title}</h1>
        <Listening gateway={gateway} />
      </div>
      <div className="gateway-parts">
        <Destinations />
        <Connections gateway={gateway} />
      </div>
      <h2>{words.exportsHeading}</h2>
      <div className="filters" ref={filters}>
        <Choice
          label={words.outcome}
          value={imported === undefined ? all : imported ? 'imported' : 'not'}
          onChange={(value) =>
            show({
              ...ofPerson,
              ...ofZone,
              ...(value === all ? {} : { imported: value === 'imported' }),
            })
          }
          options={[
            { id: all, label: words.anyOutcome },
            { id: 'imported', label: words.imported },
            { id: 'not', label: words.notImported },
          ]}
        />
        <Choice
          label={text.monitor.zone}
          value={zone ?? all}
          onChange={(value) => show({ ...ofPerson, ...ofOutcome, ...(value === all ? {} : { zone: value }) })}
          options={[
            { id: all, label: text.monitor.allZones },
            ...zones.map(({ code }) => ({ id: code, label: text.monitor.onlyZone(code) })),
          ]}
        />
        {sentBy !== undefined && (
          <Button
            className="chip"
            aria-label={text.report.removeFilter(words.person(sentBy))}
            onPress={() => show({ ...ofZone, ...ofOutcome })}
          >
            <bdi>{words.person(sentBy)}</bdi> <span aria-hidden="true">✕</span>
          </Button>
        )}
        <p className="filter-count" role="status">
          {hasNextPage ? `${words.shown(rows.length)} …` : words.shown(rows.length)}
        </p>
      </div>
      {error !== null && <Fault error={error} onAgain={() => void refetch()} />}
      <Grid
        label={words.exports}
        columns={exportColumns(filter)}
        rows={rows}
        keyOf={({ id }) => String(id)}
        total={hasNextPage ? null : rows.length}
        onOpen={({ id }) => void navigate({ to: '/gateway/exports/$id', params: { id }, search: filter })}
        onEnd={() => {
          if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
        }}
        rowRem={2.25}
        narrowRowRem={8.5}
        empty={<NoExports isFiltered={Object.keys(filter).length > 0} onClear={() => show({})} />}
      />
    </div>
  )
}

/** Exports come from elsewhere: where there is a newer one than the list has, the list is fetched anew. */
function useNewExports(filter: ExportFilter, newestShown: number | undefined): void {
  const client = useQueryClient()
  const { data } = useQuery(newestExportQuery(filter))
  const newest = data?.rows[0]?.id
  useEffect(() => {
    if (newest === undefined || (newestShown !== undefined && newest <= newestShown)) return
    void client.invalidateQueries({ queryKey: exportsQuery(filter).queryKey, exact: true })
  }, [client, filter, newest, newestShown])
}

function Listening({ gateway }: { readonly gateway: Gateway }) {
  const { status, host, port, tlsPort, why } = gateway
  if (status !== 'listening')
    return (
      <p className="listening" role="status">
        <span className="bad">{words[status]}</span> {why}
      </p>
    )
  return (
    <p className="listening" role="status">
      <span className="good">
        <span aria-hidden="true">● </span>
        {words.listening(host, port)}
      </span>
      {tlsPort !== null && `, ${words.tls(tlsPort)}`}
    </p>
  )
}

function NoExports(props: { readonly isFiltered: boolean; readonly onClear: () => void }) {
  if (!props.isFiltered)
    return (
      <>
        <h3>{words.none}</h3>
        <p>{words.noneTeach}</p>
      </>
    )
  return (
    <>
      <h3>{words.noneFit}</h3>
      <Button className="button" onPress={props.onClear}>
        {words.clear}
      </Button>
    </>
  )
}
