import type { QueriedWord } from '../../rules/search/clause-words.ts'

/** A tsquery; each word is quoted, so that none is read as an operator. Nothing where there are no words. */
export function tsQuery(words: readonly QueriedWord[], weights: string, joint: '&' | '|'): string {
  return words
    .map(({ word, isPrefix }) => {
      const marks = `${isPrefix ? '*' : ''}${weights}`
      return `'${word.replace(/['\\]/g, '$&$&')}'${marks === '' ? '' : `:${marks}`}`
    })
    .join(` ${joint} `)
}

/** Both, or one of both; each in parentheses. */
export const joinedTsQuery = (left: string, joint: '&' | '|', right: string): string =>
  `(${left}) ${joint} (${right})`

/** Any of the words of a tsquery: what a row has at least one of whose words are only some of them. */
export const anyWordOf = (query: string): string =>
  query.replace(/('(?:''|\\\\|[^'\\])*')|&/g, (all, word) => (word === undefined ? '|' : all))
