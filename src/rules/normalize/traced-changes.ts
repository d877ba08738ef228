import { shortened } from '../shortened.ts'
import type { FieldChange } from './field-change.ts'

/** How many changes the trace of a record keeps, and how many characters of each. */
const mostTraced = 20
const longest = 120

/**
 * Changes as a trace keeps them: `step: field`, of a rule file `code:line: field`. What is long is cut, and of
 * very many the rest is counted: an explanation has them all.
 */
export function tracedChanges(changes: readonly FieldChange[]): string[] {
  const traced = changes
    .slice(0, mostTraced)
    .map(({ step, field }) => shortened(`${step}: ${field}`, longest))
  const more = changes.length - mostTraced
  return more > 0 ? [...traced.slice(0, -1), `and ${more + 1} more`] : traced
}
