import type { RunProfile } from '../import-profile.ts'
import type { ExceptionLine } from '../language/rule.ts'
import { readyExceptions } from '../ready-rule.ts'
import { importExceptions, shippedExceptionLines } from './exceptions.ts'

const known = new WeakMap<RunProfile, readonly ExceptionLine[]>()

/**
 * The lines of the exceptions that a profile names: shipped ones, or those of its rule files; those of imports
 * where it names none. A profile is looked up once.
 *
 * Throws RangeError where a profile names what it does not bring along: such a profile is refused before it runs.
 */
export function exceptionLinesOf(profile: RunProfile): readonly ExceptionLine[] {
  let lines = known.get(profile)
  if (lines === undefined) {
    lines = linesOf(profile)
    known.set(profile, lines)
  }
  return lines
}

function linesOf({ exceptions = importExceptions, rules = [] }: RunProfile): readonly ExceptionLine[] {
  const shipped = shippedExceptionLines(exceptions)
  if (shipped !== null) return shipped
  const rule = rules.find(({ kind, code }) => kind === 'exceptions' && code === exceptions)
  if (!rule) throw new RangeError(`the exceptions ${exceptions} are not among the rules at hand`)
  return readyExceptions(rule)
}
