import type { Problem } from './problem.ts'
import { type ProblemCode, isProblemCode } from './validation-rules.ts'

/** How many findings the trace of a record keeps. */
const mostTraced = 20

/**
 * Findings as a trace keeps them: `CODE field`, errors first, the same of one field once, with how often. Of
 * very many the rest is counted.
 */
export function tracedProblems(problems: readonly Problem[]): string[] {
  if (problems.length === 0) return []
  const counts = new Map<string, number>()
  for (const severity of ['error', 'warning'] as const) {
    for (const problem of problems) {
      if (problem.severity !== severity) continue
      const words = problem.field === null ? problem.code : `${problem.code} ${problem.field}`
      counts.set(words, (counts.get(words) ?? 0) + 1)
    }
  }
  const traced = [...counts].map(([words, count]) => (count === 1 ? words : `${words} ×${count}`))
  if (traced.length <= mostTraced) return traced
  return [...traced.slice(0, mostTraced - 1), `and ${traced.length - mostTraced + 1} more`]
}

export type TracedProblem = { readonly code: ProblemCode; readonly field: string | null }

/** What a line of `tracedProblems` says; nothing where it is no finding. */
export function readTracedProblem(line: string): TracedProblem | null {
  const [, code = '', field] = /^([A-Z0-9_]+)(?: (.+?))?(?: ×\d+)?$/s.exec(line) ?? []
  return isProblemCode(code) ? { code, field: field ?? null } : null
}
