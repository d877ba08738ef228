/*
 * Identifiers in the one form they are matched, searched and sent in. One function each, used by
 * match keys, search words, normalisation, the gateway and the API alike.
 */

const isDigit = (code: number): boolean => code >= 48 && code <= 57

/**
 * The OCLC number of an 035 value or of a 001 that is known to be OCLC's: digits without leading
 * zeros (D10). Takes `(OCoLC)` in any case, `ocm`, `ocn`, `on`, and blanks around them. Nothing for
 * another agency's prefix (`(OCoLC-M)` is one), for a number of more than 15 digits, for zero, or
 * where anything else stands beside the number.
 */
export function oclcNumber(text: string): string | null {
  const start = afterOclcPrefix(text)
  return start === -1 ? null : oclcDigits(text, start)
}

/** Whether an 035 value is OCLC's: by its prefix, readable number or not, or bare in the form `ocm`, `ocn`, `on` and digits. */
export const isOclcSystemNumber = (text: string): boolean =>
  afterOclcPrefix(text) > 0 || isOclcControlNumber(text)

/** Position after `(OCoLC)`; 0 where there is no prefix at all, -1 where it is another agency's. */
function afterOclcPrefix(text: string): number {
  let at = 0
  while (isBlank(text.charCodeAt(at))) at++
  if (text.charCodeAt(at) !== 40) return 0
  if (text.charCodeAt(at + 6) !== 41) return -1
  return text.slice(at + 1, at + 6).toLowerCase() === 'ocolc' ? at + 7 : -1
}

function oclcDigits(text: string, from: number): string | null {
  let at = from
  while (isBlank(text.charCodeAt(at))) at++
  if ((text.charCodeAt(at) | 32) === 111) {
    const second = text.charCodeAt(at + 1) | 32
    const third = text.charCodeAt(at + 2) | 32
    if (second === 99 && (third === 109 || third === 110)) at += 3
    else if (second === 110) at += 2
    else return null
  }
  while (text.charCodeAt(at) === 48) at++
  const start = at
  while (isDigit(text.charCodeAt(at))) at++
  const end = at
  while (isBlank(text.charCodeAt(at))) at++
  return at === text.length && end > start && end - start <= 15 ? text.slice(start, end) : null
}

/** A blank, or the caret that one system writes for it. */
const isBlank = (code: number): boolean => code === 32 || code === 94

/** Whether a 001 is OCLC's by its own form (`ocm`, `ocn`, `on` and digits), whatever 003 says (D10). */
export const isOclcControlNumber = (text: string): boolean => /^\s*(?:ocm|ocn|on)\d+\s*$/i.test(text)

/** An identifier with a check digit; an invalid one keeps what was typed, without blanks and hyphens. */
export type CheckedNumber = { readonly value: string; readonly valid: boolean }

/**
 * The ISBN at the start of a 020 value: hyphens and blanks out, `(pbk.)` and whatever else follows
 * it ignored, an ISBN-10 turned into its ISBN-13. Nothing where the value has no digits to start with.
 */
export function isbn13(text: string): CheckedNumber | null {
  const typed = leadingNumber(text, 13)
  if (typed.length === 13 && isIsbn13(typed)) return { value: typed, valid: true }
  if (typed.length === 10 && isIsbn10(typed)) return { value: isbn13Of(typed), valid: true }
  // The Standard Book Number of before 1970 is an ISBN-10 without its first zero.
  if (typed.length === 9 && isIsbn10(`0${typed}`)) return { value: isbn13Of(`0${typed}`), valid: true }
  return typed.length < 4 ? null : { value: typed, valid: false }
}

/** The digits (and X) that a value starts with, hyphens and single blanks between them left out. */
function leadingNumber(text: string, most: number): string {
  let plain = ''
  let gap = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (isDigit(code)) {
      // A blank after a whole ISBN starts a price or a qualifier, not another group of digits.
      if (gap > 0 && (plain.length === most || plain.length === 10)) break
      plain += text[at]
      gap = 0
    } else if (code === 45 || (code >= 0x2010 && code <= 0x2013)) continue
    else if (code === 32 && plain === '') continue
    else if (code === 32 && gap === 0) gap++
    else if ((code | 32) === 120 && plain.length > 6) return `${plain}X`
    else break
  }
  return plain
}

