import { Link } from '@tanstack/react-router'
import type { JobRecord } from '../../../server/api/job-record.ts'
import type { JobReport } from '../../../server/api/job.ts'
import type { RecordFilter } from '../../api/queries.ts'
import { formatCount } from '../../format.ts'
import { text } from '../../text.ts'
import { Given } from '../../ui/given.tsx'
import type { Column } from '../../ui/grid.tsx'
import { tagWords } from '../../ui/tag-badges.tsx'
import { OutcomeSwatch } from '../../ui/outcome-patterns.tsx'

const words = text.report

export function recordColumns(report: JobReport, filter: RecordFilter): readonly Column<JobRecord>[] {
  const position: Column<JobRecord> = {
    name: 'position',
    heading: words.columns.position,
    width: '5.5rem',
    numeric: true,
    cell: (record, tabIndex) => (
      <Link
        to="/jobs/$job/records/$file/$position"
        params={{ job: report.job, file: record.file, position: record.position }}
        search={filter}
        tabIndex={tabIndex}
      >
        {formatCount(record.position)}
      </Link>
    ),
  }
  const file: Column<JobRecord> = {
    name: 'file',
    heading: words.columns.file,
    width: '8rem',
    cell: (record) => <Given words={report.fileList.find((one) => one.file === record.file)?.name ?? ''} />,
  }
  return report.fileList.length > 1 ? [position, file, ...columns(report)] : [position, ...columns(report)]
}

const columns = (report: JobReport): readonly Column<JobRecord>[] => [
  {
    name: 'outcome',
    heading: words.columns.outcome,
    width: '8.5rem',
    cell: ({ outcome }) => (
      <span className="outcome-word">
        <OutcomeSwatch outcome={outcome} /> {text.outcomes[outcome]}
      </span>
    ),
  },
  {
    name: 'title',
    heading: words.columns.title,
    width: 'minmax(12rem, 2fr)',
    cell: ({ title }) => (title === '' ? <em>{words.untitled}</em> : <bdi>{title}</bdi>),
  },
  {
    name: 'code',
    heading: words.columns.code,
    width: 'minmax(10rem, 1.4fr)',
    cell: ({ sentence, code }) => (sentence === null ? '' : <span title={code ?? ''}>{sentence}</span>),
  },
  {
    name: 'flags',
    heading: words.columns.flags,
    width: '11rem',
    cell: (record, tabIndex) => <Flags job={report.job} record={record} tabIndex={tabIndex} />,
  },
  ...(report.link === null ? [] : [oursColumn(report)]),
  {
    name: 'mmsId',
    heading: report.link === null ? words.columns.mmsId : text.linkJob.theirsColumn,
    width: '12rem',
    cell: ({ mmsId }, tabIndex) =>
      mmsId === null ? (
        ''
      ) : (
        <Link
          to="/zones/$zone/bibs/$mmsId"
          params={{ zone: report.bibZone, mmsId }}
          tabIndex={tabIndex}
          className="mms-id"
        >
          {mmsId}
        </Link>
      ),
  },
]

/** Of a job that links bibs: the one of the list. */
const oursColumn = (report: JobReport): Column<JobRecord> => ({
  name: 'ours',
  heading: text.linkJob.ours,
  width: '12rem',
  cell: ({ ours }, tabIndex) =>
    ours === null ? (
      ''
    ) : (
      <Link
        to="/zones/$zone/bibs/$mmsId"
        params={{ zone: report.zone, mmsId: ours }}
        tabIndex={tabIndex}
        className="mms-id"
      >
        {ours}
      </Link>
    ),
})

function Flags(props: { readonly job: number; readonly record: JobRecord; readonly tabIndex: 0 | -1 }) {
  const { job, record, tabIndex } = props
  const { issue } = record
  const said = flags(record).join(', ')
  if (issue === null) return said
  return (
    <>
      <Link to="/issues/$id" params={{ id: issue.id }} search={{ job }} tabIndex={tabIndex}>
        {issue.resolution === null ? words.open : words.settled(issue.resolution)}
      </Link>
      {said !== '' && `, ${said}`}
    </>
  )
}

function flags({ duplicateInFile, repairs, tags, oursTags }: JobRecord): readonly string[] {
  const found: string[] = [
    ...(tags === null ? [] : tagWords(tags)),
    ...(oursTags === null ? [] : tagWords(oursTags).map(text.linkJob.oursTagged)),
  ]
  if (duplicateInFile) found.push(words.duplicate)
  if (repairs.length > 0) found.push(words.repaired(repairs.length))
  return found
}
