import type { RuleKind } from '../../../rules/language/rule.ts'
import type { WholeRule } from '../../../server/api/rule.ts'
import { starterTexts } from './starter-text.ts'

/** A rule file of a zone, in a version; one that is built in has neither. */
export type SavedRule = WholeRule & {
  readonly zone: string
  readonly version: number
  readonly changedAt: string
}

export const isSaved = (rule: WholeRule): rule is SavedRule =>
  rule.zone !== null && rule.version !== null && rule.changedAt !== null

/** What of a rule file can be changed; a save sends it whole. */
export type RuleDraft = Pick<WholeRule, 'text' | 'name' | 'active' | 'shared'>

/** A rule file to be changed, or what a new one begins with: the text of another, or a first rule. */
export const draftOf = (rule: SavedRule | null, kind: RuleKind, begin?: WholeRule | null): RuleDraft =>
  rule === null
    ? { text: begin?.text ?? starterTexts[kind], name: begin?.name ?? '', active: false, shared: false }
    : { text: rule.text, name: rule.name, active: rule.active, shared: rule.shared }

export const isSame = (draft: RuleDraft, rule: WholeRule): boolean =>
  draft.text === rule.text &&
  draft.name === rule.name &&
  draft.active === rule.active &&
  draft.shared === rule.shared
