import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { allRows } from '../../api/all-rows.ts'
import { jobRecordsQuery, type RecordFilter } from '../../api/queries.ts'
import { useCommands } from '../../keys/commands.tsx'
import { keyTable } from '../../keys/key-table.ts'
import { text } from '../../text.ts'
import { Keys } from '../../ui/keys.tsx'

/** The records before and after this one in the list that the person came from, filter and all. */
export function Neighbours(props: {
  readonly job: number
  readonly file: number
  readonly position: number
  readonly filter: RecordFilter
}) {
  const { job, file, position, filter } = props
  const navigate = useNavigate()
  const { data, hasNextPage, fetchNextPage } = useInfiniteQuery(jobRecordsQuery(job, filter))
  const rows = allRows(data)
  const here = rows.findIndex((row) => row.file === file && row.position === position)
  const previous = here > 0 ? rows[here - 1] : undefined
  const next = here === -1 ? undefined : rows[here + 1]

  const open = (to: typeof next) => {
    if (to === undefined) return
    if (hasNextPage && here >= rows.length - 3) void fetchNextPage()
    void navigate({
      to: '/jobs/$job/records/$file/$position',
      params: { job, file: to.file, position: to.position },
      search: filter,
    })
  }
  useCommands([
    { name: 'previousRecord', label: text.commands.previousRecord, run: () => open(previous) },
    { name: 'nextRecord', label: text.commands.nextRecord, run: () => open(next) },
    {
      name: 'backToReport',
      label: text.commands.backToReport,
      run: () => void navigate({ to: '/jobs/$job', params: { job }, search: filter }),
    },
  ])
  return (
    <span className="neighbours">
      {previous !== undefined && (
        <Link
          to="/jobs/$job/records/$file/$position"
          params={{ job, file: previous.file, position: previous.position }}
          search={filter}
        >
          {text.record.previous} <Keys keys={keyTable.previousRecord.keys[0]} />
        </Link>
      )}
      {next !== undefined && (
        <Link
          to="/jobs/$job/records/$file/$position"
          params={{ job, file: next.file, position: next.position }}
          search={filter}
        >
          {text.record.next} <Keys keys={keyTable.nextRecord.keys[0]} />
        </Link>
      )}
    </span>
  )
}
