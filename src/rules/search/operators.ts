import { type Relation, relations } from './query.ts'
import type { SearchIndex } from './search-index.ts'
import { wholeTerm } from './term.ts'

export type Operator =
  | 'contains-keywords'
  | 'contains-any'
  | 'contains-phrase'
  | 'equals'
  | 'not-equals'
  | 'starts-with'
  | 'is-empty'
  | 'is-not-empty'
  | 'greater'
  | 'at-least'
  | 'less'
  | 'at-most'
  | 'between'

type Written = { readonly relation: Relation; readonly term: (text: string) => string }

/** How each operator is written in CQL; the term is made of what is looked for, masked. */
export const operators: Readonly<Record<Operator, { readonly name: string } & Written>> = {
  'contains-keywords': { name: 'Contains keywords', relation: 'all', term: (text) => text },
  'contains-any': { name: 'Contains any keyword', relation: 'any', term: (text) => text },
  'contains-phrase': { name: 'Contains phrase', relation: 'adj', term: (text) => text },
  equals: { name: 'Equals', relation: '==', term: (text) => text },
  'not-equals': { name: 'Does not equal', relation: '<>', term: (text) => text },
  'starts-with': { name: 'Starts with', relation: '==', term: (text) => `${text.trimEnd()}*` },
  'is-empty': { name: 'Is empty', relation: '==', term: () => '' },
  'is-not-empty': { name: 'Is not empty', relation: '<>', term: () => '' },
  greater: { name: 'Greater than', relation: '>', term: (text) => text },
  'at-least': { name: 'At least', relation: '>=', term: (text) => text },
  less: { name: 'Less than', relation: '<', term: (text) => text },
  'at-most': { name: 'At most', relation: '<=', term: (text) => text },
  between: { name: 'Between', relation: 'within', term: (text) => text },
}

const words: readonly Operator[] = [
  'contains-keywords',
  'contains-any',
  'contains-phrase',
  'equals',
  'not-equals',
  'starts-with',
  'is-empty',
  'is-not-empty',
]
const ordered: readonly Operator[] = [
  'equals',
  'not-equals',
  'greater',
  'at-least',
  'less',
  'at-most',
  'between',
]
const emptiness: readonly Operator[] = ['is-empty', 'is-not-empty']

/** The operators that an index has. */
export function operatorsOf(index: SearchIndex): readonly Operator[] {
  switch (index.kind) {
    case 'words':
      return index.code === 'keywords' ? words.slice(0, 3) : words
    case 'identifier':
      return ['equals', 'not-equals', 'starts-with', ...emptiness]
    case 'mms-id':
      return ['equals', 'not-equals']
    case 'inventory':
      return index.type === 'text'
        ? ['equals', 'not-equals', 'starts-with', ...emptiness]
        : ['equals', 'not-equals', ...emptiness]
    case 'column':
      return columnOperators(index)
  }
}

function columnOperators({ type, column }: SearchIndex & { kind: 'column' }): readonly Operator[] {
  if (column === 'job' || type === 'boolean') return ['equals', 'not-equals']
  if (column === 'brief_level' || type === 'date') return ordered
  if (type === 'number') return [...ordered, ...emptiness]
  return ['equals', 'not-equals', ...emptiness]
}

/**
 * The operator that a relation is with an index and a term; nothing where the index has none such. `=` and
 * `all` ask an index of words for the words, and any other for the value.
 */
export function operatorOf(index: SearchIndex, relation: Relation, term: string): Operator | null {
  const meant = meantBy(index, relation, term)
  return meant !== null && operatorsOf(index).includes(meant) ? meant : null
}

function meantBy(index: SearchIndex, relation: Relation, term: string): Operator | null {
  switch (relation) {
    case '=':
    case 'all':
    case 'any':
    case 'adj':
      if (term.trim() === '') return null
      if (index.kind === 'words') return wordOperators[relation]
      return relation === '=' || relation === 'all' ? comparison(term) : null
    case '==':
      return term === '' ? 'is-empty' : comparison(term)
    case '<>':
      return term === '' ? 'is-not-empty' : 'not-equals'
    case '<':
      return 'less'
    case '<=':
      return 'at-most'
    case '>':
      return 'greater'
    case '>=':
      return 'at-least'
    case 'within':
      return 'between'
  }
}

const wordOperators = {
  '=': 'contains-keywords',
  all: 'contains-keywords',
  any: 'contains-any',
  adj: 'contains-phrase',
} as const

const comparison = (term: string): Operator => (wholeTerm(term).isPrefix ? 'starts-with' : 'equals')

/** The relations that an index takes, with an example of how they are written where that says more. */
export function relationsOf(index: SearchIndex): string[] {
  const taken = new Set(operatorsOf(index).map((operator) => operators[operator].relation))
  return relations.filter((relation) => taken.has(relation))
}
