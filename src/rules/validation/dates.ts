import { type Findings, report } from './problem.ts'

/*
 * The dates of a record: of its transactions, and what its 008 says of the resource.
 */

const isDigit = (code: number): boolean => code >= 48 && code <= 57
const blank = 32
const fill = 124
const unknown = 117

/** An 005: `yyyymmddhhmmss.f`. */
export function isTimestamp(value: string): boolean {
  if (value.length !== 16 || value.charCodeAt(14) !== 46 || !isDigit(value.charCodeAt(15))) return false
  for (let at = 0; at < 14; at++) if (!isDigit(value.charCodeAt(at))) return false
  return isMonth(value, 4) && isDay(value, 6) && twoDigits(value, 8) < 24 && twoDigits(value, 10) < 60
}

const twoDigits = (text: string, at: number): number =>
  (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48

function isMonth(text: string, at: number): boolean {
  const month = twoDigits(text, at)
  return month >= 1 && month <= 12
}

function isDay(text: string, at: number): boolean {
  const day = twoDigits(text, at)
  return day >= 1 && day <= 31
}

/** What stands in the four characters of a date, where it is no whole year. */
const partly = -1
const allUnknown = -2
const allBlank = -3
const filled = -4
const malformed = -5

/** A date of an 008: its year, or one of the above. Digits may end in `u` for those that are not known. */
function dateAt(value: string, from: number): number {
  let year = 0
  let digits = 0
  let unknowns = 0
  let blanks = 0
  for (let at = from; at < from + 4; at++) {
    const code = value.charCodeAt(at)
    if (code === fill) return filled
    if (isDigit(code)) {
      if (unknowns > 0 || blanks > 0) return malformed
      year = year * 10 + code - 48
      digits++
    } else if (code === unknown) unknowns++
    else if (code === blank) blanks++
    else return malformed
  }
  if (digits === 4) return year
  if (blanks === 4) return allBlank
  if (blanks > 0) return malformed
  return digits === 0 ? allUnknown : partly
}

/** Checks 008/00-14 of an 008 of full length. */
export function validateDates(value: string, at: number, findings: Findings): void {
  if (!isEntryDate(value)) report(findings, 'ENTRY_DATE_INVALID', '008/00-05', at, value.slice(0, 6))
  const type = value.charCodeAt(6)
  const first = dateAt(value, 7)
  const second = dateAt(value, 11)
  if (!areOfType(type, first, second, value)) {
    report(findings, 'DATES_INVALID', '008/06-14', at, value.slice(6, 15))
  } else if (first >= 0 && second >= 0 && areReversed(type, first, second))
    report(findings, 'DATES_REVERSED', '008/07-14', at, value.slice(6, 15))
}

function isEntryDate(value: string): boolean {
  for (let at = 0; at < 6; at++) {
    const code = value.charCodeAt(at)
    if (code === fill) return true
    if (!isDigit(code)) return false
  }
  return isMonth(value, 2) && isDay(value, 4)
}

/** Whether two dates have the form that their type asks for; one that the format does not define asks for none. */
function areOfType(type: number, first: number, second: number, value: string): boolean {
  if (first === filled || second === filled || type === fill) return true
  // A detailed date has month and day in place of a second year.
  if (type === 101) return first !== malformed && first !== allBlank && isDetail(value)
  if (first === malformed || second === malformed) return false
  switch (String.fromCharCode(type)) {
    case 'b':
      return first === allBlank && second === allBlank
    case 'n':
      return first === allUnknown && second === allUnknown
    case 's':
      return first !== allBlank && second === allBlank
    case 'c':
      return first !== allBlank && second === 9999
    case 'u':
      return first !== allBlank && second < 0 && second !== allBlank
    case 'd':
    case 'i':
    case 'k':
    case 'm':
    case 'p':
    case 'q':
    case 'r':
    case 't':
      return first !== allBlank && second !== allBlank
    default:
      return true
  }
}

/** `mmdd`, or `mm` and two blanks. */
function isDetail(value: string): boolean {
  if (!isDigit(value.charCodeAt(11)) || !isDigit(value.charCodeAt(12)) || !isMonth(value, 11)) return false
  if (value.charCodeAt(13) === blank) return value.charCodeAt(14) === blank
  return isDigit(value.charCodeAt(13)) && isDigit(value.charCodeAt(14)) && isDay(value, 13)
}

/** Of a reprint, and of a release after the recording, the later date comes first; of a copyright it may be either. */
function areReversed(type: number, first: number, second: number): boolean {
  switch (String.fromCharCode(type)) {
    case 'd':
    case 'i':
    case 'k':
    case 'm':
    case 'q':
      return first > second
    case 'p':
    case 'r':
      return first < second
    default:
      return false
  }
}
