import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, ToggleButton } from 'react-aria-components'
import type { Facets } from '../../../server/api/search.ts'
import { facetsQuery } from '../../api/search-queries.ts'
import { formatCount } from '../../format.ts'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { changed, readYears, type SearchState, writeYears } from './search-state.ts'
import { YearHistogram } from './year-histogram.tsx'

const words = text.search.facets

/** Values of a facet that are shown before somebody asks for more. */
const shownAtFirst = 5

/** How many of the results have what; each is a filter that can be set and taken away. */
export function FacetList(props: {
  readonly zone: string
  readonly state: SearchState
  readonly onChange: (state: SearchState) => void
  readonly list: React.RefObject<HTMLElement | null>
}) {
  const { zone, state, onChange, list } = props
  const { data, error, refetch } = useQuery(facetsQuery(zone, state))
  // The years stay whole while some of them are chosen, so that others can be.
  const whole = useQuery(facetsQuery(zone, changed(state, { years: undefined })))
  const wholeFacets = state.years !== undefined && whole.data !== undefined ? whole.data : data
  const years = wholeFacets?.facets.find(({ code }) => code === 'year')
  const chosen = state.facet ?? []
  const groups = data?.facets.filter(
    ({ code, values }) => code !== 'year' && saysSomething(values, code, chosen),
  )
  const toggle = (one: string) => {
    const next = chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one]
    onChange(changed(state, { facet: next.length > 0 ? next : undefined }))
  }
  return (
    <section className="facets" aria-label={words.name} ref={list}>
      <h2>{words.name}</h2>
      {error !== null && <Fault error={error} onAgain={() => void refetch()} />}
      {groups?.length === 0 && (years?.values.length ?? 0) < 2 && <p className="none">{words.none}</p>}
      {years !== undefined && (
        <YearHistogram
          key={state.years}
          values={years.values}
          years={state.years === undefined ? null : readYears(state.years)}
          onChoose={(next) =>
            onChange(changed(state, { years: next === null ? undefined : writeYears(next) }))
          }
        />
      )}
      {groups?.map((facet) => (
        <FacetGroup key={facet.code} facet={facet} chosen={chosen} onToggle={toggle} />
      ))}
      {data !== undefined && !data.isWhole && <p className="hint">{words.notWhole(data.counted)}</p>}
    </section>
  )
}

type Facet = Facets['facets'][number]

/** A facet that all results share the one value of narrows nothing. */
const saysSomething = (values: Facet['values'], code: string, chosen: readonly string[]): boolean =>
  values.length > 1 || chosen.some((one) => one.startsWith(`${code}:`))

function FacetGroup(props: {
  readonly facet: Facet
  readonly chosen: readonly string[]
  readonly onToggle: (one: string) => void
}) {
  const { facet, chosen, onToggle } = props
  const [isWhole, setIsWhole] = useState(false)
  const isChosen = (value: string) => chosen.includes(`${facet.code}:${value}`)
  const shown = isWhole
    ? facet.values
    : facet.values.filter(({ value }, place) => place < shownAtFirst || isChosen(value))
  const left = facet.values.length - shown.length
  return (
    <section>
      <h3>{facet.name}</h3>
      <ul>
        {shown.map(({ value, name, count }) => (
          <li key={value}>
            <ToggleButton
              className="count-filter"
              isSelected={isChosen(value)}
              onChange={() => onToggle(`${facet.code}:${value}`)}
            >
              <bdi>{name}</bdi> <span className="facet-count">{formatCount(count)}</span>
            </ToggleButton>
          </li>
        ))}
      </ul>
      {(left > 0 || isWhole) && facet.values.length > shownAtFirst && (
        <Button className="button quiet small" aria-expanded={isWhole} onPress={() => setIsWhole(!isWhole)}>
          {isWhole ? words.fewer : words.more(left)}
        </Button>
      )}
    </section>
  )
}
