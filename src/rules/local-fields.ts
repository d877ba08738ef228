import { packField } from '../marc/packed.ts'
import type { Field, MarcRecord } from '../marc/record.ts'
import { isIdentityTag, sameLeader } from './content.ts'
import { localProtection, type ProtectSettings } from './merge/protect.ts'

/** A linked bib as a person has written it, taken apart. */
export type SplitRecord = {
  /** Fields of the institution alone. */
  readonly local: readonly Field[]
  /**
   * What differs in the fields that are shared: tags of fields that were changed, added or left out, `LDR` for
   * the leader, each once. Nothing where no shared field was sent at all: the local fields stand alone then.
   */
  readonly changed: readonly string[]
}

/**
 * D14: of a linked bib an institution writes its local fields alone. Local is what has `$9 LOCAL`, what was
 * local before, and what the zone's list of protected fields calls so; the rest is held against the record
 * that the bib is linked to.
 */
export function splitLocal(
  written: MarcRecord,
  shared: MarcRecord,
  before: readonly Field[],
  protect: ProtectSettings,
): SplitRecord {
  const left = counted(shared.fields)
  const wereLocal = counted(before)
  const local: Field[] = []
  const changed = new Set<string>()
  let isShared = false
  for (const field of written.fields) {
    if (isIdentityTag(field.tag)) continue
    const text = packField(field)
    if (take(left, text)) isShared = true
    else if (isMarkedLocal(field) || take(wereLocal, text) || localProtection(field, protect) !== null)
      local.push(field)
    else {
      isShared = true
      changed.add(field.tag)
    }
  }
  if (!isShared) return { local, changed: [] }
  for (const text of left.keys()) changed.add(text.slice(0, 3))
  if (!sameLeader(written.leader, shared.leader)) changed.add('LDR')
  return { local, changed: [...changed].toSorted() }
}

/** Alma's clients write the mark in small letters too. */
const isMarkedLocal = (field: Field): boolean =>
  'subfields' in field &&
  field.subfields.some(({ code, value }) => code === '9' && value.toUpperCase() === 'LOCAL')

function counted(fields: readonly Field[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const field of fields) {
    if (isIdentityTag(field.tag)) continue
    const text = packField(field)
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return counts
}

function take(counts: Map<string, number>, text: string): boolean {
  const count = counts.get(text) ?? 0
  if (count === 1) counts.delete(text)
  else if (count > 1) counts.set(text, count - 1)
  return count > 0
}
