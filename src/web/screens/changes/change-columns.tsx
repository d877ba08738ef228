import { Link } from '@tanstack/react-router'
import { Button } from 'react-aria-components'
import type { Change } from '../../api/collection-queries.ts'
import { text } from '../../text.ts'
import { Given } from '../../ui/given.tsx'
import type { Column } from '../../ui/grid.tsx'
import { Time } from '../../ui/time.tsx'

const words = text.changes

type Shown = {
  readonly zone: string
  readonly whyNot: string | null
  readonly onAcknowledge: (change: Change) => void
}

export const changeColumns = ({ zone, whyNot, onAcknowledge }: Shown): readonly Column<Change>[] => [
  {
    name: 'title',
    heading: words.columns.title,
    width: 'minmax(12rem, 1.25fr)',
    cell: (change, tabIndex) => (
      <Link
        to="/zones/$zone/bibs/$mmsId"
        params={{ zone, mmsId: change.mmsId }}
        tabIndex={tabIndex}
        title={titleOf(change)}
      >
        <Given words={titleOf(change)} />
      </Link>
    ),
  },
  {
    name: 'change',
    heading: words.columns.change,
    width: '9rem',
    cell: (change) => {
      const kind = kindOf(change)
      return kind === 'withdrawn' ? (
        <span className="bad">✕ {words.withdrawn}</span>
      ) : (
        <span className={kind === 'back' ? 'good' : undefined}>{words[kind]}</span>
      )
    },
  },
  {
    name: 'was',
    heading: words.columns.was,
    width: 'minmax(12rem, 1fr)',
    cell: (change) => <Value change={change} of={change.was} />,
  },
  {
    name: 'now',
    heading: words.columns.now,
    width: 'minmax(12rem, 1fr)',
    cell: (change) => <Value change={change} of={change} />,
  },
  {
    name: 'collection',
    heading: words.columns.collection,
    width: 'minmax(10rem, 0.9fr)',
    cell: ({ collectionId, collectionName }, tabIndex) =>
      collectionId === null ? (
        ''
      ) : (
        <Link
          to="/zones/$zone/collections/$id"
          params={{ zone, id: collectionId }}
          tabIndex={tabIndex}
          title={collectionName ?? collectionId}
        >
          <Given words={collectionName ?? collectionId} />
        </Link>
      ),
  },
  {
    name: 'when',
    heading: words.columns.when,
    width: '8rem',
    cell: ({ changedAt }) => <Time at={changedAt} />,
  },
  {
    name: 'seen',
    heading: words.columns.seen,
    width: '10rem',
    cell: (change, tabIndex) =>
      change.seenAt === null ? (
        whyNot === null && (
          <Button
            className="button small"
            excludeFromTabOrder={tabIndex === -1}
            aria-label={words.acknowledgeOf(titleOf(change))}
            onPress={() => onAcknowledge(change)}
          >
            {words.acknowledge}
          </Button>
        )
      ) : (
        <span className="none">
          <Time at={change.seenAt} /> {change.seenBy !== null && <Given words={words.by(change.seenBy)} />}
        </span>
      ),
  },
]

const titleOf = ({ title }: Change): string => (title === '' ? text.report.untitled : title)

/** What was changed; where several were at once, the gravest. */
function kindOf({ isWithdrawn, was, availability, url, coverage }: Change) {
  if (isWithdrawn) return 'withdrawn'
  if (was === null) return 'unknown'
  if (was.availability === 'unavailable' && availability === 'available') return 'back'
  if (was.url !== url) return 'address'
  return was.coverage === coverage ? 'unknown' : 'coverage'
}

/** The part of a portfolio that was changed, as it was or is. */
function Value({ change, of }: { readonly change: Change; readonly of: Change['was'] }) {
  if (of === null) return ''
  const kind = kindOf(change)
  if (kind === 'withdrawn' || kind === 'back') return text.inventory.availability[of.availability]
  const value = kind === 'address' ? of.url : of.coverage
  return value === null ? (
    <span className="none">–</span>
  ) : (
    <span title={value}>
      <Given words={value} />
    </span>
  )
}
