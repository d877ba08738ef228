import { Link } from '@tanstack/react-router'
import type { ListedRule } from '../../../server/api/rule.ts'
import { text } from '../../text.ts'
import type { Column } from '../../ui/grid.tsx'
import { Time } from '../../ui/time.tsx'
import { ZonePill } from '../../ui/zone-pill.tsx'

const words = text.rules

/** `anyZone` is where a rule that is built in is looked at from: it is the same for all. */
export const ruleColumns = (anyZone: string): readonly Column<ListedRule>[] => [
  {
    name: 'title',
    heading: words.columns.code,
    width: 'minmax(10rem, 1fr)',
    cell: ({ zone, kind, code }, tabIndex) => (
      <Link
        to="/zones/$zone/rules/$kind/$code"
        params={{ zone: zone ?? anyZone, kind, code }}
        tabIndex={tabIndex}
      >
        {code}
      </Link>
    ),
  },
  { name: 'kind', heading: words.columns.kind, width: '8rem', cell: ({ kind }) => words.kinds[kind] },
  {
    name: 'name',
    heading: words.columns.name,
    width: 'minmax(15rem, 1.5fr)',
    cell: ({ name, description }) => (
      <span title={description ?? name}>
        <bdi>{name}</bdi>
      </span>
    ),
  },
  {
    name: 'zone',
    heading: words.columns.zone,
    width: '6rem',
    cell: ({ zone }) =>
      zone === null ? (
        <span className="tag-word" title={words.shippedMeaning}>
          {words.shipped}
        </span>
      ) : (
        <ZonePill code={zone} />
      ),
  },
  {
    name: 'state',
    heading: words.columns.state,
    width: '9rem',
    cell: ({ zone, active, shared, hasErrors }) => (
      <>
        <span className={active ? 'good' : hasErrors ? 'bad' : 'none'}>
          <span aria-hidden="true">{active ? '● ' : hasErrors ? '✕ ' : '○ '}</span>
          {active ? words.states.on : hasErrors ? words.states.faulty : words.states.off}
        </span>{' '}
        {zone !== null && shared && <span className="tag-word">{words.shared}</span>}
      </>
    ),
  },
  {
    name: 'usedBy',
    heading: words.columns.usedBy,
    width: '9rem',
    cell: ({ usedBy }) => (
      <span title={usedBy.map(useWords).join(', ')}>
        <bdi>{usedBy.length > 1 ? words.usedBy(usedBy.length) : usedBy.map(useWords).join('')}</bdi>
      </span>
    ),
  },
  {
    name: 'version',
    heading: words.columns.version,
    width: '5rem',
    numeric: true,
    cell: ({ version }) => version ?? '',
  },
  {
    name: 'changed',
    heading: words.columns.changed,
    width: '7rem',
    cell: ({ changedAt }) => (changedAt === null ? '' : <Time at={changedAt} />),
  },
  {
    name: 'who',
    heading: words.columns.who,
    width: '6.5rem',
    cell: ({ zone, changedBy }) => (zone === null ? '' : <bdi>{changedBy ?? text.report.nobody}</bdi>),
  },
]

/** Who uses a rule, in short: the profile, or what else of the zone. */
const useWords = ({ zone, by, code }: ListedRule['usedBy'][number]): string => words.use[by](zone, code ?? '')
