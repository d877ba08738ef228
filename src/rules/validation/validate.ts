import type { ControlField, DataField, MarcRecord } from '../../marc/record.ts'
import { isControlTag } from '../../marc/record.ts'
import { isbn13, issn } from '../match/identifiers.ts'

export type Severity = 'error' | 'warning'

/** What a validation rule finds: the severity it has unless settings say otherwise, what is wrong, what to do. Codes are API. */
export const validationRules = {
  LEADER_LENGTH: rule(
    'error',
    'The leader does not have 24 characters.',
    'Restore the leader from the source of the record.',
  ),
  LEADER_STATUS: rule(
    'warning',
    'Leader position 5 is none of a, c, d, n, p.',
    'Set it to n for a new record, c for a corrected one.',
  ),
  LEADER_TYPE: rule(
    'warning',
    'Leader position 6 is no type of record of MARC 21.',
    'Set it to the type of the material, a for text.',
  ),
  LEADER_LEVEL: rule(
    'warning',
    'Leader position 7 is no bibliographic level of MARC 21.',
    'Set it to m for a monograph, s for a serial.',
  ),
  CONTROL_NUMBER_REPEATED: rule(
    'warning',
    'There is more than one 001.',
    'Keep one; move the others to 035 with their prefix.',
  ),
  FIXED_FIELD_MISSING: rule('warning', 'There is no 008.', 'Add one with at least date, place and language.'),
  FIXED_FIELD_LENGTH: rule(
    'warning',
    'An 008 does not have 40 characters.',
    'Fill it up to 40; blanks at its end are often lost.',
  ),
  FIXED_FIELD_REPEATED: rule(
    'warning',
    'There is more than one 008.',
    'Keep the one that describes this record.',
  ),
  TITLE_MISSING: rule('error', 'There is no 245 with a title.', 'Add a 245 with $a.'),
  TITLE_REPEATED: rule('error', 'There is more than one 245.', 'Keep one; make the others 246.'),
  MAIN_ENTRY_REPEATED: rule(
    'error',
    'There is more than one of 100, 110, 111 and 130.',
    'Keep one; make the others 7XX.',
  ),
  TAG_INVALID: rule(
    'warning',
    'A tag is not three digits or letters.',
    'Correct the tag or remove the field.',
  ),
  CONTROL_FIELD_WITH_SUBFIELDS: rule(
    'warning',
    'A field 00X has indicators and subfields.',
    'Make it one value without subfields.',
  ),
  FIELD_WITHOUT_SUBFIELDS: rule('warning', 'A field has no subfields.', 'Add its subfields or remove it.'),
  INDICATOR_INVALID: rule(
    'warning',
    'An indicator is not a blank, a digit or a small letter.',
    'Correct it, or make it blank.',
  ),
  SUBFIELD_CODE_INVALID: rule(
    'warning',
    'A subfield code is not a small letter or a digit.',
    'Correct the code; look for a misplaced delimiter.',
  ),
  SUBFIELD_EMPTY: rule('warning', 'A subfield has no value.', 'Fill or remove it.'),
  ISBN_INVALID: rule('warning', 'An ISBN in 020 $a is not valid.', 'Correct it, or move it to $z.'),
  ISSN_INVALID: rule('warning', 'An ISSN in 022 $a is not valid.', 'Correct it, or move it to $y.'),
} as const

function rule(severity: Severity, message: string, remedy: string) {
  return { severity, message, remedy } as const
}

export type ProblemCode = keyof typeof validationRules

/** One finding. `field` is its tag with the subfield, as `020 $a`; nothing for the leader or what is missing. */
export type Problem = {
  readonly code: ProblemCode
  readonly severity: Severity
  readonly field: string | null
  /** Position among the record's fields, for going there. */
  readonly at: number | null
  /** The characters that are wrong, where there are some. */
  readonly value: string | null
}

/** Checks a record, in one pass over its fields. */
export function validate(record: MarcRecord): Problem[] {
  const problems: Problem[] = []
  const found = { controlNumbers: 0, fixedFields: 0, titles: 0, titled: false, mainEntries: 0 }
  validateLeader(record.leader, problems)
  for (let at = 0; at < record.fields.length; at++) {
    const field = record.fields[at] as MarcRecord['fields'][number]
    const { tag } = field
    if (!isTag(tag)) report(problems, 'TAG_INVALID', tag, at, tag)
    if ('subfields' in field) {
      if (isControlTag(tag)) report(problems, 'CONTROL_FIELD_WITH_SUBFIELDS', tag, at)
      else validateField(field, at, problems)
      if (tag === '245') {
        found.titles++
        found.titled ||= field.subfields.some(
          ({ code, value }) => 'abknp'.includes(code) && value.trim() !== '',
        )
        if (found.titles === 2) report(problems, 'TITLE_REPEATED', tag, at)
      } else if (tag === '100' || tag === '110' || tag === '111' || tag === '130') {
        if (++found.mainEntries === 2) report(problems, 'MAIN_ENTRY_REPEATED', tag, at)
      }
    } else validateControlField(field, at, found, problems)
  }
  if (found.fixedFields === 0) report(problems, 'FIXED_FIELD_MISSING')
  if (!found.titled) report(problems, 'TITLE_MISSING')
  return problems
}

