import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'react-aria-components'
import type { JobReport } from '../../../server/api/job.ts'
import { allRows } from '../../api/all-rows.ts'
import { conflictsQuery } from '../../api/queries.ts'
import { formatCount } from '../../format.ts'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'

const words = text.undo

/** What an undo left as it was, and why: each with its bib and the record that had changed it. */
export function Conflicts({ report }: { readonly report: JobReport }) {
  const { job, ofJob, bibZone } = report
  const { data, error, refetch, hasNextPage, fetchNextPage, isPending } = useInfiniteQuery(
    conflictsQuery(job),
  )
  const rows = allRows(data)
  if (error !== null) return <Fault error={error} onAgain={() => void refetch()} />
  if (isPending) return <p className="screen-loading">{text.shell.loading}</p>
  if (rows.length === 0) return <p className="empty">{words.noConflicts}</p>
  return (
    <div className="stack">
      <p className="hint">{words.conflictsMeaning}</p>
      <div className="scrolls">
        <table className="plain" aria-label={text.report.tabs.conflicts}>
          <thead>
            <tr>
              <th scope="col">{text.bib.title}</th>
              <th scope="col">{words.why}</th>
              <th scope="col">{words.ofRecord}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ file, position, mmsId, conflicts }) => (
              <tr key={`${file}.${position}`}>
                <th scope="row">
                  <Link className="mms-id" to="/zones/$zone/bibs/$mmsId" params={{ zone: bibZone, mmsId }}>
                    {mmsId}
                  </Link>
                </th>
                <td>
                  <bdi>{conflicts.join('; ')}</bdi>
                </td>
                <td>
                  {ofJob !== null && (
                    <Link to="/jobs/$job/records/$file/$position" params={{ job: ofJob, file, position }}>
                      {words.recordOf(formatCount(position), ofJob)}
                    </Link>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {hasNextPage && (
        <Button className="button" onPress={() => void fetchNextPage()}>
          {words.more}
        </Button>
      )}
    </div>
  )
}
