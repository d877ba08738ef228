import type { MarcRecord } from '../marc/record.ts'
import { compileFirstRule } from './first-rule.ts'
import type { IndicationAction, Rule } from './language/rule.ts'
import type { Budget } from './normalize/budget.ts'

/** What an indication rule says of a record, and the rule of the file and line that say so; false where none does. */
export type Indication = {
  readonly value: boolean
  readonly rule: string | null
  readonly line: number | null
}

const noRule: Indication = { value: false, rule: null, line: null }

/**
 * Makes a file of indication rules ready. The first rule whose condition a record meets decides, so that an
 * exception (`set indication."false"`) stands in front of what it is one of.
 *
 * @throws {RuleFailure} by the function given, as `compileFirstRule`
 */
export function compileIndication(
  rules: readonly Rule<IndicationAction>[],
  code: string,
): (record: MarcRecord, budget?: Budget) => Indication {
  const find = compileFirstRule(rules, code)
  return (record, budget) => {
    const decided = find(record, budget)
    return decided === null ? noRule : { value: decided.action.to, rule: decided.rule, line: decided.line }
  }
}
