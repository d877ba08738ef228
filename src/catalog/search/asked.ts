import { findIndex, nearestIndex } from '../../rules/search/find-index.ts'
import { operatorOf, relationsOf } from '../../rules/search/operators.ts'
import { parseCql } from '../../rules/search/parse-cql.ts'
import { type Query, clause, everyOf } from '../../rules/search/query.ts'
import type { Entity, SearchIndex } from '../../rules/search/search-index.ts'
import { maskedTerm, typedTerm } from '../../rules/search/term.ts'
import { facetCodes } from './facets.ts'
import { SearchRefusal } from './refusal.ts'
import type { Asked } from './search.ts'

/** What a person or a program asks for, as texts. */
export type Wording = {
  readonly entity?: Entity
  /** What is typed into the simple box. */
  readonly text?: string
  /** The index that the text is for; keywords where it is left out. */
  readonly index?: string
  /** CQL; with a text, both must hold. */
  readonly query?: string
  /** `code:value` each; those of one code are alternatives. */
  readonly facets?: readonly string[]
}

/** @throws {SearchRefusal} where it says nothing, or what nothing is known of */
export function readWording({
  entity = 'all-titles',
  text = '',
  index = 'keywords',
  query = '',
  facets = [],
}: Wording): Asked {
  const parts = [
    ...(text.trim() === '' ? [] : [simpleQuery(index, text)]),
    ...(query.trim() === '' ? [] : [readCql(query)]),
  ]
  const whole = everyOf(parts)
  if (whole === null)
    throw new SearchRefusal(
      'NO_WORDS',
      'Nothing is said that could be looked for.',
      'Give a word or a number.',
    )
  return { entity, query: whole, narrowed: readFacets(facets) }
}

function simpleQuery(name: string, text: string): Query {
  const index = knownIndex(name)
  const term = typedTerm(text.trim())
  if (operatorOf(index, '=', term) === null) {
    throw new SearchRefusal(
      'INVALID_QUERY',
      `${index.name} cannot be searched by that text.`,
      `It takes ${relationsOf(index).join(', ')} in a query.`,
    )
  }
  return clause(index.code, '=', term)
}

/** @throws {SearchRefusal} UNKNOWN_INDEX, with the nearest */
function knownIndex(name: string): SearchIndex {
  const index = findIndex(name)
  if (index !== null) return index
  const near = nearestIndex(name)
  throw new SearchRefusal(
    'UNKNOWN_INDEX',
    `There is no index ${name.slice(0, 80)}.${near === null ? '' : ` The nearest is ${near}.`}`,
    'GET /api/search/indexes lists them.',
  )
}

/** @throws {SearchRefusal} with line, column and what should be there */
function readCql(text: string): Query {
  const { query, problem } = parseCql(text)
  if (query !== null) return query
  const { code, line, column, message } = problem
  throw new SearchRefusal(
    code,
    `Line ${line}, column ${column}: ${message}`,
    'docs/searching.md says how queries are written.',
    {
      line,
      column,
    },
  )
}

function readFacets(facets: readonly string[]): Query[] {
  const clauses = facets.map((facet) => {
    const colon = facet.indexOf(':')
    const code = facet.slice(0, Math.max(colon, 0))
    const value = facet.slice(colon + 1)
    if (!facetCodes.some((known) => known === code) || value === '') {
      throw new SearchRefusal(
        'UNKNOWN_FACET',
        `${facet.slice(0, 80)} names no facet and value.`,
        `It is written code:value; the codes are ${facetCodes.join(', ')}.`,
      )
    }
    return { code, clause: clause(code, '==', maskedTerm(value)) }
  })
  return [...Map.groupBy(clauses, ({ code }) => code).values()].map((same) =>
    same.map((each): Query => each.clause).reduce((left, right) => ({ kind: 'or', left, right })),
  )
}
