import type { Field, MarcRecord } from '../../marc/record.ts'
import { isIdentityTag } from '../content.ts'
import { effectiveTag } from '../effective-tag.ts'
import { isOutright, someValue, tagMatches } from '../field-pattern.ts'
import { contentWithoutOccurrence, renumberLinks } from './linkage.ts'
import { type Slot, arrange } from './merge-order.ts'
import { type FieldTarget, type MergeAction, type MergeRule, mergeRule } from './merge-rule.ts'
import { type ProtectSettings, type Protection, localProtection, protectionOf } from './protect.ts'

/** What became of one field. Positions are among the fields of the existing, incoming and resulting record. */
export type MergeDecision = {
  readonly decision: 'kept' | 'added' | 'removed' | 'replaced'
  readonly existing: number | null
  readonly incoming: number | null
  readonly result: number | null
  /** Which action of the rule did it, from 0; nothing where no action meant the field. */
  readonly action: number | null
  /** An action meant to remove it, and it is protected. */
  readonly protected: boolean
}

export type Merged = { readonly record: MarcRecord; readonly decisions: readonly MergeDecision[] }

/** One side of the merge, with what is asked of its fields again and again. */
type Side = {
  readonly fields: readonly Field[]
  readonly tags: readonly string[]
  readonly protection: readonly (Protection | null)[]
}

/** The merge while it is carried out. */
type Work = {
  readonly existing: Side
  readonly incoming: Side
  readonly slots: Slot[]
  /** Slot of each incoming field that has one. */
  readonly taken: (Slot | undefined)[]
  /** Existing slots by content that no incoming field has been paired with yet; made when first asked for. */
  spare: Map<string, Slot[]> | null
}

/** D15: merges the incoming record into the existing one by a rule. Pure; the existing record itself where nothing changes. */
export function merge(
  existing: MarcRecord,
  incoming: MarcRecord,
  rule: MergeRule,
  protect: ProtectSettings,
): Merged {
  const work = begin(existing, incoming, protect)
  let leader = existing.leader
  for (let at = 0; at < rule.actions.length; at++) {
    const action = rule.actions[at] as MergeAction
    if (action.target.tag === 'LDR') {
      if (action.verb === 'replace') leader = incoming.leader
    } else applyAction(action, at, work)
  }
  const left = arrange(work.slots, work.taken)
  const fields = renumberLinks(left, incoming.fields)
  const same =
    fields.length === existing.fields.length && fields.every((field, at) => field === existing.fields[at])
  const record = same
    ? leader === existing.leader
      ? existing
      : { leader, fields: existing.fields }
    : { leader, fields }
  return { record, decisions: decide(work, left) }
}

/** The incoming record in the existing one's place: everything but protected fields and the bib's own number. */
export function overlay(existing: MarcRecord, incoming: MarcRecord, protect: ProtectSettings): MarcRecord {
  return merge(existing, incoming, mergeRule('overlay-all-but-local'), protect).record
}

function begin(existing: MarcRecord, incoming: MarcRecord, protect: ProtectSettings): Work {
  return {
    existing: sideOf(existing.fields, (field) => protectionOf(field, protect)),
    incoming: sideOf(incoming.fields, (field) => localProtection(field, protect)),
    slots: existing.fields.map((field, at) => ({
      field,
      existing: at,
      incoming: -1,
      alive: true,
      action: -1,
      held: false,
    })),
    taken: new Array<Slot | undefined>(incoming.fields.length).fill(undefined),
    spare: null,
  }
}

const sideOf = (fields: readonly Field[], protection: (field: Field) => Protection | null): Side => ({
  fields,
  tags: fields.map(effectiveTag),
  protection: fields.map(protection),
})

function applyAction(action: MergeAction, at: number, work: Work): void {
  const { verb, only } = action
  if (
    only === 'if-incoming-has' &&
    !work.incoming.fields.some((_, place) => isMeant(action, work.incoming, place, work.incoming))
  )
    return
  if (verb !== 'add') removeMeant(action, at, work)
  if (verb !== 'remove') addMeant(action, at, work)
}

/** Whether an action speaks of a field, protection aside. `record` is the side whose other fields a condition may ask about. */
function isMeant(action: MergeAction, side: Side, place: number, record: Side): boolean {
  const tag = side.tags[place] as string
  const field = side.fields[place] as Field
  if (isIdentityTag(tag) || !isTarget(action.target, tag, field)) return false
  if (action.excluding?.some((target) => isTarget(target, tag, field))) return false
  if (action.subfield) {
    const { code, is } = action.subfield
    const present = 'subfields' in field && field.subfields.some((subfield) => subfield.code === code)
    if (present !== (is === 'present')) return false
  }
  return !action.when || meetsWhen(action.when, tag, field, record)
}

