import { Button } from 'react-aria-components'
import { findIndex } from '../../../rules/search/find-index.ts'
import { valueName } from '../../../rules/search/value-names.ts'
import { text } from '../../text.ts'
import { Given } from '../../ui/given.tsx'
import { changed, readYears, type SearchState } from './search-state.ts'

const words = text.search.chips

/** What the results are narrowed to, each part with a button that takes it away. */
export function SearchChips(props: {
  readonly state: SearchState
  readonly onChange: (state: SearchState) => void
}) {
  const { state, onChange } = props
  const { facet = [], years, query } = state
  const range = years === undefined ? null : readYears(years)
  const parts = [
    ...(query === undefined
      ? []
      : [{ id: 'query', name: words.query(query), without: changed(state, { query: undefined }) }]),
    ...(range === null
      ? []
      : [
          {
            id: 'years',
            name: words.of(text.search.facets.year, text.search.facets.range(range.from, range.to)),
            without: changed(state, { years: undefined }),
          },
        ]),
    ...facet.map((one) => {
      const left = facet.filter((other) => other !== one)
      return {
        id: one,
        name: facetName(one),
        without: changed(state, { facet: left.length > 0 ? left : undefined }),
      }
    }),
  ]
  if (parts.length === 0) return null
  return (
    <div className="chips">
      <span className="hint">{words.name}</span>
      {parts.map(({ id, name, without }) => (
        <Button key={id} className="chip" onPress={() => onChange(without)}>
          <span className="visually-hidden">{words.removes}</span> <Given words={name} />{' '}
          <span aria-hidden="true">✕</span>
        </Button>
      ))}
      {parts.length > 1 && (
        <Button
          className="button quiet small"
          onPress={() => onChange(changed(state, { facet: undefined, years: undefined, query: undefined }))}
        >
          {words.clear}
        </Button>
      )}
    </div>
  )
}

function facetName(one: string): string {
  const at = one.indexOf(':')
  const code = one.slice(0, at)
  const value = one.slice(at + 1)
  return words.of(findIndex(code)?.name ?? code, valueName(code, value))
}
