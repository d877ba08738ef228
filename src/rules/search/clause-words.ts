import { plainQueryWords, queryWords, wordRow, wordsOfTexts } from '../words.ts'
import { plainWords } from '../fold.ts'
import type { Operator } from './operators.ts'
import { chunksOf, wholeTerm } from './term.ts'

/** A word that is looked for; a prefix stands for every word that begins so. */
export type QueriedWord = { readonly word: string; readonly isPrefix: boolean }

/** Words of a term at most: the rest is not looked for. */
const mostWords = 40

/**
 * The words of a term. `readsNumbers`: an ISBN or ISSN among them is looked for in the form in which the words of
 * all fields have it.
 */
export function queriedWords(term: string, readsNumbers: boolean): QueriedWord[] {
  const found = new Map<string, QueriedWord>()
  for (const { text, isPrefix } of chunksOf(term)) {
    const words = isPrefix || !readsNumbers ? plainQueryWords(text) : queryWords(text)
    for (const [at, word] of words.entries()) {
      const queried = { word, isPrefix: isPrefix && at === words.length - 1 }
      found.set(`${word}${queried.isPrefix ? '*' : ''}`, queried)
    }
  }
  return [...found.values()].slice(0, mostWords)
}

/** Whether the texts of an index in a record are what a clause asks for. */
export function matchesTexts(texts: readonly string[], operator: Operator, term: string): boolean {
  switch (operator) {
    case 'is-empty':
      return texts.length === 0
    case 'is-not-empty':
      return texts.length > 0
    case 'contains-keywords':
      return queriedWords(term, false).every(isIn(wordsOfTexts(texts)))
    case 'contains-any':
      return queriedWords(term, false).some(isIn(wordsOfTexts(texts)))
    case 'contains-phrase': {
      const phrase = phraseOf(term)
      return texts.some((text) => hasPhrase(wordRow(text), phrase))
    }
    case 'equals': {
      const asked = plainWords(wholeTerm(term).text)
      return texts.some((text) => plainWords(text) === asked)
    }
    case 'not-equals':
      return !matchesTexts(texts, 'equals', term)
    case 'starts-with': {
      const asked = plainWords(wholeTerm(term).text)
      return texts.some((text) => plainWords(text).startsWith(asked))
    }
    case 'greater':
    case 'at-least':
    case 'less':
    case 'at-most':
    case 'between':
      throw new Error(`Texts are not compared by ${operator}.`)
  }
}

const isIn =
  (words: ReadonlySet<string>) =>
  ({ word, isPrefix }: QueriedWord): boolean =>
    isPrefix ? [...words].some((each) => each.startsWith(word)) : words.has(word)

function phraseOf(term: string): QueriedWord[] {
  return chunksOf(term).flatMap(({ text, isPrefix }) => {
    const row = wordRow(text)
    return row.map((word, at) => ({ word, isPrefix: isPrefix && at === row.length - 1 }))
  })
}

function hasPhrase(row: readonly string[], phrase: readonly QueriedWord[]): boolean {
  return row.some((_, start) =>
    phrase.every(({ word, isPrefix }, at) => {
      const there = row[start + at]
      return there !== undefined && (isPrefix ? there.startsWith(word) : there === word)
    }),
  )
}
