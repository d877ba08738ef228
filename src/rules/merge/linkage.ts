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

/** Whether two fields are the same by `contentWithoutOccurrence`, which is not made for it. */
export function isSameField(a: Field, b: Field): boolean {
  if (a.tag !== b.tag) return false
  if (!('subfields' in a) || !('subfields' in b)) return 'value' in a && 'value' in b && a.value === b.value
  if (a.ind1 !== b.ind1 || a.ind2 !== b.ind2 || a.subfields.length !== b.subfields.length) return false
  for (let at = 0; at < a.subfields.length; at++) {
    const one = a.subfields[at] as DataField['subfields'][number]
    const other = b.subfields[at] as DataField['subfields'][number]
    if (one.code !== other.code) return false
    if (one.value === other.value) continue
    return one.code === '6' && contentWithoutOccurrence(a) === contentWithoutOccurrence(b)
  }
  return true
}

/**
 * The fields of a merged record with their `$6` counted as one: an incoming field follows a partner
 * that is in both records to its number here, and a pair whose number is taken gets the next free one.
 */
export function renumberLinks(slots: readonly Slot[], incoming: readonly Field[]): Field[] {
  const fields = slots.map(({ field }) => field)
  if (!slots.some(({ existing, field }) => existing === -1 && occurrenceOf(field) !== null)) return fields
  const used = new Set<string>()
  const numbers = new Map<string, string>()
  for (const slot of slots) {
    if (slot.existing === -1) continue
    const occurrence = occurrenceOf(slot.field)
    if (occurrence === null) continue
    used.add(occurrence)
    const there = slot.incoming === -1 ? null : occurrenceOf(incoming[slot.incoming] as Field)
    if (there !== null && !numbers.has(there)) numbers.set(there, occurrence)
  }
  if (used.size === 0) return fields
  // What is used only grows, so the next free number is never below the last.
  let free = 1
  const nextFree = () => {
    while (used.has(twoDigits(free))) free++
    return twoDigits(free)
  }
  return slots.map(({ field, existing }) => {
    const occurrence = existing === -1 ? occurrenceOf(field) : null
    if (occurrence === null) return field
    let number = numbers.get(occurrence)
    if (number === undefined) {
      number = used.has(occurrence) ? nextFree() : occurrence
      numbers.set(occurrence, number)
      used.add(number)
    }
    return number === occurrence ? field : withOccurrence(field as DataField, number)
  })
}

const twoDigits = (number: number): string => String(number).padStart(2, '0')

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
