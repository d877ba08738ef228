import type { DataField, Field, MarcRecord } from '../../marc/record.ts'
import { isControlTag } from '../../marc/record.ts'
import { type CompiledField, compiledFields, subfieldBits, valueState } from './compiled-format.ts'
import { validateFiling } from './filing.ts'
import {
  validateFixedField,
  validateLeader,
  validateMaterialField,
  validateTimestamp,
} from './fixed-fields.ts'
import { linkedTag } from './linkage.ts'
import { type Findings, type Problem, report } from './problem.ts'
import { beginRecord, isDuplicate, noteField } from './repeats.ts'
import { validateValue } from './values.ts'
import { type Whole, noteWhole, openWhole, validateWhole } from './whole-record.ts'

/**
 * Checks a record against the MARC 21 bibliographic format, in one pass over its fields. Every finding has the
 * severity of its rule; `applyExceptions` gives them those of a profile.
 */
export function validate(record: MarcRecord): Problem[] {
  const findings: Findings = { problems: [], seen: null }
  const whole = openWhole()
  const { leader, fields } = record
  const formats = compiledFields()
  beginRecord(fields.length)
  validateLeader(leader, findings)
  for (let at = 0; at < fields.length; at++) {
    const field = fields[at] as Field
    const { tag } = field
    const number = tagNumber(tag)
    const format = number === -1 ? undefined : formats[number]
    if (format === undefined) {
      if (!isTag(tag)) report(findings, 'TAG_INVALID', tag, at, tag)
      else if (number !== -1 && !isLocal(tag)) report(findings, 'TAG_UNDEFINED', tag, at, tag)
    } else if (format.obsolete) report(findings, 'TAG_OBSOLETE', tag, at, tag)
    let signature = 0
    if (!('subfields' in field)) {
      if (isControlTag(tag)) validateControlField(number, field.value, at, leader, findings)
      else report(findings, 'FIELD_WITHOUT_SUBFIELDS', tag, at)
    } else if (isControlTag(tag)) report(findings, 'CONTROL_FIELD_WITH_SUBFIELDS', tag, at)
    else {
      if (field.subfields.length === 0) report(findings, 'FIELD_WITHOUT_SUBFIELDS', tag, at)
      signature = validateDataField(field, number, format, at, whole, findings)
    }
    if (format === undefined) continue
    noteWhole(whole, number, field, at, findings)
    const isRepeated = noteField(number, at, signature)
    if (isRepeated && !format.open) {
      if (!format.repeatable && !hasOwnRepeatRule(number)) report(findings, 'FIELD_REPEATED', tag, at)
      if (isDuplicate(fields, at)) report(findings, 'FIELD_DUPLICATED', tag, at)
    }
  }
  validateWhole(whole, findings)
  return findings.problems
}

/** 001, 008, 245 and 1XX have codes of their own for it. */
const hasOwnRepeatRule = (tag: number): boolean =>
  tag === 1 || tag === 8 || tag === 245 || (tag >= 100 && tag < 200)

function validateControlField(
  tag: number,
  value: string,
  at: number,
  leader: string,
  findings: Findings,
): void {
  if (tag === 8) validateFixedField(value, at, leader, findings)
  else if (tag === 7) validateMaterialField('007', value, at, findings)
  else if (tag === 6) validateMaterialField('006', value, at, findings)
  else if (tag === 5) validateTimestamp(value, at, findings)
}

