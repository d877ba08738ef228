import { Link } from '@tanstack/react-router'
import type { Collection } from '../../api/collection-queries.ts'
import { formatCount } from '../../format.ts'
import { text } from '../../text.ts'
import { Given } from '../../ui/given.tsx'
import type { Column } from '../../ui/grid.tsx'
import { Time } from '../../ui/time.tsx'
import { ZonePill } from '../../ui/zone-pill.tsx'

const words = text.collections

/** `here` is the zone of which it is said what is activated. */
export const collectionColumns = (here: string): readonly Column<Collection>[] => [
  {
    name: 'title',
    heading: words.columns.name,
    width: 'minmax(12rem, 2fr)',
    cell: ({ collectionId, name }, tabIndex) => (
      <Link
        to="/zones/$zone/collections/$id"
        params={{ zone: here, id: collectionId }}
        tabIndex={tabIndex}
        title={name}
      >
        <Given words={name} />
      </Link>
    ),
  },
  {
    name: 'zone',
    heading: words.columns.zone,
    width: '5.5rem',
    cell: ({ zone }) => <ZonePill code={zone} />,
  },
  {
    name: 'provider',
    heading: words.columns.provider,
    width: 'minmax(7rem, 1fr)',
    cell: ({ provider }) => (provider === null ? '' : <Given words={provider} />),
  },
  {
    name: 'titles',
    heading: words.columns.titles,
    width: 'minmax(8.5rem, 0.6fr)',
    cell: ({ portfolios, withdrawn }) => (
      <>
        {formatCount(portfolios)}
        {withdrawn > 0 && <span className="none"> · {words.withdrawn(withdrawn)}</span>}
      </>
    ),
  },
  {
    name: 'activated',
    heading: words.columns.activated,
    width: '5.5rem',
    numeric: true,
    cell: ({ activated }) => (activated === 0 ? <span className="none">0</span> : formatCount(activated)),
  },
  {
    name: 'changes',
    heading: words.columns.changes,
    width: '5.5rem',
    cell: ({ changes }) => (changes === 0 ? '' : <span className="tag-word">{words.toSee(changes)}</span>),
  },
  {
    name: 'loaded',
    heading: words.columns.loaded,
    width: 'minmax(11rem, 1.25fr)',
    cell: ({ loadedAt, fileName }) =>
      loadedAt === null ? (
        <span className="none">{words.neverLoaded}</span>
      ) : (
        <>
          <Time at={loadedAt} /> {fileName !== null && <Given words={fileName} className="none" />}
        </>
      ),
  },
  {
    name: 'who',
    heading: words.columns.who,
    width: '5.5rem',
    cell: ({ loadedBy }) => (loadedBy === null ? '' : <Given words={loadedBy} />),
  },
]
