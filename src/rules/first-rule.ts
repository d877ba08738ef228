import type { MarcRecord } from '../marc/record.ts'
import { compileViewTest } from './condition.ts'
import type { Place, Rule } from './language/rule.ts'
import { type Budget, placed, recordBudget } from './normalize/budget.ts'
import { viewOf } from './record-view.ts'

/** The rule that decided, by its name and the line of its action. */
export type Decided<Action> = { readonly rule: string; readonly line: number; readonly action: Action }

/**
 * Finds the first rule, in the order in which they run, that a record meets the condition of, and its
 * first action; one without actions decides nothing. `code` is that of their file.
 *
 * @throws {RuleFailure} by the function given, where the conditions cost more than the budget has
 */
export function compileFirstRule<Action extends { readonly place: Place }>(
  rules: readonly Rule<Action>[],
  code: string,
): (record: MarcRecord, budget?: Budget) => Decided<Action> | null {
  const ready = rules.flatMap(({ name, when, actions, place }) => {
    const [action] = actions
    if (!action) return []
    return [
      {
        line: place.line,
        isMet: compileViewTest(when),
        decided: { rule: name, line: action.place.line, action },
      },
    ]
  })
  return (record, budget = recordBudget()) => {
    const view = viewOf(record, budget)
    let line = 0
    try {
      for (const rule of ready) {
        line = rule.line
        if (rule.isMet(view)) return rule.decided
      }
    } catch (error) {
      throw placed(error, code, line)
    }
    return null
  }
}
