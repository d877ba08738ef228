import type { Field } from '../../marc/record.ts'
import { effectiveTag } from '../effective-tag.ts'
import type { Budget } from '../normalize/budget.ts'
import { type Slot, newSlot } from './merge-order.ts'
import type { ProtectSettings } from './protect.ts'
import { type CompiledRule, type Reach, reachesOf } from './reach.ts'

/** What an action meant and did not do, for those who ask why: by the place of a field, the place of the action. */
export type MergeNotes = {
  /** Existing fields for which the incoming record has none to exchange them. */
  readonly unmatched: Map<number, number>
  /** Incoming fields that are local to somebody. */
  readonly local: Map<number, number>
  /** Incoming fields of which there were some already. */
  readonly present: Map<number, number>
  /** Incoming fields that came and were removed again. */
  readonly removed: Map<number, number>
}

/** The fields of one tag that some action can reach. */
export type Group = {
  readonly reaches: readonly Reach[]
  /** How many of the actions lie behind, where all tags go through them side by side. */
  done: number
  /** Of the existing record, whether they are still there or not. */
  readonly existing: Slot[]
  /** Places of the incoming record. */
  readonly incoming: number[]
  readonly added: Slot[]
  /** Existing slots that no incoming field has been paired with; by content where there are many. */
  spare: Slot[] | Map<string, Slot[]> | null
}

/** What a merge is held to, and what it is to note. */
export type Terms = {
  readonly protect: ProtectSettings
  readonly budget: Budget
  readonly notes: MergeNotes | null
}

/** A merge while it is carried out. */
export type Work = Terms & {
  readonly rule: CompiledRule
  readonly incoming: readonly Field[]
  /** By the tag that fields count as; nothing for a tag that no action can reach. */
  readonly groups: ReadonlyMap<string, Group | null>
  /** Of the existing record, all of them. */
  readonly slots: readonly Slot[]
  /** Slot of each incoming field that has one. */
  readonly taken: (Slot | undefined)[]
  /** Whether the incoming record meets what an action asks of it, once that is known. */
  readonly brings: Map<number, boolean>
  /** The action that is under way. */
  at: number
}

export function beginWork(
  existing: readonly Field[],
  incoming: readonly Field[],
  rule: CompiledRule,
  terms: Terms,
): Work {
  const groups = new Map<string, Group | null>()
  const groupOf = (field: Field): Group | null => {
    const tag = effectiveTag(field)
    const known = groups.get(tag)
    if (known !== undefined) return known
    const reaches = reachesOf(rule, tag, terms.budget)
    const made =
      reaches.length === 0 ? null : { reaches, done: 0, existing: [], incoming: [], added: [], spare: null }
    groups.set(tag, made)
    return made
  }
  const slots = existing.map((field, place) => {
    const slot = newSlot(field, place, -1, -1)
    groupOf(field)?.existing.push(slot)
    return slot
  })
  incoming.forEach((field, place) => groupOf(field)?.incoming.push(place))
  const taken = new Array<Slot | undefined>(incoming.length).fill(undefined)
  return { rule, ...terms, incoming, groups, slots, taken, brings: new Map(), at: 0 }
}
