import type { MarcRecord } from '../marc/record.ts'
import { meets } from './filter.ts'
import type { Filter } from './import-profile.ts'
import type { Budget } from './normalize/budget.ts'
import type { Indications } from './ready-rule.ts'

/** The rule file and line that decided, where one did. */
export type FilteredBy = { readonly rule: string; readonly line: number }

/** Whether a filter leaves a record out, and by which line of an indication rule, if by one. */
export type FilterTest = (
  record: MarcRecord,
  budget: Budget,
) => { readonly isMet: boolean; readonly by: FilteredBy | null }

/**
 * Makes the filter of a profile ready. `indicationOf` gives the indication rule of a code that it names.
 *
 * @throws {RuleFailure} by the function given, where a rule cannot be carried out on the record
 */
export function compileFilter(filter: Filter, indicationOf: (code: string) => Indications): FilterTest {
  if ('rule' in filter) {
    const { rule } = filter
    const indicate = indicationOf(rule)
    return (record, budget) => {
      const { value, line } = indicate(record, budget)
      return { isMet: value, by: line === null ? null : { rule, line } }
    }
  }
  if ('not' in filter) {
    const test = compileFilter(filter.not, indicationOf)
    return (record, budget) => {
      const { isMet, by } = test(record, budget)
      return { isMet: !isMet, by }
    }
  }
  if ('any' in filter || 'all' in filter) {
    // The first that is met decides of any, the first that is not of all.
    const deciding = 'any' in filter
    const tests = ('any' in filter ? filter.any : filter.all).map((each) => compileFilter(each, indicationOf))
    return (record, budget) => {
      let by: FilteredBy | null = null
      for (const test of tests) {
        const result = test(record, budget)
        if (result.isMet === deciding) return result
        by = result.by ?? by
      }
      return { isMet: !deciding, by }
    }
  }
  return (record) => ({ isMet: meets(record, filter), by: null })
}
