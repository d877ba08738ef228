import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'react-aria-components'
import type { Found } from '../../../server/api/search.ts'
import type { Zone } from '../../../server/api/zone.ts'
import { foundQuery } from '../../api/search-queries.ts'
import { formatCount } from '../../format.ts'
import { text } from '../../text.ts'
import { type Entity, changed, type SearchState } from './search-state.ts'

const words = text.search

/** Why nothing was found, and what would find something, each a press away. */
export function NothingFound(props: {
  readonly zone: string
  readonly state: SearchState
  readonly hint: Found['hint']
  /** The zones that could be searched instead. */
  readonly others: readonly Zone[]
  readonly onChange: (state: SearchState) => void
}) {
  const { zone, state, hint, others, onChange } = props
  const everywhere = changed(state, { facet: undefined, years: undefined, entity: undefined })
  const elsewhere = useQueries({
    queries: others.map(({ code }) => foundQuery(code, everywhere, 1)),
    combine: (results) =>
      others.flatMap((other, at) => {
        const found = results[at]?.data
        return found === undefined || found.total === 0
          ? []
          : [{ other, count: countOf('all-titles', found.total, found.totalIsExact) }]
      }),
  })
  const isNarrowed = state.facet !== undefined || state.years !== undefined
  return (
    <div className="empty" role="status">
      <h2>{words.nothing.title}</h2>
      {hint !== null && <p>{hint.message}</p>}
      <div className="actions">
        {hint?.entity !== undefined && (hint.total ?? 0) > 0 && (
          <Button
            className="button primary"
            onPress={() => onChange(changed(state, { entity: hint.entity }))}
          >
            {words.nothing.show(countOf(hint.entity, hint.total ?? 0, true))}
          </Button>
        )}
        {hint?.mmsId !== undefined && (
          <Link className="button primary" to="/zones/$zone/bibs/$mmsId" params={{ zone, mmsId: hint.mmsId }}>
            {words.nothing.deleted}
          </Link>
        )}
        {isNarrowed && (
          <Button
            className="button"
            onPress={() => onChange(changed(state, { facet: undefined, years: undefined }))}
          >
            {words.nothing.withoutFacets}
          </Button>
        )}
        {state.index !== undefined && state.index !== 'keywords' && state.q !== undefined && (
          <Button className="button" onPress={() => onChange(changed(state, { index: undefined }))}>
            {words.nothing.inKeywords}
          </Button>
        )}
        {elsewhere.map(({ other, count }) => (
          <Button
            key={other.code}
            className="button"
            onPress={() => onChange({ ...everywhere, zone: other.code })}
          >
            {words.nothing.elsewhere(other.name, count)}
          </Button>
        ))}
      </div>
    </div>
  )
}

/** `3 titles`, `More than 10,000 physical items`. */
export function countOf(entity: Entity, total: number, isExact: boolean): string {
  return isExact
    ? words.count[entity](total)
    : words.atLeast(`${formatCount(total)} ${words.entities[entity].toLowerCase()}`)
}
