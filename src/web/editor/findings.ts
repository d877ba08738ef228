import { applyExceptions, type InlineSeverities } from '../../rules/validation/exceptions.ts'
import type { ExceptionLine } from '../../rules/language/rule.ts'
import type { Problem } from '../../rules/validation/problem.ts'
import { validate } from '../../rules/validation/validate.ts'
import type { ProblemCode, Severity } from '../../rules/validation/validation-rules.ts'
import type { LineFault, ReadText } from './field-line.ts'

/** What is to be told of a text, where, and how bad it is. */
export type Finding = {
  /** From 1; nothing for what the record lacks. */
  readonly line: number | null
  readonly severity: Severity
  readonly code: ProblemCode | LineFault
  /** As findings name their element; of a line that is no field nothing. */
  readonly field: string | null
  readonly value: string | null
  /** Of a line that is no field: where in it. */
  readonly at: number | null
}

/** By what a zone's bibs are held when they are saved. */
export type Exceptions = {
  readonly lines: readonly ExceptionLine[]
  readonly inline: InlineSeverities
  /** Empty subfields are left out before: nothing is found in them. */
  readonly leavesOutEmpty: boolean
}

/** Lines that are no fields, and what validation finds in the rest; in the order of the text, missing things first. */
export function findingsOf(text: ReadText, exceptions: Exceptions): readonly Finding[] {
  const { leaderLine, faults } = text
  const { record, lines } = exceptions.leavesOutEmpty ? withoutEmpty(text) : text
  const broken = faults.map(
    ({ line, at, fault }): Finding => ({
      line,
      severity: 'error',
      code: fault,
      field: null,
      value: null,
      at,
    }),
  )
  // The length of the leader is a fault of its line.
  const problems = applyExceptions(validate(record), exceptions.lines, exceptions.inline).filter(
    ({ code }) => code !== 'LEADER_LENGTH',
  )
  const found = problems.map((problem): Finding => {
    const { code, severity, field, value } = problem
    return { line: lineOf(problem, lines, leaderLine), severity, code, field, value, at: null }
  })
  return [...broken, ...found].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
}

function lineOf(
  { code, field, at }: Problem,
  lines: readonly number[],
  leaderLine: number | null,
): number | null {
  if (at !== null) return lines[at] ?? null
  return code.startsWith('LEADER_') || field?.startsWith('LDR') === true ? leaderLine : null
}

/** The record without its empty subfields, and fields that have no others. */
function withoutEmpty({ record, lines }: ReadText): Pick<ReadText, 'record' | 'lines'> {
  const kept = record.fields.flatMap((field, at) => {
    const line = lines[at] ?? 0
    if (!('subfields' in field) || field.subfields.length === 0) return [{ field, line }]
    const subfields = field.subfields.filter(({ value }) => value.trim() !== '')
    return subfields.length === 0 ? [] : [{ field: { ...field, subfields }, line }]
  })
  return {
    record: { leader: record.leader, fields: kept.map(({ field }) => field) },
    lines: kept.map(({ line }) => line),
  }
}
