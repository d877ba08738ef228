import type { MarcRecord } from '../../marc/record.ts'
import type { RuleDetail } from '../detail.ts'
import { compileViewTest, type ViewTest } from '../condition.ts'
import type { NormalizeAction, Rule } from '../language/rule.ts'
import { type Budget, placed } from './budget.ts'
import { compileAction } from './compile-action.ts'
import type { FieldChange } from './field-change.ts'
import { type Action, beginWork, type Work } from './work.ts'

/**
 * A rule file of normalisation, made ready. What it changes is added to `changes`; a record that it does
 * not change comes back as it is. `detail` takes what each rule and each of its lines did, where it is asked for.
 *
 * @throws {RuleFailure} naming the file and the line, where it cannot be carried out on the record
 */
export type NormalizeRules = (
  record: MarcRecord,
  changes: FieldChange[],
  budget: Budget,
  detail?: RuleDetail[],
) => MarcRecord

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
  return (record, changes, budget, detail) => {
    const work = beginWork(record, changes, budget)
    runRules(ready, code, work, detail)
    if (work.fields === record.fields && work.leader === record.leader) return record
    return { leader: work.leader, fields: work.fields }
  }
}

function runRules(rules: readonly ReadyRule[], code: string, work: Work, detail?: RuleDetail[]): void {
  let line = 0
  try {
    for (const rule of rules) {
      line = rule.line
      const isMet = rule.isMet(work)
      const actions = detail && noted(detail, line, isMet)
      if (!isMet) continue
      for (const action of rule.actions) {
        line = action.line
        work.step = action.step
        const before = actions && recordOf(work)
        action.run(work)
        if (before) actions.push({ line, before, after: recordOf(work) })
      }
    }
  } catch (error) {
    throw placed(error, code, line)
  }
}

function noted(detail: RuleDetail[], line: number, isMet: boolean): RuleDetail['actions'] {
  const actions: RuleDetail['actions'] = []
  detail.push({ line, isMet, actions })
  return actions
}

const recordOf = ({ leader, fields }: Work): MarcRecord => ({ leader, fields })
