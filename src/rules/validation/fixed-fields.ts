import {
  type CompiledFixed,
  type Element,
  type Material,
  codeState,
  compiledFixedFields,
  keyOf,
} from './compiled-fixed.ts'
import { isTimestamp, validateDates } from './dates.ts'
import { type Findings, report } from './problem.ts'

/*
 * The leader, 005, 006, 007 and 008: lengths, and the codes of each position by the material.
 */

const fill = 124

export function validateLeader(leader: string, findings: Findings): void {
  if (leader.length !== 24) {
    report(findings, 'LEADER_LENGTH', null, null, leader)
    return
  }
  const status = leader.charAt(5)
  const type = leader.charAt(6)
  const level = leader.charAt(7)
  if (!'acdnp'.includes(status)) report(findings, 'LEADER_STATUS', null, null, status)
  if (!'acdefgijkmoprt'.includes(type)) report(findings, 'LEADER_TYPE', null, null, type)
  if (!'abcdims'.includes(level)) report(findings, 'LEADER_LEVEL', null, null, level)
  const format = compiledFixedFields().leader
  // 09 is what the readers make of it, and there is no fill character.
  validateCodes(leader, format, 8, 9, null, findings)
  validateCodes(leader, format, 17, 20, null, findings)
}

export function validateTimestamp(value: string, at: number, findings: Findings): void {
  if (!isTimestamp(value)) report(findings, 'TIMESTAMP_INVALID', '005', at, value)
}

export function validateFixedField(value: string, at: number, leader: string, findings: Findings): void {
  if (value.length !== 40) {
    report(findings, 'FIXED_FIELD_LENGTH', '008', at, value)
    return
  }
  validateDates(value, at, findings)
  const { common, materials } = compiledFixedFields()
  validateCodes(value, common, 6, 7, at, findings)
  if (!isPlace(value)) report(findings, 'FIXED_CODE_UNDEFINED', '008/15-17', at, value.slice(15, 18))
  const material = materialOf(leader)
  const format = material === null ? undefined : materials.get(material)
  if (format !== undefined) validateCodes(value, format, 18, 35, at, findings)
  if (!isLanguage(value)) report(findings, 'FIXED_CODE_UNDEFINED', '008/35-37', at, value.slice(35, 38))
  validateCodes(value, common, 38, 40, at, findings)
}

/** Of a continuing resource 008 says when and how it appears, not what it is made of. */
export function materialOf(leader: string): Material | null {
  switch (leader[6]) {
    case 'a':
    case 't':
      return 'bis'.includes(leader.charAt(7)) ? 'continuing resources' : 'books'
    case 'm':
      return 'computer files'
    case 'e':
    case 'f':
      return 'maps'
    case 'c':
    case 'd':
    case 'i':
    case 'j':
      return 'music'
    case 'g':
    case 'k':
    case 'o':
    case 'r':
      return 'visual materials'
    case 'p':
      return 'mixed materials'
    default:
      return null
  }
}

export function validateMaterialField(tag: string, value: string, at: number, findings: Findings): void {
  const { forms, categories } = compiledFixedFields()
  const first = value.charAt(0)
  const format = (tag === '006' ? forms : categories).get(first)
  if (format === undefined) report(findings, 'FIXED_CODE_UNDEFINED', `${tag}/00`, at, first)
  else if (isOfLength(tag, value, format)) validateCodes(value, format, 1, value.length, at, findings)
  else report(findings, 'MATERIAL_FIELD_LENGTH', tag, at, value)
}

/** The 007 of an electronic resource may end before what says how it was digitised. */
const isOfLength = (tag: string, value: string, { length }: CompiledFixed): boolean =>
  value.length === length || (tag === '007' && value.length === 6 && value.charCodeAt(0) === 99)

/** Checks the characters from `from` to before `to`; a finding an element, since its other characters add nothing. */
function validateCodes(
  value: string,
  format: CompiledFixed,
  from: number,
  to: number,
  field: number | null,
  findings: Findings,
): void {
  const { tables, elements, wide } = format
  for (let at = from; at < to; at++) {
    const table = tables[at]
    if (table === undefined) continue
    const code = value.charCodeAt(at)
    const state = code < 128 ? table[code] : 0
    if (state === codeState.defined || (code === fill && field !== null)) continue
    const element = elements[at] as Element
    reportCode(value, element, state === codeState.obsolete, field, findings)
    at = element.end - 1
  }
  for (const { element, width, states } of wide) {
    if (element.at < from || element.end > to) continue
    for (let at = element.at; at < element.end; at += width) {
      const state = states.get(keyOf(value, at, width))
      if (state === codeState.defined || isFilled(value, at, width)) continue
      reportCode(value, element, state === codeState.obsolete, field, findings)
      break
    }
  }
}

function reportCode(
  value: string,
  { at, end, label, isDefined }: Element,
  isObsolete: boolean,
  field: number | null,
  findings: Findings,
): void {
  const found = value.slice(at, end)
  const code = isObsolete
    ? 'FIXED_CODE_OBSOLETE'
    : found.trim() === ''
      ? 'FIXED_CODE_BLANK'
      : isDefined
        ? 'FIXED_CODE_UNDEFINED'
        : 'FIXED_POSITION_UNDEFINED'
  report(findings, code, label, field, found)
}

function isFilled(value: string, at: number, width: number): boolean {
  for (let next = at; next < at + width; next++) if (value.charCodeAt(next) !== fill) return false
  return true
}

const isSmallLetter = (code: number): boolean => code >= 97 && code <= 122

/** Two or three small letters, blanks or the fill character: the lists of places and languages change too often to be here. */
function isPlace(value: string): boolean {
  const last = value.charCodeAt(17)
  if (isSmallLetter(value.charCodeAt(15)) && isSmallLetter(value.charCodeAt(16)))
    return last === 32 || isSmallLetter(last)
  return isFilled(value, 15, 3) || value.startsWith('   ', 15)
}

const isLanguage = (value: string): boolean =>
  (isSmallLetter(value.charCodeAt(35)) &&
    isSmallLetter(value.charCodeAt(36)) &&
    isSmallLetter(value.charCodeAt(37))) ||
  isFilled(value, 35, 3) ||
  value.startsWith('   ', 35)
