import { Link } from '@tanstack/react-router'
import type { Issue } from '../../../server/api/issue.ts'
import type { IssueFilter } from '../../api/queries.ts'
import { formatCount } from '../../format.ts'
import { text } from '../../text.ts'
import type { Column } from '../../ui/grid.tsx'
import { Time } from '../../ui/time.tsx'
import { ZonePill } from '../../ui/zone-pill.tsx'

const words = text.issues.columns

export const issueColumns = (filter: IssueFilter): readonly Column<Issue>[] => [
  {
    name: 'issue',
    heading: words.issue,
    width: '4.5rem',
    numeric: true,
    cell: ({ id }, tabIndex) => (
      <Link to="/issues/$id" params={{ id }} search={filter} tabIndex={tabIndex}>
        {id}
      </Link>
    ),
  },
  {
    name: 'title',
    heading: words.title,
    width: 'minmax(12rem, 2fr)',
    cell: ({ title }) => (title === '' ? <em>{text.report.untitled}</em> : <bdi>{title}</bdi>),
  },
  {
    name: 'code',
    heading: words.code,
    width: 'minmax(12rem, 2fr)',
    cell: ({ sentence, code }) => <span title={code}>{sentence}</span>,
  },
  {
    name: 'candidates',
    heading: words.candidates,
    width: '6.5rem',
    numeric: true,
    cell: ({ candidates }) => formatCount(candidates.length),
  },
  { name: 'zone', heading: words.zone, width: '7.5rem', cell: ({ zone }) => <ZonePill code={zone} /> },
  {
    name: 'job',
    heading: words.job,
    width: '4rem',
    numeric: true,
    cell: ({ job }, tabIndex) =>
      job === null ? (
        <span title={words.noJob}>–</span>
      ) : (
        <Link to="/jobs/$job" params={{ job }} tabIndex={tabIndex}>
          {job}
        </Link>
      ),
  },
  { name: 'since', heading: words.since, width: '8.5rem', cell: ({ openedAt }) => <Time at={openedAt} /> },
  ...(filter.settled === true
    ? [
        {
          name: 'settled',
          heading: words.settled,
          width: 'minmax(9rem, 1fr)',
          cell: ({ resolution, resolvedBy }: Issue) =>
            resolution === null
              ? ''
              : text.issue.settled(text.issue.settledAs[resolution], resolvedBy ?? text.report.nobody),
        },
      ]
    : []),
]
