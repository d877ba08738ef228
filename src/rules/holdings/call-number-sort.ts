import { fold } from '../fold.ts'

/*
 * Call numbers in the order in which they stand on the shelf. The form of a call number is a text that is
 * compared unit by unit (collate "C"): nothing stands before something, blanks before figures, and figures
 * before letters. Numbers that are whole are filled up with zeros; those of a Cutter number and after a point
 * are fractions and are not.
 */

/** First indicator of 852: by which scheme the holdings are shelved. */
export const shelvingSchemes = ['0', '1', '2', '3', '4', '5', '6', '7', '8', ' '] as const
export type ShelvingScheme = (typeof shelvingSchemes)[number]

export const isShelvingScheme = (text: string): text is ShelvingScheme =>
  (shelvingSchemes as readonly string[]).includes(text)

/**
 * The form by which a call number is sorted. Library of Congress and NLM numbers (0 and 2) sort by letters,
 * class number, Cutter numbers and what follows; Dewey numbers (1) by class number and Cutter number; others by
 * their words and whole numbers. A number that is not of the scheme it says is sorted as these.
 */
export function callNumberSort(scheme: ShelvingScheme, callNumber: string): string {
  const text = fold(callNumber.trim().slice(0, longest)).trim()
  const parsed =
    scheme === '0' || scheme === '2' ? parseLetters(text) : scheme === '1' ? parseDewey(text) : null
  return parsed === null ? formOf(wordsOf(text)) : formOf([parsed.class, ...partsOf(parsed.rest)])
}

/** Units of a call number that count for its order, and of its form: an index holds no longer ones. */
const longest = 200
const longestForm = 500

type Parsed = { readonly class: string; readonly rest: string }

/** `PR4034.5 .E5 2003`: letters, a whole number, a fraction. */
function parseLetters(text: string): Parsed | null {
  const found = /^([a-z]{1,3})\s*(\d{1,4})(?!\d)(\.\d+)?/.exec(text)
  if (!found) return null
  const [whole, letters = '', number = '', fraction = ''] = found
  return {
    class: `${letters.padEnd(3)} ${number.padStart(4, '0')}${shortened(fraction)}`,
    rest: text.slice(whole.length),
  }
}

/** `823.7 A93e`, with the letters that some libraries set before: `J 823.7`. */
function parseDewey(text: string): Parsed | null {
  const found = /^([a-z]*)\s*(\d{1,3})(?!\d)(\.\d+)?/.exec(text)
  if (!found) return null
  const [whole, letters = '', number = '', fraction = ''] = found
  return {
    class: `${letters === '' ? '' : `${letters} `}${number.padStart(3, '0')}${shortened(fraction)}`,
    rest: text.slice(whole.length),
  }
}

/** A fraction without the zeros at its end, which make no difference to it. */
const shortened = (fraction: string): string => fraction.replace(/\.?0+$/, '')

/** Cutter numbers, dates, volumes: letters that a figure follows at once are a Cutter number, and its figures a fraction; letters after these are the mark of a work. */
const partsOf = (text: string): string[] =>
  Array.from(
    text.matchAll(/(\p{L}+)(\d+)(\p{L}*)|(\d+)(\p{L}*)|[\p{L}\p{M}]+/gu),
    ([word, letters, cutter, mark, number, after]) =>
      letters !== undefined
        ? `${letters}${cutter}${mark === '' ? '' : ` ${mark}`}`
        : number === undefined
          ? word
          : `${filled(number)}${after}`,
  )

const wordsOf = (text: string): string[] =>
  Array.from(text.matchAll(/\d+|[\p{L}\p{M}]+/gu), ([word]) => (/^\d/.test(word) ? filled(word) : word))

/** Whole numbers up to this many figures are sorted by their size. */
const figures = 9

const filled = (number: string): string => number.replace(/^0+(?=\d)/, '').padStart(figures, '0')

const formOf = (parts: readonly string[]): string => parts.join(' ').slice(0, longestForm)
