import type { RuleProblem } from '../../rules/language/rule.ts'
import { style } from '../style.ts'

/** What is wrong with a file of rules, as compilers say it: `FILE:LINE:COLUMN: error: …`. */
export const problemLines = (name: string, problems: readonly RuleProblem[]): string[] =>
  problems.map(({ line, column, severity, message }) => {
    const word = severity === 'error' ? style.bad('error') : style.warn('warning')
    return `${name}:${line}:${column}: ${word}: ${message}`
  })

export const hasErrors = (problems: readonly RuleProblem[]): boolean =>
  problems.some(({ severity }) => severity === 'error')
