import type { ImportProfile } from '../../../rules/import-profile.ts'
import type { Rule } from '../../../server/api/rule.ts'

/** What every group of settings gets: the profile as it is being changed, and the rules that it may name. */
export type GroupProps = {
  readonly profile: ImportProfile
  readonly onChange: (profile: ImportProfile) => void
  readonly rules: readonly Rule[]
}

/** The first rule of a kind that may be named; nothing where there is none. */
export const firstRule = (rules: readonly Rule[], kind: Rule['kind']): string | undefined =>
  rules.find((rule) => rule.kind === kind && rule.active)?.code
