import type { RuleKind } from './language/rule.ts'

/** What a rule file of a kind is called, in the middle of a sentence. */
export const kindNames: Readonly<Record<RuleKind, string>> = {
  normalize: 'normalisation rule',
  merge: 'merge rule',
  indication: 'indication rule',
  'brief-level': 'brief-level rule',
  exceptions: 'exceptions file',
}
