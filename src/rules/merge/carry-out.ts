import type { Field } from '../../marc/record.ts'
import { spend } from '../normalize/budget.ts'
import { contentWithoutOccurrence, isSameField } from './linkage.ts'
import { type Slot, newSlot } from './merge-order.ts'
import type { Group, Work } from './merge-work.ts'
import { localProtection, protectionOf } from './protect.ts'
import { type Asks, type Reach, hasSome, isKeptFrom, isKeptOut, targetOf } from './reach.ts'

/** Carries out all actions of a rule. Those of one tag do not touch the fields of another, so tags go one by one where they may. */
export function carryOut(existing: readonly Field[], work: Work): void {
  if (work.rule.hasProtect) shield(existing, work)
  if (work.rule.dependent.size > 0) carryOutInOrder(work)
  else
    for (const group of work.groups.values())
      for (const reach of group?.reaches ?? []) apply(reach, group as Group, work, true)
}

/** `protect` speaks of the existing record as it is before any action. */
function shield(existing: readonly Field[], work: Work): void {
  for (const group of work.groups.values()) {
    for (const reach of group?.reaches ?? []) {
      if (reach.action.verb !== 'protect') continue
      work.at = reach.at
      if (reach.ofRecord !== null && !hasSome(existing, reach.ofRecord, work.budget)) continue
      for (const slot of takeable(reach, group as Group, work)) if (slot.shield === -1) slot.shield = reach.at
    }
  }
}

/** All tags go through the actions side by side: one asks about fields that another before it may have changed. */
function carryOutInOrder(work: Work): void {
  const { rule, groups, budget } = work
  rule.actions.forEach((_, at) => {
    work.at = at
    spend(budget, groups.size)
    const isMet = !rule.dependent.has(at) || hasSome(fieldsNow(work), rule.asks[at] as Asks, budget)
    for (const group of groups.values()) {
      const reach = group?.reaches[group.done]
      if (!group || reach?.at !== at) continue
      group.done++
      apply(reach, group, work, isMet)
    }
  })
}

const fieldsNow = ({ slots, groups }: Work): Field[] =>
  [...slots, ...[...groups.values()].flatMap((group) => group?.added ?? [])]
    .filter(({ alive }) => alive)
    .map(({ field }) => field)

/** `isMet`: whether the existing record meets what the action asks of another of its fields. */
function apply(reach: Reach, group: Group, work: Work, isMet: boolean): void {
  const { verb } = reach.action
  work.at = reach.at
  if ((verb === 'remove' || verb === 'replace') && (reach.ofRecord === null || isMet))
    removeMeant(reach, group, work)
  if ((verb === 'add' || verb === 'replace') && mayBring(reach, work)) addMeant(reach, group, work)
}

function mayBring({ at, ofRecord }: Reach, { incoming, budget, brings }: Work): boolean {
  if (ofRecord === null) return true
  const known = brings.get(at) ?? hasSome(incoming, ofRecord, budget)
  brings.set(at, known)
  return known
}

/** The slots that are there and that an action means to take, protection aside. */
function takeable(reach: Reach, group: Group, work: Work): Slot[] {
  const { only } = reach.action
  if (only === 'if-existing-lacks') return []
  const matched = only === 'if-incoming-has' ? targetsBrought(reach, group, work) : null
  spend(work.budget, group.existing.length + group.added.length)
  const found: Slot[] = []
  const look = (slot: Slot) => {
    const target = slot.alive ? targetOf(reach, slot.field, work.budget) : -1
    if (target === -1) return
    if (matched === null || matched[target] === true) found.push(slot)
    else if (slot.existing !== -1) work.notes?.unmatched.set(slot.existing, reach.at)
  }
  group.existing.forEach(look)
  group.added.forEach(look)
  return found
}

/** By target: whether the incoming record has a field for it that may come. */
function targetsBrought(reach: Reach, group: Group, work: Work): boolean[] {
  const found: boolean[] = []
  if (!mayBring(reach, work)) return found
  for (const place of group.incoming) {
    const field = work.incoming[place] as Field
    const target = targetOf(reach, field, work.budget)
    if (target !== -1 && found[target] !== true && !isLocal(reach, field, work)) found[target] = true
  }
  return found
}

/** By target: whether there is such a field already. */
function targetsPresent(reach: Reach, { existing, added }: Group, { budget }: Work): boolean[] {
  const found: boolean[] = []
  for (const slots of [existing, added])
    for (const slot of slots) {
      const target = slot.alive ? targetOf(reach, slot.field, budget) : -1
      if (target !== -1) found[target] = true
    }
  return found
}

/** Steps to find out whether a field is protected. */
const stepsToProtect = 10

function isLocal(reach: Reach, field: Field, { protect, budget }: Work): boolean {
  spend(budget, stepsToProtect)
  const protection = localProtection(field, protect)
  return protection !== null && isKeptOut(reach, field, protection)
}

function removeMeant(reach: Reach, group: Group, work: Work): void {
  for (const slot of takeable(reach, group, work)) {
    if (slot.existing !== -1 && (slot.shield !== -1 || isProtectedFrom(reach, slot.field, work)))
      slot.held = true
    else {
      slot.alive = false
      slot.removed = reach.at
      if (slot.existing === -1) work.notes?.removed.set(slot.incoming, reach.at)
    }
  }
}

function isProtectedFrom(reach: Reach, field: Field, { protect, budget }: Work): boolean {
  spend(budget, stepsToProtect)
  const protection = protectionOf(field, protect)
  return protection !== null && isKeptFrom(reach, field, protection)
}

function addMeant(reach: Reach, group: Group, work: Work): void {
  const { incoming, taken, notes, budget } = work
  const present = reach.action.only === 'if-existing-lacks' ? targetsPresent(reach, group, work) : null
  spend(budget, group.incoming.length)
  for (const place of group.incoming) {
    const field = incoming[place] as Field
    const target = targetOf(reach, field, budget)
    if (target === -1) continue
    if (present !== null && present[target] === true) {
      notes?.present.set(place, reach.at)
      continue
    }
    const slot = taken[place] ?? pair(group, field)
    if (slot) {
      taken[place] = slot
      slot.incoming = place
      if (slot.alive) continue
      slot.alive = true
      if (slot.existing === -1) slot.added = reach.at
    } else if (isLocal(reach, field, work)) {
      notes?.local.set(place, reach.at)
    } else {
      const added = newSlot(field, -1, place, reach.at)
      taken[place] = added
      group.added.push(added)
    }
  }
}

/** Beyond this many comparisons fields are paired by their content as a key. */
const mostCompared = 400

/** The existing field that is equal to an incoming one, each paired once: what comes back is what was there. */
function pair(group: Group, field: Field): Slot | undefined {
  const { existing, incoming } = group
  group.spare ??=
    existing.length * incoming.length > mostCompared
      ? Map.groupBy(existing, (slot) => contentWithoutOccurrence(slot.field))
      : [...existing]
  if (group.spare instanceof Map) return group.spare.get(contentWithoutOccurrence(field))?.shift()
  const at = group.spare.findIndex((slot) => isSameField(slot.field, field))
  return at === -1 ? undefined : group.spare.splice(at, 1)[0]
}
