import { nearest } from '../nearest.ts'
import { shortened } from '../shortened.ts'
import { ruleLimits } from './rule-limits.ts'
import type { Place, RuleProblem } from './rule.ts'
import type { Token } from './tokens.ts'

/** Where the parser stands among the tokens, and what it found wrong so far. */
export type TokenReader = {
  readonly tokens: readonly Token[]
  at: number
  readonly problems: RuleProblem[]
  /** How many of the problems are errors of the parser's. */
  errors: number
  /** Instructions of the regular expressions so far. */
  regexPrograms: number
}

export const peek = (reader: TokenReader): Token => reader.tokens[reader.at] as Token

/** The token here; the reader goes on, but never past the end of the file. */
export function take(reader: TokenReader): Token {
  const token = peek(reader)
  if (token.kind !== 'end-of-file') reader.at++
  return token
}

/** Whether one of these words, given in small letters, stands here in any case. */
export function isWord(token: Token, ...words: readonly string[]): boolean {
  return token.kind === 'word' && words.includes(token.text.toLowerCase())
}

export const isMark = (token: Token, mark: string): boolean => token.kind === 'mark' && token.text === mark

/** Takes the word (in any case) or the mark that stands here if it is this one. */
export function takeIf(reader: TokenReader, text: string): boolean {
  const token = peek(reader)
  if (!isWord(token, text.toLowerCase()) && !isMark(token, text)) return false
  reader.at++
  return true
}

/** As `takeIf` for words in a row: all of them or none. */
export function takeWords(reader: TokenReader, ...words: readonly string[]): boolean {
  for (let at = 0; at < words.length; at++) {
    const token = reader.tokens[reader.at + at]
    if (token === undefined || !isWord(token, words[at] as string)) return false
  }
  reader.at += words.length
  return true
}

/** Takes the word or the mark that has to stand here; false, and a problem, where it does not. */
export function expect(reader: TokenReader, text: string): boolean {
  if (takeIf(reader, text)) return true
  fail(reader, peek(reader), `${markNames[text] ?? text} was expected, and ${here(peek(reader))}`)
  return false
}

const markNames: Readonly<Record<string, string>> = {
  '.': 'A dot',
  ',': 'A comma',
  ')': 'A closing parenthesis',
}

/** Takes the text in quotes that has to stand here; `what` says what it is to hold, as in `a tag`. */
export function expectText(reader: TokenReader, what: string): Token | null {
  const token = peek(reader)
  if (token.kind === 'text') return take(reader)
  fail(reader, token, `${what} in quotes was expected, and ${here(token)}`)
  return null
}

/** What stands at a token, for the end of a sentence. */
export function here(token: Token): string {
  if (token.kind === 'end-of-file') return 'the file ends here.'
  if (token.kind === 'test') return 'here a test begins.'
  return `here stands ${shown(token)}.`
}

/** What is written at a token, as a message says it: in quotes where it stands in quotes, its beginning where it is long. */
export const shown = ({ kind, text }: Token): string => (kind === 'text' ? `"${brief(text)}"` : brief(text))

/** The beginning of what is written in a file, for a message. */
export const brief = (text: string): string => shortened(text, 41)

export function fail(reader: TokenReader, { line, column }: Place, message: string): void {
  reader.errors++
  reader.problems.push({ severity: 'error', line, column, message })
}

export function warn(reader: TokenReader, { line, column }: Place, message: string): void {
  reader.problems.push({ severity: 'warning', line, column, message })
}

/** `did you mean replaceContents?` of a word that is not known; else what could stand there, if that is not much. */
export function suggestion(typed: string, known: readonly string[]): string {
  const near = nearest(typed, known)
  if (near !== null) return `did you mean ${near}?`
  return known.length > 10 ? 'docs/rules.md lists those there are.' : `known are ${known.join(', ')}.`
}

/** Goes on to the first token of the next line; stays where that is here. */
export function skipLine(reader: TokenReader): void {
  while (!peek(reader).first && peek(reader).kind !== 'end-of-file') reader.at++
}

/** Goes on to one of these words at the beginning of a line, to a test, or to the end of the file. */
export function skipTo(reader: TokenReader, ...words: readonly string[]): void {
  for (;;) {
    const token = peek(reader)
    if (token.kind === 'end-of-file' || token.kind === 'test') return
    if (token.first && isWord(token, ...words)) return
    reader.at++
  }
}

/** Enough is enough: a file of another language is not complained about line by line for ever. */
export const hasManyErrors = (reader: TokenReader): boolean => reader.errors >= ruleLimits.problems

export const placeOf = ({ line, column }: Place): Place => ({ line, column })