function isIsbn13(digits: string): boolean {
  if (!digits.startsWith('978') && !digits.startsWith('979')) return false
  return checkDigit13(digits) === digits.charCodeAt(12) - 48
}

function checkDigit13(digits: string): number {
  let sum = 0
  for (let at = 0; at < 12; at++) sum += (digits.charCodeAt(at) - 48) * (at % 2 === 0 ? 1 : 3)
  return (10 - (sum % 10)) % 10
}

const isIsbn10 = (digits: string): boolean => weightedSum(digits, 10) % 11 === 0

/** Digits weighted from `length` down to 1, an X as 10: the sum that ISBN-10 and ISSN divide by 11. */
function weightedSum(digits: string, length: number): number {
  let sum = 0
  for (let at = 0; at < length; at++) {
    const code = digits.charCodeAt(at)
    sum += (code === 88 ? 10 : code - 48) * (length - at)
  }
  return sum
}

function isbn13Of(isbn10: string): string {
  const body = `978${isbn10.slice(0, 9)}`
  return body + String(checkDigit13(body))
}

/** The ISSN at the start of a 022 value as `1234-567X`; nothing where it does not start with digits. */
export function issn(text: string): CheckedNumber | null {
  const typed = leadingNumber(text, 8)
  if (typed.length !== 8) return typed.length < 4 ? null : { value: typed, valid: false }
  const valid = !typed.slice(0, 7).includes('X') && weightedSum(typed, 8) % 11 === 0
  return { value: `${typed.slice(0, 4)}-${typed.slice(4)}`, valid }
}

/**
 * An LCCN by the Library of Congress's rule for its permalinks: blanks out, from a slash on dropped,
 * the serial after a hyphen filled to six digits, prefix in lower case. Nothing where the result is
 * not a prefix of up to three letters with eight or ten digits.
 */
export function lccn(text: string): string | null {
  let plain = text.replace(/[\s^]+/g, '').toLowerCase()
  const slash = plain.indexOf('/')
  if (slash !== -1) plain = plain.slice(0, slash)
  const hyphen = plain.indexOf('-')
  if (hyphen !== -1) plain = plain.slice(0, hyphen) + plain.slice(hyphen + 1).padStart(6, '0')
  return /^[a-z]{0,3}(?:\d{8}|\d{10})$/.test(plain) ? plain : null
}

/** An 035 value for comparison: blanks (and carets for blanks) out, lower case: `(dlc)12345`. Nothing where that leaves nothing. */
export function systemNumber(text: string): string | null {
  const folded = text
    .replace(/[\s^]+/g, '')
    .toLowerCase()
    .normalize('NFC')
  const onlyPrefix = folded.startsWith('(') && folded.indexOf(')') === folded.length - 1
  return folded === '' || onlyPrefix ? null : folded
}

const standardTypes: Readonly<Record<string, string>> = {
  '0': 'isrc',
  '1': 'upc',
  '2': 'ismn',
  '3': 'ean',
  '4': 'sici',
  '8': 'other',
}

/**
 * A 024 value as `type:value`: the type from the first indicator, or `$2` where that is 7; hyphens
 * and blanks out, lower case. An EAN that is an ISBN keeps its type: what is typed as one stays one.
 */
export function standardNumber(ind1: string, source: string | undefined, text: string): string | null {
  const folded = text
    .replace(/[\s^-]+/g, '')
    .toLowerCase()
    .normalize('NFC')
  if (folded === '') return null
  const type = ind1 === '7' ? (source ?? '').trim().toLowerCase() : (standardTypes[ind1] ?? 'other')
  return `${type === '' ? 'other' : type}:${folded}`
}
