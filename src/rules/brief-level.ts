import type { MarcRecord } from '../marc/record.ts'
import { compileFirstRule } from './first-rule.ts'
import { meets } from './filter.ts'
import type { Filter } from './import-profile.ts'
import type { BriefLevelAction, Rule } from './language/rule.ts'
import type { Budget } from './normalize/budget.ts'

/** One rule of a brief level: a record that meets it has that level, 1 (briefest) to 10 (fullest). */
export type BriefRule = { readonly level: number; readonly name: string; readonly when: Filter }

const has = (field: string, subfield?: string): Filter =>
  subfield === undefined ? { field } : { field, subfield }
const lacks = (...fields: readonly string[]): Filter => ({ not: { any: fields.map((field) => has(field)) } })
const encoding = (is: string): Filter => ({ leader: 17, is })

/**
 * The shipped rules, tried from the top, the first hit decides (D21). They ascend, so a record gets
 * the lowest level that its encoding level or its content calls for: vendors' order records say
 * "full", and their content says otherwise.
 */
export const briefRules: readonly BriefRule[] = [
  { level: 1, name: 'no title', when: { not: { any: [has('245', 'a'), has('245', 'k')] } } },
  { level: 1, name: 'encoding level J: deleted', when: encoding('J') },
  { level: 2, name: 'neither publication nor extent', when: lacks('260', '264', '300') },
  { level: 2, name: 'encoding level 5, u or z: partial or unknown', when: encoding('5uz') },
  {
    level: 3,
    name: 'neither extent nor subject nor classification',
    when: lacks('300', '6XX', '050', '055', '060', '070', '080', '082', '084', '086'),
  },
  { level: 3, name: 'encoding level 3: abbreviated', when: encoding('3') },
  { level: 4, name: 'encoding level 8: prepublication', when: encoding('8') },
  { level: 5, name: 'encoding level 2 or 7: less than full, minimal', when: encoding('27') },
  { level: 6, name: 'encoding level K or M: less than full', when: encoding('KM') },
  { level: 6, name: 'no extent', when: lacks('300') },
  { level: 7, name: 'encoding level 4: core', when: encoding('4') },
  { level: 8, name: 'encoding level 1: full, item not seen', when: encoding('1') },
  { level: 9, name: 'encoding level I or L: full by an OCLC member or batch', when: encoding('IL') },
]

/** A level with the rule that gives it, for explaining it: its name and, of a rule file, the line. */
export type BriefLevel = {
  readonly level: number
  readonly rule: string | null
  readonly line: number | null
}

/**
 * The levels of a zone, by the shipped rules or by a rule file of its own.
 *
 * @throws {RuleFailure} by those of a rule file, where its conditions cost more than the budget has
 */
export type BriefLevels = (record: MarcRecord, budget?: Budget) => BriefLevel

/** D21: a record that no rule hits is as full as can be. */
const fullest: BriefLevel = { level: 10, rule: null, line: null }

export const shippedBriefLevels: BriefLevels = briefLevelsBy(briefRules)

export function briefLevelsBy(rules: readonly BriefRule[]): BriefLevels {
  return (record) => {
    for (const { level, name, when } of rules)
      if (meets(record, when)) return { level, rule: name, line: null }
    return fullest
  }
}

/** Makes a rule file of brief levels ready: the first hit from the top decides. `code` is that of the file. */
export function compileBriefLevels(rules: readonly Rule<BriefLevelAction>[], code: string): BriefLevels {
  const find = compileFirstRule(rules, code)
  return (record, budget) => {
    const decided = find(record, budget)
    return decided === null
      ? fullest
      : { level: decided.action.level, rule: decided.rule, line: decided.line }
  }
}

/** The level of a record, 1 to 10. */
export const briefLevel = (record: MarcRecord, levels: BriefLevels = shippedBriefLevels): number =>
  levels(record).level
