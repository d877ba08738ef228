import type { ExceptionLine } from '../language/rule.ts'
import type { Problem } from './problem.ts'
import { type ProblemCode, type Severity, isProblemCode, validationRules } from './validation-rules.ts'

/*
 * Exceptions: what becomes of a finding. A profile of exceptions says it by code, and by field where it differs
 * there; a zone may have its own, and these two come with the program.
 */

export type ExceptionProfile = {
  readonly code: string
  readonly name: string
  readonly description: string
  readonly lines: readonly ExceptionLine[]
}

/** Severities by code that a profile gives itself: they go before the lines of its exceptions. */
export type InlineSeverities = Readonly<Record<string, Severity | 'off'>>

/** The exceptions of an import profile that names none. */
export const importExceptions = 'import'

export const exceptionProfiles: readonly ExceptionProfile[] = [
  {
    code: importExceptions,
    name: 'Import',
    description:
      'For records of others. What is obsolete or could be fuller is no reason to look at one; what is wrong is noted.',
    lines: linesOf({
      off: [
        'TAG_OBSOLETE',
        'INDICATOR_OBSOLETE',
        'SUBFIELD_OBSOLETE',
        'FIXED_CODE_BLANK',
        'FIXED_CODE_OBSOLETE',
        'FIXED_POSITION_UNDEFINED',
        'CATALOGING_SOURCE_MISSING',
        'PUBLICATION_MISSING',
        'EXTENT_MISSING',
        'RDA_TYPES_MISSING',
        'TITLE_ADDED_ENTRY',
        'LANGUAGE_MISMATCH',
        'SYSTEM_NUMBER_PREFIX',
      ],
    }),
  },
  {
    code: 'editor',
    name: 'Editor',
    description:
      'For records that are saved by hand. Everything is told, and what breaks the format keeps a record from being saved.',
    lines: linesOf({
      error: [
        'LEADER_STATUS',
        'LEADER_TYPE',
        'LEADER_LEVEL',
        'CONTROL_NUMBER_REPEATED',
        'FIXED_FIELD_MISSING',
        'FIXED_FIELD_LENGTH',
        'FIXED_FIELD_REPEATED',
        'MATERIAL_FIELD_LENGTH',
        'TAG_INVALID',
        'CONTROL_FIELD_WITH_SUBFIELDS',
        'FIELD_WITHOUT_SUBFIELDS',
        'INDICATOR_INVALID',
        'SUBFIELD_CODE_INVALID',
        'LINKAGE_INVALID',
      ],
      // It is set when the record is saved.
      off: ['TIMESTAMP_INVALID'],
    }),
  },
]

/** The lines of a shipped profile of exceptions; nothing where there is none of the code. */
export const shippedExceptionLines = (code: string): readonly ExceptionLine[] | null =>
  exceptionProfiles.find((profile) => profile.code === code)?.lines ?? null

function linesOf(
  codes: Readonly<Partial<Record<Severity | 'off', readonly ProblemCode[]>>>,
): readonly ExceptionLine[] {
  const severities = ['error', 'warning', 'off'] as const
  return severities
    .flatMap((severity) => (codes[severity] ?? []).map((code) => ({ code, severity })))
    .map(({ code, severity }, at) => ({
      code,
      tag: null,
      subfield: null,
      severity,
      place: { line: at + 1, column: 1 },
    }))
}

/**
 * The findings with the severities that exceptions give them; those that are off are left out. The profile's own
 * severity of a code goes first, then the last of the lines that fits, then the rule's.
 */
export function applyExceptions(
  problems: readonly Problem[],
  lines: readonly ExceptionLine[],
  inline: InlineSeverities,
): Problem[] {
  const left: Problem[] = []
  for (const problem of problems) {
    const severity = severityOf(problem.code, problem.field, lines, inline)
    if (severity === 'off') continue
    left.push(severity === problem.severity ? problem : { ...problem, severity })
  }
  return left
}

/** What a finding of a code at a field is by exceptions; a code that is none is off. */
export function severityOf(
  code: string,
  field: string | null,
  lines: readonly ExceptionLine[],
  inline: InlineSeverities,
): Severity | 'off' {
  if (Object.hasOwn(inline, code)) return inline[code] as Severity | 'off'
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = lines[at] as ExceptionLine
    if (line.code === code && fits(line, field)) return line.severity
  }
  return isProblemCode(code) ? validationRules[code].severity : 'off'
}

/** A line of a tag fits the findings in such fields, one of a subfield those that name it. */
function fits({ tag, subfield }: ExceptionLine, field: string | null): boolean {
  if (tag === null) return true
  if (field === null) return false
  for (let at = 0; at < 3; at++) if (tag[at] !== '*' && tag[at] !== field[at]) return false
  return subfield === null || field.slice(3) === ` $${subfield}`
}
