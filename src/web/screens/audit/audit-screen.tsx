import { useInfiniteQuery } from '@tanstack/react-query'
import type { AuditEntry } from '../../../server/api/people.ts'
import { allRows } from '../../api/all-rows.ts'
import { auditQuery } from '../../api/queries.ts'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { type Column, Grid } from '../../ui/grid.tsx'
import { Time } from '../../ui/time.tsx'
import { useTitle } from '../../ui/title.ts'
import { ZonePill } from '../../ui/zone-pill.tsx'

const words = text.people.audit

const columns: readonly Column<AuditEntry>[] = [
  { name: 'at', heading: words.columns.at, width: '10rem', cell: ({ at }) => <Time at={at} /> },
  {
    name: 'who',
    heading: words.columns.who,
    width: 'minmax(8rem, 1fr)',
    cell: ({ who }) => <bdi>{who}</bdi>,
  },
  {
    name: 'zone',
    heading: words.columns.zone,
    width: '7rem',
    cell: ({ zone }) => (zone === null ? null : <ZonePill code={zone} />),
  },
  {
    name: 'action',
    heading: words.columns.action,
    width: 'minmax(14rem, 2fr)',
    cell: ({ action }) => <code>{action}</code>,
  },
  {
    name: 'target',
    heading: words.columns.target,
    width: 'minmax(8rem, 1.5fr)',
    cell: ({ target }) => <bdi>{target}</bdi>,
  },
  {
    name: 'status',
    heading: words.columns.status,
    width: '6rem',
    cell: ({ status }) => status ?? words.under,
  },
  { name: 'address', heading: words.columns.address, width: '9rem', cell: ({ address }) => address },
]

/** What was done in the zones that somebody looks after. */
export function AuditScreen() {
  useTitle(words.title)
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } =
    useInfiniteQuery(auditQuery)
  const rows = allRows(data)
  return (
    <div className="screen fills">
      <h1>{words.title}</h1>
      <p className="hint">{words.teach}</p>
      {error !== null && <Fault error={error} onAgain={() => void refetch()} />}
      <Grid
        label={words.title}
        columns={columns}
        rows={rows}
        keyOf={({ id }) => String(id)}
        total={hasNextPage ? null : rows.length}
        onOpen={() => {}}
        onEnd={() => {
          if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
        }}
        rowRem={2}
        narrowRowRem={6}
        empty={<h2>{words.none}</h2>}
      />
    </div>
  )
}