function report(
  problems: Problem[],
  code: ProblemCode,
  field: string | null = null,
  at: number | null = null,
  value: string | null = null,
): void {
  problems.push({ code, severity: validationRules[code].severity, field, at, value })
}

function validateLeader(leader: string, problems: Problem[]): void {
  if (leader.length !== 24) {
    report(problems, 'LEADER_LENGTH', null, null, leader)
    return
  }
  const [status, type, level] = [leader.charAt(5), leader.charAt(6), leader.charAt(7)]
  if (!'acdnp'.includes(status)) report(problems, 'LEADER_STATUS', null, null, status)
  if (!'acdefgijkmoprt'.includes(type)) report(problems, 'LEADER_TYPE', null, null, type)
  if (!'abcdims'.includes(level)) report(problems, 'LEADER_LEVEL', null, null, level)
}

function validateControlField(
  field: ControlField,
  at: number,
  found: { controlNumbers: number; fixedFields: number },
  problems: Problem[],
): void {
  const { tag, value } = field
  if (!isControlTag(tag)) report(problems, 'FIELD_WITHOUT_SUBFIELDS', tag, at)
  else if (tag === '001') {
    if (++found.controlNumbers === 2) report(problems, 'CONTROL_NUMBER_REPEATED', tag, at)
  } else if (tag === '008') {
    if (++found.fixedFields === 2) report(problems, 'FIXED_FIELD_REPEATED', tag, at)
    if (value.length !== 40) report(problems, 'FIXED_FIELD_LENGTH', tag, at)
  }
}

function validateField(field: DataField, at: number, problems: Problem[]): void {
  const { tag, ind1, ind2, subfields } = field
  if (!isIndicator(ind1)) report(problems, 'INDICATOR_INVALID', tag, at, ind1)
  if (!isIndicator(ind2)) report(problems, 'INDICATOR_INVALID', tag, at, ind2)
  if (subfields.length === 0) report(problems, 'FIELD_WITHOUT_SUBFIELDS', tag, at)
  for (const { code, value } of subfields) {
    if (!isSubfieldCode(code)) report(problems, 'SUBFIELD_CODE_INVALID', tag, at, code)
    if (value === '') report(problems, 'SUBFIELD_EMPTY', `${tag} $${code}`, at)
    else if (code === 'a' && tag === '020') {
      if (!isbn13(value)?.valid) report(problems, 'ISBN_INVALID', '020 $a', at, value)
    } else if (code === 'a' && tag === '022') {
      if (!issn(value)?.valid) report(problems, 'ISSN_INVALID', '022 $a', at, value)
    }
  }
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57
const isSmall = (code: number): boolean => code >= 97 && code <= 122

const isTag = (tag: string): boolean =>
  tag.length === 3 &&
  isTagCharacter(tag.charCodeAt(0)) &&
  isTagCharacter(tag.charCodeAt(1)) &&
  isTagCharacter(tag.charCodeAt(2))

const isTagCharacter = (code: number): boolean => isDigit(code) || isSmall(code) || (code >= 65 && code <= 90)

function isIndicator(indicator: string): boolean {
  const code = indicator.charCodeAt(0)
  return indicator.length === 1 && (code === 32 || isDigit(code) || isSmall(code))
}

function isSubfieldCode(code: string): boolean {
  const character = code.charCodeAt(0)
  return code.length === 1 && (isDigit(character) || isSmall(character))
}

/** The findings with the severities that a profile gives them by code; those it turns off are left out. */
export function applyExceptions(
  problems: readonly Problem[],
  settings: Readonly<Record<string, Severity | 'off'>>,
): Problem[] {
  const left: Problem[] = []
  for (const problem of problems) {
    const severity = settings[problem.code] ?? problem.severity
    if (severity === 'off') continue
    left.push(severity === problem.severity ? problem : { ...problem, severity })
  }
  return left
}
