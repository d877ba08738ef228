import type { Field } from '../../marc/record.ts'

/** A field on its way through the actions. */
export type Slot = {
  field: Field
  /** Its place in the existing record, -1 for one that comes from the incoming. */
  readonly existing: number
  /** Its place in the incoming record, or that of the equal field there; -1 without one. */
  incoming: number
  alive: boolean
  action: number
  held: boolean
}

/** A slot in its place; a list, so that putting one in costs the same in a record of ten fields and of ten thousand. */
type Node = { readonly slot: Slot; next: Node | null }

/**
 * The fields of a merged record in the order a cataloguer expects: what stays keeps its order, and
 * an incoming field comes after the one it followed in its own record, else after the last of its
 * tag, else by tag. Where a hundred of tags (or one tag) came wholly from the incoming record, it
 * has the incoming order. Nothing is sorted within a tag: the first subject stays the first.
 */
export function arrange(slots: readonly Slot[], taken: readonly (Slot | undefined)[]): Slot[] {
  const head: Node = { slot: nowhere, next: null }
  const nodes = new Map<Slot, Node>()
  let last = head
  for (const slot of slots) {
    if (!slot.alive || slot.existing === -1) continue
    last = last.next = { slot, next: null }
    nodes.set(slot, last)
  }
  const previous = new Map<string, Node>()
  for (const slot of taken) {
    if (!slot?.alive) continue
    const block = slot.field.tag.charAt(0)
    let node = nodes.get(slot)
    if (!node) {
      const after = previous.get(block) ?? placeByTag(head, slot.field.tag)
      node = { slot, next: after.next }
      after.next = node
    }
    previous.set(block, node)
  }
  const arranged: Slot[] = []
  for (let node = head.next; node; node = node.next) arranged.push(node.slot)
  takeIncomingOrder(arranged)
  return arranged
}

const nowhere: Slot = {
  field: { tag: '', value: '' },
  existing: -1,
  incoming: -1,
  alive: false,
  action: -1,
  held: false,
}

/** The last node of a tag, else the last one before the first of a greater tag. */
function placeByTag(head: Node, tag: string): Node {
  let same: Node | null = null
  let before: Node = head
  let passed = false
  for (let node = head.next; node; node = node.next) {
    if (node.slot.field.tag === tag) same = node
    if (node.slot.field.tag > tag) passed = true
    else if (!passed) before = node
  }
  return same ?? before
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
  const sorted = places.every(
    (place, at) =>
      at === 0 || (arranged[places[at - 1] as number] as Slot).incoming < (arranged[place] as Slot).incoming,
  )
  if (sorted) return
  const slots = places.map((place) => arranged[place] as Slot).sort((a, b) => a.incoming - b.incoming)
  places.forEach((place, at) => (arranged[place] = slots[at] as Slot))
}
