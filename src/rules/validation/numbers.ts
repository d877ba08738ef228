import { isbn13, issn } from '../match/identifiers.ts'

/*
 * Numbers with a check digit, and addresses, as records write them. Each function says whether a value is sound.
 */

/** An ISSN of a series or a related title; some write `ISSN` or a bracket in front of it. */
export const isRelatedIssn = (value: string): boolean => issn(fromDigits(value))?.valid === true

export const isRelatedIsbn = (value: string): boolean => isbn13(fromDigits(value))?.valid === true

const fromDigits = (value: string): string => value.slice(Math.max(0, value.search(/\d/)))

/**
 * A 024 value by its first indicator: UPC (1), ISMN (2) or EAN (3) with the right check digit. Other types
 * have no rule that holds for all of them.
 */
export function isStandardNumber(ind1: string, value: string): boolean {
  if (ind1 !== '1' && ind1 !== '2' && ind1 !== '3') return true
  const plain = value.replace(/[\s-]+/g, '')
  const [digits = ''] = /^[Mm]?\d+/.exec(plain) ?? []
  // A UPC is an EAN that begins with 0.
  if (ind1 === '1') return /^0?\d{12}$/.test(digits) && isMod10(digits.padStart(13, '0'))
  // An ISMN of before 2008 is written with M for 979-0.
  const whole = /^[Mm]/.test(digits) ? `9790${digits.slice(1)}` : digits
  if (ind1 === '2') return whole.length === 13 && whole.startsWith('9790') && isMod10(whole)
  return (whole.length === 13 && isMod10(whole)) || (whole.length === 8 && isMod10(`00000${whole}`))
}

/** Thirteen digits of the EAN system, weighted 1 and 3 in turn. */
function isMod10(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < 13; at++) sum += (digits.charCodeAt(at) - 48) * (at % 2 === 0 ? 1 : 3)
  return sum % 10 === 0
}

/** Whether a 035 value names its agency: `(OCoLC)1234`. */
export function hasAgency(value: string): boolean {
  let at = 0
  while (value.charCodeAt(at) === 32) at++
  return value.charCodeAt(at) === 40 && value.indexOf(')', at) > at + 1
}

/** Whether a link has a scheme and no blank inside. */
export function isUri(value: string): boolean {
  let end = value.length
  while (end > 0 && value.charCodeAt(end - 1) <= 32) end--
  let at = 0
  while (at < end && value.charCodeAt(at) <= 32) at++
  const start = at
  while (at < end && isSchemeCharacter(value.charCodeAt(at))) at++
  if (at === start || value.charCodeAt(at) !== 58) return false
  for (; at < end; at++) if (value.charCodeAt(at) <= 32) return false
  return true
}

/** Letters, digits, plus, hyphen, full stop (RFC 3986). */
const isSchemeCharacter = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  code === 43 ||
  code === 45 ||
  code === 46
