import { writePattern, writeRegex } from './text-value.ts'
import type { Condition, ControlElement, Element, Pattern } from './rule.ts'

/** A condition as `readCondition` reads it; what stands within another one is in parentheses. */
export function formatCondition(condition: Condition): string {
  switch (condition.is) {
    case 'true':
      return 'TRUE'
    case 'exists':
      return `exists ${formatElement(condition.element, 'matches')}`
    case 'exists-control':
      return `existsControl ${formatControl(condition.control, 'matches')}`
    case 'exists-more-than-once':
      return `existsMoreThanOnce ${formatElement(condition.element, 'matches')}`
    case 'not':
      return `NOT ${formatWithin(condition.of)}`
    case 'all':
      return condition.of.map(formatWithin).join(' AND ')
    case 'any':
      return condition.of.map(formatWithin).join(' OR ')
  }
}

const formatWithin = (condition: Condition): string =>
  condition.is === 'all' || condition.is === 'any'
    ? `(${formatCondition(condition)})`
    : formatCondition(condition)

/** An element in quotes; behind it its regular expression with the word before it, or `has any value`. */
export function formatElement(element: Element, word: 'matches' | 'matching'): string {
  const { tag, ind1, ind2, subfield, value } = element
  let text = tag
  text += formatIndicators(ind1, ind2)
  if (subfield !== null) text += `.${subfield}`
  return formatValue(text, value, word)
}

export function formatControl({ tag, range, value }: ControlElement, word: 'matches' | 'matching'): string {
  return formatValue(range ? `${tag}.{${range.at},${range.length}}` : tag, value, word)
}

/** Nothing where both may be any. */
export const formatIndicators = (ind1: string | null, ind2: string | null): string =>
  ind1 === null && ind2 === null ? '' : `.{${formatIndicator(ind1)},${formatIndicator(ind2)}}`

export const formatIndicator = (indicator: string | null): string =>
  indicator === null ? '*' : indicator === ' ' ? '-' : indicator

export const formatRegex = (word: string, source: string): string => `${word} "${writeRegex(source)}"`

function formatValue(text: string, value: Pattern | null, word: string): string {
  if (value === null) return `"${text}"`
  if (value.kind === 'text') return `"${text}.${writePattern(value.alternatives)}"`
  return `"${text}" ${value.kind === 'some' ? 'has any value' : formatRegex(word, value.source)}`
}
