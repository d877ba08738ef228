import type { DataField, MarcRecord, Subfield } from '../marc/record.ts'
import { characterClass, separator, unspaced, wordPart } from './characters.ts'
import { effectiveTag } from './effective-tag.ts'
import { fold, foldWide } from './fold.ts'
import { isbn13, issn, lccn, oclcNumber } from './match/identifiers.ts'
import { controlFieldsWithWords, identifierPlace, otherPlace, placeOf, placesOf } from './word-places.ts'
import { addCharacter, beginWord, beginWords, endWord, keptWord, packedWords } from './word-table.ts'

/**
 * The distinct folded words that a bib is found by in a keyword search: titles, names, subjects, series,
 * notes, publisher, identifiers and local fields (009 is one), 880s with their partners; of other control fields
 * 004 alone. What OCLC adds to an export is left out.
 *
 * Shape: each word after one character, U+0001 to U+000F, which is the sum of the places where it stands
 * (`word-places.ts`); `otherPlace` only where it is the one place. At most 2,000 words of at most 100
 * characters. One string crosses threads, is compared and is turned into a search row at little cost.
 */
export function searchWords(record: MarcRecord): string {
  beginWords()
  for (const field of record.fields) {
    if (!('subfields' in field)) {
      if (controlFieldsWithWords.has(field.tag)) addText(field.value, otherPlace)
      continue
    }
    const tag = field.tag === '880' ? effectiveTag(field) : field.tag
    const places = placesOf(tag)
    if (places === -1) continue
    for (const subfield of field.subfields) {
      const place = placeOf(places, tag, subfield.code)
      if (place === 0) continue
      if (place === identifierPlace) addIdentifier(tag, field, subfield)
      else addText(subfield.value, place)
    }
  }
  return packedWords()
}

/** Each word of `searchWords` with the sum of its places. */
export function* unpackWords(packed: string): Generator<{ readonly word: string; readonly places: number }> {
  for (const part of splitWords(packed)) yield { word: part.slice(1), places: part.charCodeAt(0) }
}

const splitWords = (packed: string): string[] => packed.match(/[\x01-\x0f][^\x00-\x0f]*/g) ?? []

/** Whether two records have the same words in the same places, in whatever order. */
export function sameWords(a: string, b: string): boolean {
  if (a === b || a.length !== b.length) return a === b
  const others = new Set(splitWords(b))
  return splitWords(a).every((word) => others.has(word))
}

/** What a character of ASCII is in a word: itself in lower case, or 0 where it is in none. */
const inWord = new Uint8Array(128)
for (let code = 0; code < 128; code++)
  if (/[a-z0-9]/i.test(String.fromCharCode(code)))
    inWord[code] = String.fromCharCode(code).toLowerCase().charCodeAt(0)

/** Words of a value. */
function addText(text: string, place: number): void {
  const length = text.length
  let start = -1
  // Start of the word before an apostrophe or hyphen, while the word after it is being read.
  let joins = -1
  for (let at = 0; at <= length; at++) {
    const code = at < length ? text.charCodeAt(at) : 32
    if (code > 127) {
      beginWord()
      addWide(foldWide(text.toLowerCase()), place)
      return
    }
    const character = inWord[code] as number
    if (character !== 0) {
      if (start === -1) start = at
      addCharacter(character)
      continue
    }
    if (start === -1) {
      joins = -1
      continue
    }
    endWord(place, otherPlace)
    if (joins !== -1) addJoined(text.slice(joins, start - 1), text.slice(start, at), place)
    joins = code === 39 || code === 45 ? start : -1
    start = -1
  }
}

function addWord(word: string, place: number): void {
  for (let at = 0; at < word.length; at++) addCharacter(word.charCodeAt(at))
  endWord(place, otherPlace)
}

/** `o'brien`, `e-mail` and `co-operation` are also found when written as one word. */
function addJoined(first: string, second: string, place: number): void {
  if (first.length > 3 || !isLetter(first.charCodeAt(0)) || !isLetter(second.charCodeAt(0))) return
  addWord((first + second).toLowerCase(), place)
}

const isLetter = (code: number): boolean => code > 57

/** Words of folded text in any script. */
function addWide(text: string, place: number): void {
  for (const { word, kind, tied } of tokens(text)) {
    if (kind === unspaced) addUnspaced([...word], place)
    else {
      addWord(word, place)
      if (tied !== null) addJoined(tied, word, place)
    }
  }
}

/** Every character and every pair, since nothing says where words end. */
function addUnspaced(characters: readonly string[], place: number): void {
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] as string
    addWord(character, place)
    const next = characters[at + 1]
    if (next !== undefined) addWord(character + next, place)
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

function addIdentifier(tag: string, field: DataField, { code, value }: Subfield): void {
  const place = otherPlace
  switch (tag) {
    case '020': {
      const isbn = isbn13(value)
      if (isbn) addWord(isbn.value, place)
      return
    }
    case '022': {
      const number = issn(value)
      if (number) addWord(number.value.replace('-', '').toLowerCase(), place)
      return
    }
    case '010': {
      const number = lccn(value)
      if (number !== null) addWord(number, place)
      else addText(value, place)
      return
    }
    case '035': {
      const number = oclcNumber(value)
      if (number !== null) addWord(number, place)
      else addText(value, place)
      return
    }
    default:
      if (field.tag !== '880' && code !== '2') addText(value, place)
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
    if (identifier !== null) found.add(identifier)
    else for (const word of plainQueryWords(chunk)) found.add(word)
  }
  return [...found]
}

/** The same of a text in which no number is meant as an ISBN or ISSN, in its order. */
export function plainQueryWords(text: string): string[] {
  const found: string[] = []
  for (const { word, kind } of tokens(fold(text))) {
    if (kind !== unspaced) found.push(keptWord(word))
    else found.push(...pairsOf([...word]))
  }
  return found
}

/** The words that some texts are found by. */
export function wordsOfTexts(texts: readonly string[]): ReadonlySet<string> {
  beginWords()
  for (const text of texts) addText(text, otherPlace)
  return new Set(splitWords(packedWords()).map((part) => part.slice(1)))
}

/** A text as the row of its words, in which phrases are looked for; characters of a script without blanks one by one. */
export function wordRow(text: string): string[] {
  return tokens(fold(text)).flatMap(({ word, kind }) => (kind === unspaced ? [...word] : [word]))
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
