import type { Field } from '../../marc/record.ts'

/** A field on its way through the actions. */
export type Slot = {
  field: Field
  /** Its place in the existing record, -1 for one that comes from the incoming. */
  readonly existing: number
  /** Its place in the incoming record, or that of the equal field there; -1 without one. */
  incoming: number
  alive: boolean
  /** The action that brought it, if it came; -1 without one. */
  added: number
  /** The action that took it last, -1 without one. */
  removed: number
  /** An action meant to take it, and it is protected. */
  held: boolean
  /** The `protect` action that keeps it from all others, -1 without one. */
  shield: number
  /** What comes after it, while the order is made. */
  next: Slot | null
}

export const newSlot = (field: Field, existing: number, incoming: number, added: number): Slot => ({
  field,
  existing,
  incoming,
  alive: true,
  added,
  removed: -1,
  held: false,
  shield: -1,
  next: null,
})

/**
 * The fields of a merged record in the order a cataloguer expects: what stays keeps its order, and
 * an incoming field comes after the one it followed in its own record, else after the last of its
 * tag, else by tag. Where a hundred of tags (or one tag) came wholly from the incoming record, it
 * has the incoming order. Nothing is sorted within a tag: the first subject stays the first.
 *
 * `existing` are the slots of the existing record, `taken` those of the incoming fields that have one.
 */
export function arrange(existing: readonly Slot[], taken: readonly (Slot | undefined)[]): Slot[] {
  const head = newSlot({ tag: '', value: '' }, -1, -1, -1)
  let last = head
  for (const slot of existing) {
    if (!slot.alive) continue
    last.next = slot
    last = slot
  }
  last.next = null
  // By the first character of the tag: the incoming field that the next one follows.
  const previous: (Slot | undefined)[] = []
  for (const slot of taken) {
    if (!slot?.alive) continue
    const block = slot.field.tag.charCodeAt(0)
    if (slot.existing === -1) {
      const after = previous[block] ?? placeByTag(head, slot.field.tag)
      slot.next = after.next
      after.next = slot
    }
    previous[block] = slot
  }
  const arranged: Slot[] = []
  for (let slot = head.next; slot; slot = slot.next) arranged.push(slot)
  if (!isInIncomingOrder(arranged)) takeIncomingOrder(arranged)
  return arranged
}

/** The last slot of a tag, else the last one before the first of a greater tag. */
function placeByTag(head: Slot, tag: string): Slot {
  let same: Slot | null = null
  let before = head
  let passed = false
  for (let slot = head.next; slot; slot = slot.next) {
    if (slot.field.tag === tag) same = slot
    if (slot.field.tag > tag) passed = true
    else if (!passed) before = slot
  }
  return same ?? before
}

/** Whether, of each hundred of tags, the fields that have a place in the incoming record stand in that order. */
function isInIncomingOrder(arranged: readonly Slot[]): boolean {
  const last: (number | undefined)[] = []
  for (const { field, incoming } of arranged) {
    if (incoming === -1) continue
    const block = field.tag.charCodeAt(0)
    if (incoming < (last[block] ?? 0)) return false
    last[block] = incoming
  }
  return true
}

/** Fields that all have a place in the incoming record are put in that order, in the places they have. */
function takeIncomingOrder(arranged: Slot[]): void {
  for (const places of groups(arranged, (slot) => slot.field.tag.charAt(0))) {
    if (places.every((place) => (arranged[place] as Slot).incoming !== -1)) reorder(arranged, places)
    else
      for (const ofTag of groups(arranged, (slot) => slot.field.tag, places)) {
        if (ofTag.every((place) => (arranged[place] as Slot).incoming !== -1)) reorder(arranged, ofTag)
      }
  }
}

function groups(
  arranged: readonly Slot[],
  by: (slot: Slot) => string,
  among?: readonly number[],
): Iterable<number[]> {
  const found = new Map<string, number[]>()
  const places = among ?? arranged.keys()
  for (const place of places) {
    const key = by(arranged[place] as Slot)
    const others = found.get(key)
    if (others) others.push(place)
    else found.set(key, [place])
  }
  return found.values()
}

function reorder(arranged: Slot[], places: readonly number[]): void {
  const slots = places.map((place) => arranged[place] as Slot).sort((a, b) => a.incoming - b.incoming)
  places.forEach((place, at) => (arranged[place] = slots[at] as Slot))
}
