import type { MarcRecord } from '../../marc/record.ts'
import { compileViewTest, type ViewTest } from '../condition.ts'
import type { NormalizeAction, Rule } from '../language/rule.ts'
import { type Budget, placed } from './budget.ts'
import { compileAction } from './compile-action.ts'
import type { FieldChange } from './field-change.ts'
import { type Action, beginWork, type Work } from './work.ts'

/**
 * A rule file of normalisation, made ready. What it changes is added to `changes`; a record that it does
 * not change comes back as it is.
 *
 * @throws {RuleFailure} naming the file and the line, where it cannot be carried out on the record
 */
export type NormalizeRules = (record: MarcRecord, changes: FieldChange[], budget: Budget) => MarcRecord

type ReadyRule = {
  readonly line: number
  readonly isMet: ViewTest
  readonly actions: readonly { readonly line: number; readonly step: string; readonly run: Action }[]
}

/**
 * Makes rules ready, in the order in which they run, each on what the former left. `code` is that of their
 * file, by which changes and failures name it.
 *
 * An action means fields by their own tag: one on 245 does not touch the 880 that is its other script.
 */
export function compileNormalizeRules(rules: readonly Rule<NormalizeAction>[], code: string): NormalizeRules {
  const ready = rules.map(
    ({ when, actions, place }): ReadyRule => ({
      line: place.line,
      isMet: compileViewTest(when),
      actions: actions.map((action) => ({
        line: action.place.line,
        step: `${code}:${action.place.line}`,
        run: compileAction(action),
      })),
    }),
  )
  return (record, changes, budget) => {
    const work = beginWork(record, changes, budget)
    runRules(ready, code, work)
    if (work.fields === record.fields && work.leader === record.leader) return record
    return { leader: work.leader, fields: work.fields }
  }
}

function runRules(rules: readonly ReadyRule[], code: string, work: Work): void {
  let line = 0
  try {
    for (const rule of rules) {
      line = rule.line
      if (!rule.isMet(work)) continue
      for (const action of rule.actions) {
        line = action.line
        work.step = action.step
        action.run(work)
      }
    }
  } catch (error) {
    throw placed(error, code, line)
  }
}
