import { Link } from '@tanstack/react-router'
import { isAccessUrl } from '../../../rules/access-url.ts'
import type { Collection, Offered } from '../../api/collection-queries.ts'
import { text } from '../../text.ts'
import { Given } from '../../ui/given.tsx'
import type { Column } from '../../ui/grid.tsx'

const words = text.collection.titles

type Shown = {
  readonly collection: Collection
  readonly zone: string
  readonly chosen: ReadonlyMap<string, Offered> | null
  readonly onToggle: (row: Offered) => void
}

export const titleColumns = ({ collection, zone, chosen, onToggle }: Shown): readonly Column<Offered>[] => [
  ...(chosen === null
    ? []
    : [
        {
          name: 'choose',
          heading: words.columns.choose,
          width: '4.5rem',
          cell: (row: Offered, tabIndex: 0 | -1) => (
            <label className="row-check">
              <input
                type="checkbox"
                tabIndex={tabIndex}
                checked={chosen.has(row.portfolioId)}
                aria-label={words.choose(titleOf(row))}
                onChange={() => onToggle(row)}
              />
            </label>
          ),
        },
      ]),
  {
    name: 'title',
    heading: words.columns.title,
    width: 'minmax(14rem, 2fr)',
    cell: (row, tabIndex) => (
      <Link
        to="/zones/$zone/bibs/$mmsId"
        params={
          row.activatedMmsId === null
            ? { zone: collection.zone, mmsId: row.mmsId }
            : { zone, mmsId: row.activatedMmsId }
        }
        tabIndex={tabIndex}
        title={titleOf(row)}
      >
        <Given words={titleOf(row)} />
      </Link>
    ),
  },
  {
    name: 'state',
    heading: words.columns.state,
    width: '8rem',
    cell: ({ activatedId, withdrawnAt }) =>
      withdrawnAt !== null ? (
        <span className="bad">✕ {words.withdrawn}</span>
      ) : activatedId !== null ? (
        <span className="good">● {words.activated}</span>
      ) : (
        <span className="none">○ {words.available}</span>
      ),
  },
  {
    name: 'coverage',
    heading: words.columns.coverage,
    width: 'minmax(9rem, 1fr)',
    cell: ({ coverage }) => (coverage === null ? '' : <Given words={coverage} />),
  },
  {
    name: 'address',
    heading: words.columns.address,
    width: 'minmax(12rem, 1.5fr)',
    cell: ({ url }, tabIndex) =>
      url === null ? (
        ''
      ) : isAccessUrl(url) ? (
        <a href={url} rel="noopener noreferrer" target="_blank" tabIndex={tabIndex}>
          <Given words={url} />
        </a>
      ) : (
        <Given words={url} />
      ),
  },
  {
    name: 'key',
    heading: words.columns.key,
    width: 'minmax(7rem, 0.75fr)',
    cell: ({ titleKey }) => (titleKey === null ? '' : <Given words={titleKey} className="none" />),
  },
]

const titleOf = ({ title }: Offered): string => (title === '' ? words.untitled : title)
