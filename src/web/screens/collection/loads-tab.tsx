import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type Collection, type Load, loadQuery, loadsQuery } from '../../api/collection-queries.ts'
import { formatCount, formatTime } from '../../format.ts'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { Given } from '../../ui/given.tsx'
import { Time } from '../../ui/time.tsx'
import type { CollectionSearch } from './collection-search.ts'
import { LoadReport } from './load-report.tsx'

const words = text.collection.loads

const counts = ['lines', 'added', 'changed', 'unchanged', 'withdrawn', 'rejected'] as const

/** The files that were loaded into a collection, and what one of them changed. */
export function LoadsTab(props: {
  readonly collection: Collection
  readonly zone: string
  readonly search: CollectionSearch
  readonly onSearch: (search: CollectionSearch) => void
}) {
  const { collection, zone, search } = props
  const { data: loads, error } = useQuery(loadsQuery(zone, collection.collectionId))
  if (error !== null) return <Fault error={error} />
  if (loads === undefined) return <p className="screen-loading">{text.shell.loading}</p>
  if (loads.length === 0)
    return (
      <div className="empty">
        <h2>{words.none}</h2>
        <p>{words.noneTeach}</p>
      </div>
    )
  const shown = search.load ?? loads[0]?.loadId
  return (
    <div className="stack">
      <div className="scrolls">
        <table className="plain" aria-label={words.list(collection.name)}>
          <thead>
            <tr>
              <th scope="col">{words.columns.when}</th>
              <th scope="col">{words.columns.file}</th>
              <th scope="col">{words.columns.kind}</th>
              {counts.map((count) => (
                <th key={count} scope="col" className="numeric">
                  {words.columns[count]}
                </th>
              ))}
              <th scope="col">{words.columns.who}</th>
            </tr>
          </thead>
          <tbody>
            {loads.map((load) => (
              <LoadRow key={load.loadId} load={load} isShown={load.loadId === shown} {...props} />
            ))}
          </tbody>
        </table>
      </div>
      {shown !== undefined && <OneLoad zone={zone} id={collection.collectionId} load={shown} />}
    </div>
  )
}

function LoadRow(props: {
  readonly load: Load
  readonly isShown: boolean
  readonly collection: Collection
  readonly zone: string
}) {
  const { load, isShown, collection, zone } = props
  return (
    <tr aria-current={isShown}>
      <th scope="row">
        <Link
          to="/zones/$zone/collections/$id"
          params={{ zone, id: collection.collectionId }}
          search={{ tab: 'loads', load: load.loadId }}
          replace
          resetScroll={false}
        >
          <Time at={load.loadedAt} />
        </Link>
      </th>
      <td>
        <Given words={load.fileName} className="file-name" />
      </td>
      <td>{words.kinds[load.format]}</td>
      {counts.map((count) => (
        <td key={count} className={load[count] === 0 ? 'numeric none' : 'numeric'}>
          {formatCount(load[count])}
        </td>
      ))}
      <td>{load.loadedBy !== null && <Given words={load.loadedBy} />}</td>
    </tr>
  )
}

function OneLoad({ zone, id, load }: { readonly zone: string; readonly id: string; readonly load: number }) {
  const { data, error } = useQuery(loadQuery(zone, id, load))
  if (error !== null) return <Fault error={error} />
  if (data === undefined) return <p className="screen-loading">{text.shell.loading}</p>
  return (
    <section className="panel" aria-labelledby="load">
      <h2 id="load">
        <Given words={words.showing(data.fileName, formatTime(data.loadedAt))} />
      </h2>
      <LoadReport counts={data} lists={data.report} />
    </section>
  )
}
