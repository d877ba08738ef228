import type { DataField, MarcRecord, Subfield } from '../marc/record.ts'
import { characterClass, separator, unspaced, wordPart } from './characters.ts'
import { effectiveTag } from './effective-tag.ts'
import { fold, foldWide } from './fold.ts'
import { isbn13, issn, lccn, oclcNumber } from './identifiers.ts'
import {
  identifierPlace,
  namePlace,
  otherPlace,
  placeOf,
  placesOf,
  subjectPlace,
  titlePlace,
} from './word-places.ts'

/** Characters of a word that are kept, and distinct words of a record. */
const longestWord = 100
const mostWords = 2000

/** The distinct folded words of a record, and those of its titles, names and subjects. */
export type SearchWords = {
  readonly all: string[]
  readonly title: string[]
  readonly name: string[]
  readonly subject: string[]
}

/**
 * The words that a bib is found by in a keyword search: titles, names, subjects, series, notes,
 * publisher and identifiers, 880s with their partners. Control fields and local 9XX are left out.
 */
export function searchWords(record: MarcRecord): SearchWords {
  const words: SearchWords = { all: [], title: [], name: [], subject: [] }
  for (const [word, places] of wordsByPlace(record)) {
    words.all.push(word)
    if (places & titlePlace) words.title.push(word)
    if (places & namePlace) words.name.push(word)
    if (places & subjectPlace) words.subject.push(word)
  }
  return words
}

/** Each word once, with the sum of the places where it stands (`word-places.ts`); `otherPlace` only where it is the one place. */
export function wordsByPlace(record: MarcRecord): Map<string, number> {
  const words = new Map<string, number>()
  for (const field of record.fields) {
    if (!('subfields' in field)) continue
    const tag = field.tag === '880' ? effectiveTag(field) : field.tag
    const places = placesOf(tag)
    if (places === -1) continue
    for (const subfield of field.subfields) {
      const place = placeOf(places, tag, subfield.code)
      if (place === 0) continue
      if (place === identifierPlace) addIdentifier(tag, field, subfield, words)
      else addText(subfield.value, place, words)
    }
    if (words.size >= mostWords) return firstWords(words)
  }
  return words
}

const firstWords = (words: Map<string, number>) => new Map([...words].slice(0, mostWords))

/** Words of a value; `place` is added to what a word has already. */
function addText(value: string, place: number, words: Map<string, number>): void {
  const text = value.toLowerCase()
  const length = text.length
  let start = -1
  // Start of the word before an apostrophe or hyphen, while the word after it is being read.
  let joins = -1
  for (let at = 0; at <= length; at++) {
    const code = at < length ? text.charCodeAt(at) : 32
    if (code > 127) {
      addWide(foldWide(text), place, words)
      return
    }
    if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57)) {
      if (start === -1) start = at
      continue
    }
    if (start === -1) {
      joins = -1
      continue
    }
    addWord(text.slice(start, at), place, words)
    if (joins !== -1) addJoined(text.slice(joins, start - 1), text.slice(start, at), place, words)
    joins = code === 39 || code === 45 ? start : -1
    start = -1
  }
}

function addWord(word: string, place: number, words: Map<string, number>): void {
  const key = word.length > longestWord ? word.slice(0, longestWord) : word
  const before = words.get(key)
  if (before === undefined) words.set(key, place)
  // Elsewhere says nothing of a word that stands in a title, name or subject too.
  else if ((before & place) === 0 && place !== otherPlace) words.set(key, (before & ~otherPlace) | place)
}

/** `o'brien`, `e-mail` and `co-operation` are also found when written as one word. */
function addJoined(first: string, second: string, place: number, words: Map<string, number>): void {
  if (first.length > 3 || !isLetter(first.charCodeAt(0)) || !isLetter(second.charCodeAt(0))) return
  addWord(first + second, place, words)
}

const isLetter = (code: number): boolean => code > 57

/** Words of folded text in any script. */
function addWide(text: string, place: number, words: Map<string, number>): void {
  for (const { word, kind, tied } of tokens(text)) {
    if (kind === unspaced) addUnspaced([...word], place, words)
    else {
      addWord(word, place, words)
      if (tied !== null) addJoined(tied, word, place, words)
    }
  }
}

/** Every character and every pair, since nothing says where words end. */
function addUnspaced(characters: readonly string[], place: number, words: Map<string, number>): void {
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] as string
    addWord(character, place, words)
    const next = characters[at + 1]
    if (next !== undefined) addWord(character + next, place, words)
  }
}

/** A run of characters of one kind; `tied` is the word before it, where only an apostrophe or hyphen stands between. */
type Token = { readonly word: string; readonly kind: number; readonly tied: string | null }

function tokens(folded: string): Token[] {
  const found: Token[] = []
  let at = 0
  while (at < folded.length) {
    const kind = classAt(folded, at)
    const start = at
    while (at < folded.length && classAt(folded, at) === kind) at += widthAt(folded, at)
    if (kind === separator) continue
    const mark = folded[start - 1]
    const before = found.at(-1)
    const isTied =
      (mark === "'" || mark === '-') &&
      kind === wordPart &&
      before?.kind === wordPart &&
      folded.endsWith(before.word, start - 1)
    found.push({ word: folded.slice(start, at), kind, tied: isTied ? before.word : null })
  }
  return found
}

const classAt = (text: string, at: number): number => characterClass(text.codePointAt(at) as number)
const widthAt = (text: string, at: number): number => ((text.codePointAt(at) as number) > 0xffff ? 2 : 1)

function addIdentifier(
  tag: string,
  field: DataField,
  { code, value }: Subfield,
  words: Map<string, number>,
): void {
  const place = otherPlace
  switch (tag) {
    case '020': {
      const isbn = isbn13(value)
      if (isbn) addWord(isbn.value, place, words)
      return
    }
    case '022': {
      const number = issn(value)
      if (number) addWord(number.value.replace('-', '').toLowerCase(), place, words)
      return
    }
    case '010': {
      const number = lccn(value)
      if (number !== null) addWord(number, place, words)
      else addText(value, place, words)
      return
    }
    case '035': {
      const number = oclcNumber(value)
      if (number !== null) addWord(number, place, words)
      else addText(value, place, words)
      return
    }
    default:
      if (field.tag !== '880' && code !== '2') addText(value, place, words)
  }
}

/**
 * The words of a query, tokenised as those of a record. A run of characters in a script without
 * blanks becomes its pairs, which all have to be there; an ISBN or ISSN becomes the form in which it is indexed.
 */
export function queryWords(text: string): string[] {
  const found = new Set<string>()
  for (const chunk of text.trim().split(/\s+/)) {
    const identifier = queriedIdentifier(chunk)
    if (identifier !== null) {
      found.add(identifier)
      continue
    }
    for (const { word, kind } of tokens(fold(chunk))) {
      if (kind !== unspaced) found.add(word.slice(0, longestWord))
      else for (const pair of pairsOf([...word])) found.add(pair)
    }
  }
  return [...found]
}

const pairsOf = (characters: readonly string[]): string[] =>
  characters.length === 1
    ? [...characters]
    : characters.slice(1).map((character, at) => (characters[at] as string) + character)

function queriedIdentifier(chunk: string): string | null {
  if (!/^\d[\d-]{6,16}[\dxX]$/.test(chunk)) return null
  const isbn = isbn13(chunk)
  if (isbn?.valid) return isbn.value
  const serial = /^\d{4}-?\d{3}[\dxX]$/.test(chunk) ? issn(chunk) : null
  return serial?.valid && chunk.includes('-') ? serial.value.replace('-', '').toLowerCase() : null
}
