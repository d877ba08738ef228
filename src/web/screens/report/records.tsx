import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'react-aria-components'
import type { JobRecord } from '../../../server/api/job-record.ts'
import type { JobReport } from '../../../server/api/job.ts'
import { allRows } from '../../api/all-rows.ts'
import { jobRecordsQuery, type RecordFilter } from '../../api/queries.ts'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { Grid } from '../../ui/grid.tsx'
import { isOutcome } from '../../ui/outcome-order.ts'
import { recordColumns } from './record-columns.tsx'

const words = text.report

/** The records of the job that the filter lets through, in file order. */
export function Records(props: {
  readonly report: JobReport
  readonly filter: RecordFilter
  readonly onClear: () => void
}) {
  const { report, filter, onClear } = props
  const navigate = useNavigate()
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage, isPending } =
    useInfiniteQuery(jobRecordsQuery(report.job, filter))
  const open = ({ file, position }: JobRecord) =>
    void navigate({
      to: '/jobs/$job/records/$file/$position',
      params: { job: report.job, file, position },
      search: filter,
    })
  if (error !== null && data === undefined) return <Fault error={error} onAgain={() => void refetch()} />
  if (isPending) return <p className="screen-loading">{text.shell.loading}</p>
  const isFiltered = Object.keys(filter).length > 0
  return (
    <Grid
      label={words.recordList(report.job)}
      columns={recordColumns(report, filter)}
      rows={allRows(data)}
      keyOf={({ file, position }) => `${file}.${position}`}
      total={knownTotal(report, filter)}
      onOpen={open}
      onEnd={() => {
        if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
      }}
      rowRem={2}
      narrowRowRem={6.5}
      empty={
        isFiltered ? (
          <>
            <h3>{words.noneFit}</h3>
            <p>{words.noneFitRemedy}</p>
            <Button className="button" onPress={onClear}>
              {words.clear}
            </Button>
          </>
        ) : (
          <>
            <h3>{report.finishedAt === null ? words.noRecords : words.noRecordsAtAll}</h3>
            <p>{report.finishedAt === null ? words.noRecordsTeach : words.noRecordsAtAllTeach}</p>
          </>
        )
      }
    />
  )
}

/** How many records a filter lets through, where a count of the report says it. */
function knownTotal(report: JobReport, { outcome, code, repair }: RecordFilter): number | null {
  const parts = [
    outcome === undefined ? null : isOutcome(outcome) ? report.atImport[outcome] : 0,
    code === undefined ? null : (report.codes[code] ?? 0),
    repair === undefined ? null : (report.repairs[repair] ?? 0),
  ].filter((count) => count !== null)
  if (parts.length === 0) return report.done
  return parts.length === 1 ? (parts[0] ?? null) : null
}
