import { briefRules } from './brief-level.ts'
import type { Filter } from './import-profile.ts'
import { formatRuleFile } from './language/format-rule-file.ts'
import type { Condition, Place, RuleFile, RuleKind } from './language/rule.ts'
import { mergeRules } from './merge/merge-rule.ts'
import { shippedBriefRule } from './shipped-rules.ts'
import { exceptionProfiles } from './validation/exceptions.ts'

/**
 * A built-in rule in the language of rule files, written from the very data that it runs by: to be read, and
 * to begin one of one's own with. Nothing where there is none of the code.
 */
export function shippedText(kind: RuleKind, code: string): string | null {
  const file = shippedFile(kind, code)
  return file && formatRuleFile(file)
}

/** Nothing of it is in a text. */
const place: Place = { line: 1, column: 1 }
const rule = { priority: null, place, idempotent: false }

function shippedFile(kind: RuleKind, code: string): RuleFile | null {
  if (kind === 'merge') {
    const found = mergeRules.find((each) => each.code === code)
    if (!found) return null
    const { name, actions } = found
    return { kind, rules: [{ ...rule, name, when: { is: 'true' }, actions }], tests: [] }
  }
  if (kind === 'exceptions') {
    const found = exceptionProfiles.find((each) => each.code === code)
    return found ? { kind, rules: found.lines, tests: [] } : null
  }
  if (kind !== 'brief-level' || code !== shippedBriefRule) return null
  return {
    kind,
    rules: briefRules.map(({ level, name, when }) => ({
      ...rule,
      name,
      when: conditionOf(when),
      actions: [{ do: 'set-brief-level', level, place }],
    })),
    tests: [],
  }
}

/** A condition of a profile in the language of rule files, of those forms that built-in rules have. */
function conditionOf(filter: Filter): Condition {
  if ('any' in filter) return { is: 'any', of: filter.any.map(conditionOf) }
  if ('all' in filter) return { is: 'all', of: filter.all.map(conditionOf) }
  if ('not' in filter) return { is: 'not', of: conditionOf(filter.not) }
  if ('leader' in filter)
    return {
      is: 'exists-control',
      control: {
        tag: 'LDR',
        range: { at: filter.leader, length: 1 },
        value: { kind: 'text', alternatives: [...filter.is].map((text) => [{ part: 'literal', text }]) },
      },
    }
  if ('rule' in filter || filter.matches !== undefined)
    throw new RangeError('a built-in rule has a condition that is not written')
  const { field, subfield = null } = filter
  return {
    is: 'exists',
    element: { tag: field.replaceAll('X', '*'), ind1: null, ind2: null, subfield, value: null },
  }
}
