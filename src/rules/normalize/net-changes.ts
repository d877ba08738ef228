import { packField } from '../../marc/packed.ts'
import type { Field, MarcRecord } from '../../marc/record.ts'
import { formatField } from '../field-text.ts'
import { shortened } from '../shortened.ts'
import type { FieldChange } from './field-change.ts'

/**
 * What the actions of a file do to a record, net: a field that is changed again is one change, by the last
 * action, and one that becomes what it was is none. Rules often put something in only to find it again.
 */
export type NetChanges = {
  readonly fields: Set<NetChange>
  /** By the field as it is now. */
  readonly now: Map<Field, NetChange>
  /** The last actions that changed the leader, or put fields into order, as `code:line`. */
  leader: string | null
  order: string | null
  /** The last action that did anything. */
  last: string
}

type NetChange = { readonly before: Field | null; after: Field | null; step: string }

export const noChanges = (): NetChanges => ({
  fields: new Set(),
  now: new Map(),
  leader: null,
  order: null,
  last: '',
})

/** Takes down that an action made `after` of `before`; nothing for a field that is new, or gone. */
export function noteNet(changes: NetChanges, before: Field | null, after: Field | null, step: string): void {
  changes.last = step
  let change = before === null ? undefined : changes.now.get(before)
  if (change && before !== null) {
    changes.now.delete(before)
    change.after = after
    change.step = step
  } else {
    change = { before, after, step }
    changes.fields.add(change)
  }
  if (after !== null) changes.now.set(after, change)
  else if (change.before === null) changes.fields.delete(change)
}

/** Changes of one file that are written down for one record, and the characters of each. */
const mostWritten = 20
const longest = 200

/** What became of the record, in words; nothing where it is what it was. */
export function writeChanges(changes: NetChanges, before: MarcRecord, after: MarcRecord): FieldChange[] {
  const all: (() => FieldChange)[] = []
  if (changes.leader !== null && before.leader !== after.leader) {
    const step = changes.leader
    all.push(() => ({ step, tag: 'LDR', field: `LDR ${after.leader}` }))
  }
  for (const change of changes.fields) {
    const field = change.after ?? change.before
    const isBack = change.before !== null && change.after !== null && isSame(change.before, change.after)
    if (field !== null && !isBack) all.push(() => written(change, field))
  }
  const moved = changes.order ?? (all.length === 0 ? changes.last : null)
  if (moved !== null && !isSameOrder(before.fields, after.fields))
    all.push(() => ({ step: moved, tag: '', field: 'fields in another order' }))
  const shown = all.length > mostWritten ? all.slice(0, mostWritten - 1) : all
  const words = shown.map((write) => write())
  const left = all.length - shown.length
  return left === 0 ? words : [...words, { step: changes.last, tag: '', field: `and ${left} more` }]
}

/** Whether a record is field for field what another is. */
export const isSameRecord = (a: MarcRecord, b: MarcRecord): boolean =>
  a.leader === b.leader &&
  a.fields.length === b.fields.length &&
  a.fields.every((field, at) => isSame(field, b.fields[at] as Field))

const isSame = (a: Field, b: Field): boolean => a === b || packField(a) === packField(b)

/** Whether the fields that are in both records are in the same order. */
function isSameOrder(before: readonly Field[], after: readonly Field[]): boolean {
  const left = new Set(after.map(packField))
  const stayed = before.map(packField).filter((field) => left.has(field))
  const were = new Set(stayed)
  const are = after.map(packField).filter((field) => were.has(field))
  return stayed.length === are.length && stayed.every((field, at) => field === are[at])
}

function written({ before, after, step }: NetChange, field: Field): FieldChange {
  const from =
    after === null ? '- ' : before === null ? '+ ' : before.tag === after.tag ? '' : `${before.tag} = `
  return { step, tag: field.tag, field: shortened(from + formatField(field), longest) }
}
