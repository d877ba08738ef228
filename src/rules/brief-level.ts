import type { MarcRecord } from '../marc/record.ts'
import { meets } from './filter.ts'
import type { Filter } from './import-profile.ts'

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

/** The level of a record by the given rules; a record that none of them hits has 10. */
export function briefLevel(record: MarcRecord, rules: readonly BriefRule[] = briefRules): number {
  return briefRule(record, rules)?.level ?? 10
}

/** The rule that gives a record its level, for explaining it; nothing where none hits. */
export function briefRule(record: MarcRecord, rules: readonly BriefRule[] = briefRules): BriefRule | null {
  for (const rule of rules) if (meets(record, rule.when)) return rule
  return null
}
