import { type ProblemCode, type Severity, validationRules } from './validation-rules.ts'

/**
 * One finding. `field` is its tag, with the subfield as `020 $a`, the indicator as `245 ind2`, the positions as
 * `008/18-21` or `LDR/17`; nothing for what is missing, or what is wrong with the leader as a whole.
 */
export type Problem = {
  readonly code: ProblemCode
  readonly severity: Severity
  readonly field: string | null
  /** Position among the record's fields, for going there. */
  readonly at: number | null
  /** The characters that are wrong, where there are some: the first 60 of them. */
  readonly value: string | null
}

/** Findings as they are collected. */
export type Findings = { readonly problems: Problem[]; seen: Set<string> | null }

/**
 * What a record may have in full. From then on only what is new in code and field is noted: exceptions
 * look at nothing else, so that no verdict depends on what is left out.
 */
const mostInFull = 1000
const longestValue = 60
/** A tag that no reader yields may be of any length. */
const longestField = 16

export function report(
  findings: Findings,
  code: ProblemCode,
  field: string | null = null,
  at: number | null = null,
  value: string | null = null,
): void {
  const { problems } = findings
  const where = field === null ? null : bounded(field, longestField)
  if (problems.length >= mostInFull) {
    const seen = (findings.seen ??= new Set(problems.map((problem) => `${problem.code} ${problem.field}`)))
    const key = `${code} ${where}`
    if (seen.has(key)) return
    seen.add(key)
  }
  problems.push({
    code,
    severity: validationRules[code].severity,
    field: where,
    at,
    value: value === null ? null : bounded(value, longestValue),
  })
}

/** The start of a text, never with half of a character. */
const bounded = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`
