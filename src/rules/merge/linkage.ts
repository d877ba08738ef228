import { packField } from '../../marc/packed.ts'
import type { DataField, Field } from '../../marc/record.ts'
import type { Slot } from './merge-order.ts'

/*
 * Fields in two scripts are tied by the occurrence number in `$6` (`880-01` and `245-01`), which means
 * something within one record only. 00 ties to nothing.
 */
const link = /^([0-9]{3})-([0-9]{2,})/

/** A field's content with the occurrence number left out: the same field in two records, however they count. */
export function contentWithoutOccurrence(field: Field): string {
  const content = packField(field)
  return content.includes('\x1f6') ? content.replace(/\x1f6([0-9]{3})-[0-9]{2,}/, '\x1f6$1') : content
}

/**
 * The fields of a merged record with their `$6` counted as one: an incoming field follows a partner
 * that is in both records to its number here, and a pair whose number is taken gets the next free one.
 */
export function renumberLinks(slots: readonly Slot[], incoming: readonly Field[]): Field[] {
  const fields = slots.map(({ field }) => field)
  const used = new Set<string>()
  const numbers = new Map<string, string>()
  let added = false
  for (const slot of slots) {
    const occurrence = occurrenceOf(slot.field)
    if (occurrence === null) continue
    if (slot.existing === -1) {
      added = true
      continue
    }
    used.add(occurrence)
    const there = slot.incoming === -1 ? null : occurrenceOf(incoming[slot.incoming] as Field)
    if (there !== null && !numbers.has(there)) numbers.set(there, occurrence)
  }
  if (!added || used.size === 0) return fields
  return slots.map(({ field, existing }) => {
    const occurrence = existing === -1 ? occurrenceOf(field) : null
    if (occurrence === null) return field
    let number = numbers.get(occurrence)
    if (number === undefined) {
      number = used.has(occurrence) ? nextFree(used) : occurrence
      numbers.set(occurrence, number)
      used.add(number)
    }
    return number === occurrence ? field : withOccurrence(field as DataField, number)
  })
}

function nextFree(used: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const occurrence = String(number).padStart(2, '0')
    if (!used.has(occurrence)) return occurrence
  }
}

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
  const at = field.subfields.findIndex(({ code }) => code === '6')
  const subfields = field.subfields.map((subfield, place) =>
    place === at ? { code: '6', value: subfield.value.replace(link, `$1-${occurrence}`) } : subfield,
  )
  return { ...field, subfields }
}
