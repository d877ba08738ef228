import type { RuleKind } from './language/rule.ts'
import { mergeRules } from './merge/merge-rule.ts'
import { exceptionProfiles } from './validation/exceptions.ts'

/** A rule that is part of the program: profiles of every zone may name it, and no rule file may have its code. */
export type ShippedRule = {
  readonly kind: RuleKind
  readonly code: string
  readonly name: string
  readonly description: string
}

/** Code of the brief-level rule of a zone that has chosen none. */
export const shippedBriefRule = 'encoding-and-content'

export const shippedRules: readonly ShippedRule[] = [
  ...mergeRules.map(({ code, name, description }) => ({ kind: 'merge' as const, code, name, description })),
  {
    kind: 'brief-level',
    code: shippedBriefRule,
    name: 'Encoding level and content',
    description: 'The lowest level that the encoding level or the content of a record calls for.',
  },
  ...exceptionProfiles.map(({ code, name, description }) => ({
    kind: 'exceptions' as const,
    code,
    name,
    description,
  })),
]

export const isShippedRule = (kind: RuleKind, code: string): boolean =>
  shippedRules.some((rule) => rule.kind === kind && rule.code === code)
