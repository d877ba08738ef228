import type { DataField, Field } from '../marc/record.ts'
import type { Slot } from './merge.ts'

/** `$6` as `tag-occurrence`; occurrence 00 links to nothing. */
const link = /^([0-9]{3})-([0-9]{2,})/

/**
 * The fields of a merged record with the `$6` of the two records kept apart: an incoming pair whose
 * occurrence number a kept pair has already gets the next free one. The fields themselves where there
 * is nothing to renumber.
 */
export function renumberLinks(slots: readonly Slot[]): Field[] {
  const fields = slots.map(({ field }) => field)
  const kept = new Set<string>()
  const brought = new Set<string>()
  for (const { field, incoming } of slots) {
    const occurrence = occurrenceOf(field)
    if (occurrence !== null) (incoming === -1 ? kept : brought).add(occurrence)
  }
  if (kept.size === 0 || brought.size === 0) return fields
  const renumbered = new Map<string, string>()
  let free = 1
  for (const occurrence of brought) {
    if (!kept.has(occurrence)) continue
    while (kept.has(numbered(free)) || brought.has(numbered(free))) free++
    renumbered.set(occurrence, numbered(free++))
  }
  if (renumbered.size === 0) return fields
  return slots.map(({ field, incoming }) => {
    const occurrence = incoming === -1 ? null : occurrenceOf(field)
    const instead = occurrence === null ? undefined : renumbered.get(occurrence)
    return instead === undefined ? field : withOccurrence(field as DataField, instead)
  })
}

const numbered = (occurrence: number): string => String(occurrence).padStart(2, '0')

function occurrenceOf(field: Field): string | null {
  if (!('subfields' in field)) return null
  for (const { code, value } of field.subfields) {
    if (code !== '6') continue
    const occurrence = link.exec(value)?.[2] ?? '00'
    return Number(occurrence) === 0 ? null : occurrence
  }
  return null
}

function withOccurrence(field: DataField, occurrence: string): DataField {
  let done = false
  const subfields = field.subfields.map((subfield) => {
    if (done || subfield.code !== '6') return subfield
    done = true
    return { code: '6', value: subfield.value.replace(link, `$1-${occurrence}`) }
  })
  return { ...field, subfields }
}
