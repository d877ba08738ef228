import { formatCondition } from './format-condition.ts'
import type { Condition, ControlElement, Element, Pattern } from './rule.ts'

/** How many characters the leader, and the 008 of a bib, have. */
export const fixedLengths: Readonly<Record<string, number>> = { LDR: 24, '008': 40 }

/** Why no record meets a condition, as a clause behind a colon; nothing where one may. */
export function neverMet(condition: Condition): string | null {
  switch (condition.is) {
    case 'true':
      return null
    case 'exists':
    case 'exists-more-than-once':
      return noSuchField(condition.element)
    case 'exists-control':
      return noSuchControl(condition.control)
    case 'not':
      return condition.of.is === 'true' ? 'NOT TRUE is never met' : null
    case 'any': {
      const reasons = condition.of.map(neverMet)
      return reasons.includes(null) ? null : (reasons[0] as string)
    }
    case 'all':
      return contradiction(condition.of)
  }
}

function contradiction(conditions: readonly Condition[]): string | null {
  const asked = new Set(conditions.map(formatCondition))
  for (const condition of conditions) {
    const reason = neverMet(condition)
    if (reason !== null) return reason
    if (condition.is !== 'not') continue
    const opposite = formatCondition(condition.of)
    if (asked.has(opposite)) return `${opposite} and its opposite cannot both be met`
  }
  return null
}

/** Whether a pattern speaks of control fields alone: its first two characters are 0, or it is the leader. */
export const isControlPattern = (tag: string): boolean => tag === 'LDR' || tag.startsWith('00')

/** Whether a pattern speaks of no control field and not of the leader. */
export const isDataPattern = (tag: string): boolean => tag !== 'LDR' && !/^[0*][0*]/.test(tag)

/** Why there is no data field that an element means. */
export function noSuchField({ tag, ind1, ind2, subfield }: Element): string | null {
  if (tag === 'LDR') return 'the leader is no field; write existsControl'
  if (!isControlPattern(tag) || (ind1 === null && ind2 === null && subfield === null)) return null
  return `${tag} is a control field, without indicators and subfields; write existsControl`
}

/** Why there are no such characters in a control field or the leader. */
export function noSuchControl({ tag, range, value }: ControlElement): string | null {
  if (isDataPattern(tag)) return `${tag} is a data field; write exists`
  const length = fixedLengths[tag]
  if (range !== null && length !== undefined && range.at + range.length > length) {
    const name = tag === 'LDR' ? 'the leader' : tag
    return `${name} has ${length} characters, counted from 0, and none at ${range.at + range.length - 1}`
  }
  const asked = range?.length ?? (tag === 'LDR' ? length : undefined)
  const lengths = value === null ? null : textLengths(value)
  if (asked === undefined || lengths === null || lengths.includes(asked)) return null
  return `${characters(asked)} cannot be a text of ${lengths.join(' or ')}`
}

const characters = (count: number): string => (count === 1 ? '1 character' : `${count} characters`)

/** How many characters each alternative of a text pattern has; nothing where one of them has any number. */
export function textLengths(pattern: Pattern): readonly number[] | null {
  if (pattern.kind !== 'text') return null
  const lengths: number[] = []
  for (const parts of pattern.alternatives) {
    let length = 0
    for (const part of parts) {
      if (part.part === 'run') return null
      length += part.part === 'one' ? 1 : part.text.length
    }
    lengths.push(length)
  }
  return lengths
}
