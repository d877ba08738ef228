import { formatCondition } from './format-condition.ts'
import { neverMet } from './never-met.ts'
import type { Rule, RuleKind } from './rule.ts'
import { type TokenReader, brief, warn } from './token-reader.ts'

/**
 * Remarks about rules as such: their names, what they never do, and those that no record comes to. They
 * are warnings; a file with them can be used.
 */
export function lintRules(reader: TokenReader, kind: RuleKind, rules: readonly Rule<unknown>[]): void {
  const lines = new Map<string, number>()
  for (const { name, place, when, actions } of rules) {
    const twin = lines.get(name)
    if (twin === undefined) lines.set(name, place.line)
    else
      warn(
        reader,
        place,
        `The rule of line ${twin} has the name "${brief(name)}", too; traces cannot tell the two apart.`,
      )
    if (/\bRule\b|\bRULE\b/.test(name))
      warn(
        reader,
        place,
        'The word rule has a capital letter in this name; other systems that read such files fail on it.',
      )
    if (name.includes('\\'))
      warn(
        reader,
        place,
        'There is a backslash in this name; other systems cannot filter sets by such a rule.',
      )
    if (actions.length === 0 && kind !== 'merge')
      warn(reader, place, 'This rule has no actions and does nothing.')
    const reason = neverMet(when)
    if (reason !== null) warn(reader, place, `This rule never applies: ${reason}.`)
  }
}

/** Of indication and brief level the first rule that a record meets decides: what stands behind TRUE, or behind the same condition, never does. */
export function lintLevelRules(reader: TokenReader, rules: readonly Rule<unknown>[]): void {
  const asked = new Map<string, string>()
  for (const { name, place, when, actions } of rules) {
    if (actions.length > 1) warn(reader, place, 'This rule sets it more than once; the first counts.')
    const condition = formatCondition(when)
    const before = asked.get('TRUE') ?? asked.get(condition)
    if (before !== undefined)
      warn(
        reader,
        place,
        `No record comes to this rule: the first that it meets decides, and that is "${brief(before)}".`,
      )
    else asked.set(condition, name)
  }
}