function isTarget(target: FieldTarget, tag: string, field: Field): boolean {
  if (!tagMatches(target.tag, tag) && target.tag !== field.tag) return false
  if (target.ind1 === undefined && target.ind2 === undefined) return true
  return (
    'subfields' in field &&
    (target.ind1 ?? field.ind1) === field.ind1 &&
    (target.ind2 ?? field.ind2) === field.ind2
  )
}

function meetsWhen(
  { tag: asked, subfield, contains }: NonNullable<MergeAction['when']>,
  tag: string,
  field: Field,
  record: Side,
): boolean {
  const test = (value: string) => value.includes(contains)
  if (asked === undefined || tagMatches(asked, tag)) return someValue(field, subfield, test)
  return record.fields.some(
    (other, place) => tagMatches(asked, record.tags[place] as string) && someValue(other, subfield, test),
  )
}

/** Naming a tag outright reaches what its tag alone protects; a field marked as someone's own, and another system's number, stay. */
const isOutOfReach = (protection: Protection | null, action: MergeAction): boolean =>
  protection !== null && !(protection === 'tag' && isOutright(action.target.tag))

function removeMeant(action: MergeAction, at: number, { existing, incoming, slots }: Work): void {
  for (const slot of slots) {
    if (!slot.alive) continue
    const isExisting = slot.existing !== -1
    const side = isExisting ? existing : incoming
    const place = isExisting ? slot.existing : slot.incoming
    if (!isMeant(action, side, place, existing)) continue
    if (isExisting && isOutOfReach(existing.protection[place] as Protection | null, action)) {
      slot.held = true
      continue
    }
    slot.alive = false
    slot.action = at
  }
}

function addMeant(action: MergeAction, at: number, work: Work): void {
  const { incoming, taken, slots } = work
  const has = action.only === 'if-existing-lacks' ? tagsOf(work) : null
  for (let place = 0; place < incoming.fields.length; place++) {
    if (!isMeant(action, incoming, place, incoming)) continue
    if (has?.has(incoming.tags[place] as string)) continue
    const slot = taken[place] ?? pair(work, place)
    if (slot) {
      taken[place] = slot
      slot.incoming = place
      if (slot.alive) continue
      slot.alive = true
      slot.action = slot.existing === -1 ? at : -1
      continue
    }
    if (isOutOfReach(incoming.protection[place] as Protection | null, action)) continue
    const added: Slot = {
      field: incoming.fields[place] as Field,
      existing: -1,
      incoming: place,
      alive: true,
      action: at,
      held: false,
    }
    taken[place] = added
    slots.push(added)
  }
}

function tagsOf({ slots, existing, incoming }: Work): Set<string> {
  const tags = new Set<string>()
  for (const slot of slots)
    if (slot.alive)
      tags.add((slot.existing === -1 ? incoming.tags[slot.incoming] : existing.tags[slot.existing]) as string)
  return tags
}

/** The existing field that is equal to an incoming one, each paired once: what comes back is what was there. */
function pair(work: Work, place: number): Slot | undefined {
  if (!work.spare) {
    work.spare = new Map()
    for (const slot of work.slots) {
      if (slot.existing === -1) continue
      const content = contentWithoutOccurrence(slot.field)
      const equal = work.spare.get(content)
      if (equal) equal.push(slot)
      else work.spare.set(content, [slot])
    }
  }
  return work.spare.get(contentWithoutOccurrence(work.incoming.fields[place] as Field))?.shift()
}

/** Result fields in order, then what was removed; a removed and an added field of one tag are one replacement. */
function decide({ slots, existing, incoming }: Work, left: readonly Slot[]): MergeDecision[] {
  const gone = new Map<string, Slot[]>()
  for (const slot of slots) {
    if (slot.alive || slot.existing === -1) continue
    const tag = existing.tags[slot.existing] as string
    const others = gone.get(tag)
    if (others) others.push(slot)
    else gone.set(tag, [slot])
  }
  const decisions: MergeDecision[] = left.map((slot, result) => {
    const incomingPlace = slot.incoming === -1 ? null : slot.incoming
    if (slot.existing !== -1) {
      return {
        decision: 'kept',
        existing: slot.existing,
        incoming: incomingPlace,
        result,
        action: null,
        protected: slot.held,
      }
    }
    const before = gone.get(incoming.tags[slot.incoming] as string)?.shift()
    const existingPlace = before ? before.existing : null
    return {
      decision: before ? 'replaced' : 'added',
      existing: existingPlace,
      incoming: incomingPlace,
      result,
      action: slot.action,
      protected: false,
    }
  })
  for (const removed of gone.values()) {
    for (const { existing: place, action } of removed) {
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
