import { sorts } from '../catalog/search/sorted-page.ts'
import { searchIndexes } from '../rules/search/indexes.ts'
import { type Operator, operators, operatorsOf } from '../rules/search/operators.ts'
import type { SearchIndexes } from './api/search.ts'

const sortNames: Readonly<Record<(typeof sorts)[number], string>> = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  title: 'Title',
  creator: 'Creator',
  year: 'Year, latest first',
  'year-oldest': 'Year, earliest first',
}

/** All that a search can be built of, as programs and the search screen read it. */
export const describedIndexes: SearchIndexes = {
  entities: [
    { code: 'all-titles', name: 'All titles' },
    { code: 'physical-titles', name: 'Physical titles' },
    { code: 'physical-items', name: 'Physical items' },
    { code: 'electronic-titles', name: 'Electronic titles' },
    { code: 'electronic-portfolios', name: 'Electronic portfolios' },
  ],
  indexes: searchIndexes.map((index) => ({
    code: index.code,
    name: index.name,
    group: index.group,
    aliases: [...index.aliases],
    operators: [...operatorsOf(index)],
    isSimple: index.isSimple,
    ...('values' in index && typeof index.values === 'object' ? { values: [...index.values] } : {}),
  })),
  operators: Object.entries(operators).map(([code, { name, relation, term }]) => ({
    code: code as Operator,
    name,
    relation,
    term: term('{}'),
  })),
  sorts: sorts.map((code) => ({ code, name: sortNames[code] })),
}
