import type { Field, MarcRecord } from '../../marc/record.ts'
import { sameLeader } from '../content.ts'
import { effectiveTag } from '../effective-tag.ts'
import type { Slot } from './merge-order.ts'
import type { MergeAction } from '../language/rule.ts'
import type { Work } from './merge-work.ts'
import { hasSome } from './reach.ts'

/**
 * What became of one field. Positions are among the fields of the existing, incoming and resulting
 * record; the leader, of which there is a word only where an action means it, has none of the three.
 */
export type MergeDecision = {
  readonly decision: 'kept' | 'added' | 'removed' | 'replaced'
  readonly existing: number | null
  readonly incoming: number | null
  readonly result: number | null
  /** Which action of the rule did it, from 0: what brought the field, what took it, or the `protect` that kept it. */
  readonly action: number | null
  /** An action meant to remove it, and it is protected. */
  readonly protected: boolean
  /** Of a replaced field: the action that took the former one, where it is not the one that brought this. */
  readonly removal?: number
}

/** The leader of the incoming record is taken by a `replace` that means it, and by nothing else. */
export function decideLeader(existing: MarcRecord, incoming: MarcRecord, work: Work): MergeDecision | null {
  const { leader } = work.rule
  if (leader.length === 0 || sameLeader(existing.leader, incoming.leader)) return null
  const replace = leader.find((at) => meansLeader(work, at, 'replace', incoming.fields))
  if (replace === undefined) return null
  const protect = leader.find((at) => meansLeader(work, at, 'protect', existing.fields))
  const nowhere = { existing: null, incoming: null, result: null }
  return protect === undefined
    ? { decision: 'replaced', ...nowhere, action: replace, protected: false }
    : { decision: 'kept', ...nowhere, action: protect, protected: true }
}

/** `fields` are those of the record that a condition is held against; the leader itself has no subfields. */
function meansLeader(work: Work, at: number, verb: MergeAction['verb'], fields: readonly Field[]): boolean {
  work.at = at
  const action = work.rule.actions[at] as MergeAction
  const asked = work.rule.asks[at] ?? null
  return (
    action.verb === verb &&
    action.only !== 'if-existing-lacks' &&
    action.subfield?.is !== 'present' &&
    !action.excluding?.some(({ tag }) => tag === 'LDR') &&
    (asked === null || (asked.tag !== null && hasSome(fields, asked, work.budget)))
  )
}

/** The leader, result fields in order, then what was removed; a removed and an added field of one tag are one replacement. */
export function decide(
  existing: readonly Slot[],
  left: readonly Slot[],
  leader: MergeDecision | null,
): MergeDecision[] {
  const gone = existing.filter(({ alive }) => !alive)
  const byTag = gone.length === 0 ? null : Map.groupBy(gone, ({ field }) => effectiveTag(field))
  const decisions: MergeDecision[] = leader === null ? [] : [leader]
  left.forEach((slot, result) => {
    const incoming = slot.incoming === -1 ? null : slot.incoming
    if (slot.existing !== -1) {
      const action = slot.held && slot.shield !== -1 ? slot.shield : null
      decisions.push({
        decision: 'kept',
        existing: slot.existing,
        incoming,
        result,
        action,
        protected: slot.held,
      })
      return
    }
    const before = byTag?.get(effectiveTag(slot.field))?.shift()
    decisions.push({
      decision: before ? 'replaced' : 'added',
      existing: before ? before.existing : null,
      incoming,
      result,
      action: slot.added,
      protected: false,
      ...(before && before.removed !== slot.added ? { removal: before.removed } : {}),
    })
  })
  for (const removed of byTag?.values() ?? []) {
    for (const { existing: place, removed: action } of removed) {
      decisions.push({
        decision: 'removed',
        existing: place,
        incoming: null,
        result: null,
        action,
        protected: false,
      })
    }
  }
  return decisions
}
