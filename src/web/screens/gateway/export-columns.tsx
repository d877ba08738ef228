import { Link } from '@tanstack/react-router'
import type { GatewayExport } from '../../../server/api/gateway.ts'
import type { ExportFilter } from '../../api/queries.ts'
import { tagWords } from '../../ui/tag-badges.tsx'
import { text } from '../../text.ts'
import type { Column } from '../../ui/grid.tsx'
import { Time } from '../../ui/time.tsx'
import { ZonePill } from '../../ui/zone-pill.tsx'
import { ExportOutcome } from './export-outcome.tsx'

const words = text.gateway.columns

export const exportColumns = (filter: ExportFilter): readonly Column<GatewayExport>[] => [
  {
    name: 'export',
    heading: words.id,
    width: '4.25rem',
    numeric: true,
    cell: ({ id }, tabIndex) => (
      <Link to="/gateway/exports/$id" params={{ id }} search={filter} tabIndex={tabIndex}>
        {id}
      </Link>
    ),
  },
  { name: 'time', heading: words.time, width: '8rem', cell: ({ receivedAt }) => <Time at={receivedAt} /> },
  {
    name: 'outcome',
    heading: words.outcome,
    width: '8.25rem',
    cell: ({ outcome }) => <ExportOutcome outcome={outcome} />,
  },
  {
    name: 'title',
    heading: words.title,
    width: 'minmax(11rem, 2fr)',
    cell: ({ title }) => (title === '' ? <em>{text.report.untitled}</em> : <bdi>{title}</bdi>),
  },
  {
    name: 'code',
    heading: words.code,
    width: 'minmax(9rem, 1.4fr)',
    cell: ({ sentence, code, replayOf }) =>
      replayOf === null ? (
        <span title={`${sentence ?? ''} ${code ?? ''}`.trim()}>{sentence}</span>
      ) : (
        <span title={text.gateway.replay(replayOf)}>{text.gateway.replay(replayOf)}</span>
      ),
  },
  {
    name: 'mmsId',
    heading: words.mmsId,
    width: '11rem',
    cell: ({ mmsId, bibZone, tags }, tabIndex) =>
      mmsId === null ? (
        ''
      ) : (
        <>
          <Link
            to="/zones/$zone/bibs/$mmsId"
            params={{ zone: bibZone, mmsId }}
            tabIndex={tabIndex}
            className="mms-id"
          >
            {mmsId}
          </Link>
          {tags !== null && tagWords(tags).length > 0 && <small> {tagWords(tags).join(', ')}</small>}
        </>
      ),
  },
  {
    name: 'issue',
    heading: words.issue,
    width: '4.5rem',
    cell: ({ issue }, tabIndex) =>
      issue === null ? (
        ''
      ) : (
        <Link to="/issues/$id" params={{ id: issue.id }} tabIndex={tabIndex}>
          {issue.resolution === null ? text.report.open : text.report.settled(issue.resolution)}
        </Link>
      ),
  },
  {
    name: 'person',
    heading: words.person,
    width: 'minmax(6rem, 0.6fr)',
    cell: ({ sentBy }, tabIndex) =>
      sentBy === '' ? (
        ''
      ) : (
        <Link
          to="/gateway"
          search={{ ...filter, sentBy }}
          tabIndex={tabIndex}
          title={text.gateway.onlyPerson(sentBy)}
        >
          <bdi>{sentBy}</bdi>
        </Link>
      ),
  },
  { name: 'address', heading: words.address, width: 'minmax(6.5rem, 0.6fr)', cell: ({ address }) => address },
  { name: 'zone', heading: words.zone, width: '6.5rem', cell: ({ zone }) => <ZonePill code={zone} /> },
]