/** Checks indicators and subfields; answers a number that is the same for equal fields. */
function validateDataField(
  field: DataField,
  number: number,
  own: CompiledField | undefined,
  at: number,
  whole: Whole,
  findings: Findings,
): number {
  const { tag, ind1, ind2, subfields } = field
  const format = number === 880 ? partnerFormat(field) : own
  const isChecked = format !== undefined && !format.open
  const needs1 = validateIndicator(ind1, isChecked ? format.ind1 : null, tag, 1, at, findings)
  const needs2 = validateIndicator(ind2, isChecked ? format.ind2 : null, tag, 2, at, findings)
  let signature = subfields.length
  let letters = 0
  let digits = 0
  for (let next = 0; next < subfields.length; next++) {
    const { code, value } = subfields[next] as DataField['subfields'][number]
    const character = code.charCodeAt(0)
    signature = (Math.imul(signature, 31) + character + value.length) | 0
    const isDigitCode = isDigit(character)
    if (code.length !== 1 || !(isDigitCode || isSmall(character))) {
      report(findings, 'SUBFIELD_CODE_INVALID', tag, at, code)
      if (value === '') report(findings, 'SUBFIELD_EMPTY', `${tag} $${code}`, at)
      continue
    }
    const bit = 1 << (isDigitCode ? character - 48 : character - 97)
    const isSecond = ((isDigitCode ? digits : letters) & bit) !== 0
    if (isDigitCode) digits |= bit
    else letters |= bit
    const state = isChecked ? (format.subfields[character] as number) : subfieldBits.defined
    if (value === '') report(findings, 'SUBFIELD_EMPTY', `${tag} $${code}`, at)
    if (state === subfieldBits.defined) continue
    if (state === 0) report(findings, 'SUBFIELD_UNDEFINED', `${tag} $${code}`, at, value)
    else {
      if ((state & subfieldBits.obsolete) !== 0)
        report(findings, 'SUBFIELD_OBSOLETE', `${tag} $${code}`, at, value)
      if (isSecond && (state & subfieldBits.notRepeatable) !== 0)
        report(findings, 'SUBFIELD_REPEATED', `${tag} $${code}`, at, value)
      if (state >> subfieldBits.checkShift !== 0 && value !== '')
        validateValue(state, field, next, at, whole, findings)
    }
  }
  if ((needs1 || needs2) && (digits & 4) === 0) report(findings, 'SOURCE_MISSING', `${tag} $2`, at)
  if (number === 880 && (digits & 64) === 0) report(findings, 'LINKAGE_MISSING', tag, at)
  if (format !== undefined && format.filing !== 0) validateFiling(field, format.filing, at, findings)
  return signature
}

/** An 880 is built like the field that its `$6` names. */
function partnerFormat({ subfields }: DataField): CompiledField | undefined {
  const link = subfields.find(({ code }) => code === '6')?.value
  const tag = link === undefined ? null : linkedTag(link)
  return tag === null ? undefined : compiledFields()[Number(tag)]
}

/** Whether the indicator asks for a `$2`; without states the field is a library's own. */
function validateIndicator(
  indicator: string,
  states: Uint8Array | null,
  tag: string,
  which: 1 | 2,
  at: number,
  findings: Findings,
): boolean {
  const character = indicator.charCodeAt(0)
  if (indicator.length !== 1 || !(character === 32 || isDigit(character) || isSmall(character))) {
    report(findings, 'INDICATOR_INVALID', `${tag} ind${which}`, at, indicator)
    return false
  }
  if (states === null) return false
  const state = states[character] as number
  if (state === valueState.defined) return false
  if (state === valueState.needsSource) return true
  const code = state === 0 ? 'INDICATOR_UNDEFINED' : 'INDICATOR_OBSOLETE'
  report(findings, code, `${tag} ind${which}`, at, indicator)
  return false
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57
const isSmall = (code: number): boolean => code >= 97 && code <= 122

/** The tag as a number; -1 where it is not three digits. */
function tagNumber(tag: string): number {
  const first = tag.charCodeAt(0)
  const second = tag.charCodeAt(1)
  const third = tag.charCodeAt(2)
  return tag.length === 3 && isDigit(first) && isDigit(second) && isDigit(third)
    ? (first - 48) * 100 + (second - 48) * 10 + third - 48
    : -1
}

/** 9XX, X9X and XX9 are left to libraries, as are tags with letters. */
const isLocal = (tag: string): boolean => tag.includes('9')

const isTag = (tag: string): boolean =>
  tag.length === 3 &&
  isTagCharacter(tag.charCodeAt(0)) &&
  isTagCharacter(tag.charCodeAt(1)) &&
  isTagCharacter(tag.charCodeAt(2))

const isTagCharacter = (code: number): boolean => isDigit(code) || isSmall(code) || (code >= 65 && code <= 90)
