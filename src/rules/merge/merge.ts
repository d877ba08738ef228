import type { MarcRecord } from '../../marc/record.ts'
import { type Budget, placed, recordBudget } from '../normalize/budget.ts'
import { carryOut } from './carry-out.ts'
import { renumberLinks } from './linkage.ts'
import { type MergeDecision, decide, decideLeader } from './merge-decision.ts'
import { arrange } from './merge-order.ts'
import { type MergeRule, lineOf } from './merge-rule.ts'
import { type MergeNotes, type Terms, type Work, beginWork } from './merge-work.ts'
import type { ProtectSettings } from './protect.ts'
import { compileMergeRule } from './reach.ts'

/*
 * The actions of a merge rule are carried out in their order, each on what the former left.
 *
 * - `remove` takes the existing fields that are meant.
 * - `add` brings the incoming fields that are meant; one that is there already is not doubled.
 * - `replace` is `remove` and then `add`.
 * - `protect` keeps the existing fields that are meant from all of these, wherever it stands.
 *
 * With `if-incoming-has` an action takes only fields of a tag of which the incoming record has some
 * that it would bring; with `if-existing-lacks` it brings only those of a tag of which there are none,
 * and takes nothing. Several targets are asked about one by one. A condition about another tag is held
 * against the record that the action reads: the incoming where it adds, the existing where it removes.
 *
 * 001, 003 and 005 are never touched: the bib keeps its number, and saving sets the time. Protected
 * fields (D16) are neither removed nor brought but by an action that names them (reach.ts).
 */

export type Merged = { readonly record: MarcRecord; readonly decisions: readonly MergeDecision[] }

/**
 * D15: merges the incoming record into the existing one by a rule. Pure; the existing record itself
 * where nothing changes. `notes` are filled for those who ask why.
 *
 * @throws {RuleFailure} with the rule's line, where it takes more than the budget has
 */
export function merge(
  existing: MarcRecord,
  incoming: MarcRecord,
  rule: MergeRule,
  protect: ProtectSettings,
  {
    budget = recordBudget(),
    notes = null,
  }: { readonly budget?: Budget; readonly notes?: MergeNotes | null } = {},
): Merged {
  const { work, leader } = carriedOut(existing, incoming, rule, { protect, budget, notes })
  const left = arrange(work.slots, work.taken)
  const fields = renumberLinks(left, incoming.fields)
  const isSame =
    fields.length === existing.fields.length && fields.every((field, at) => field === existing.fields[at])
  const decisions = decide(work.slots, left, leader)
  if (leader?.decision === 'replaced')
    return { record: { leader: incoming.leader, fields: isSame ? existing.fields : fields }, decisions }
  return { record: isSame ? existing : { leader: existing.leader, fields }, decisions }
}

function carriedOut(existing: MarcRecord, incoming: MarcRecord, rule: MergeRule, terms: Terms) {
  let work: Work | null = null
  try {
    work = beginWork(existing.fields, incoming.fields, compileMergeRule(rule), terms)
    const leader = decideLeader(existing, incoming, work)
    carryOut(existing.fields, work)
    return { work, leader }
  } catch (error) {
    throw placed(error, rule.code, lineOf(rule, work?.at ?? 0))
  }
}

/** The rule of an overlay: the incoming record in the existing one's place, but for protected fields and the bib's own number. */
export const overlayRule = 'overlay-all-but-local'
