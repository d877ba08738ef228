import {
  controlValue,
  type DataField,
  type Field,
  type MarcRecord,
  type Subfield,
} from '../../marc/record.ts'
import { formatField } from '../field-text.ts'
import { isOclcControlNumber, isOclcSystemNumber, oclcNumber } from '../match/identifiers.ts'
import type { FieldChange } from './field-change.ts'
import { insert } from './place-fields.ts'

/** D10: a 001 that is OCLC's, by its own form or by 003, becomes 035 `$a`; 001, and a 003 of OCLC's, go. */
export function oclc001To035(record: MarcRecord, changes: FieldChange[]): MarcRecord {
  const control = controlValue(record, '001')
  if (control === undefined) return record
  const isOclcs =
    isOclcControlNumber(control) || controlValue(record, '003')?.trim().toLowerCase() === 'ocolc'
  const number = isOclcs ? oclcNumber(control) : null
  if (number === null) return record
  const known = record.fields.some(
    (field) => field.tag === '035' && 'subfields' in field && hasOclcNumber(field, number, 'a'),
  )
  const fields = record.fields.filter(
    (field) =>
      field.tag !== '001' &&
      !(field.tag === '003' && 'value' in field && field.value.trim().toLowerCase() === 'ocolc'),
  )
  if (!known) insert(fields, oclcField('a', number))
  changes.push({
    step: 'oclc-001-to-035',
    tag: '035',
    field: `001 ${control.trim()} = 035 ## $a (OCoLC)${number}`,
  })
  return { ...record, fields }
}

const hasOclcNumber = (field: DataField, number: string, codes: string): boolean =>
  field.subfields.some(
    ({ code, value }) => codes.includes(code) && isOclcSystemNumber(value) && oclcNumber(value) === number,
  )

const oclcField = (code: string, number: string): DataField => ({
  tag: '035',
  ind1: ' ',
  ind2: ' ',
  subfields: [{ code, value: `(OCoLC)${number}` }],
})

/** Numbers that OCLC has merged into this record (019 `$a`) join the 035 of its own number as `$z`. */
export function copy019To035z(record: MarcRecord, changes: FieldChange[]): MarcRecord {
  const cancelled: string[] = []
  for (const field of record.fields) {
    if (field.tag !== '019' || !('subfields' in field)) continue
    for (const { code, value } of field.subfields) {
      const number = code === 'a' ? oclcNumber(value) : null
      if (number !== null && !cancelled.includes(number)) cancelled.push(number)
    }
  }
  if (cancelled.length === 0) return record
  const is035 = (field: Field): field is DataField => field.tag === '035' && 'subfields' in field
  const fresh = cancelled.filter(
    (number) => !record.fields.some((field) => is035(field) && hasOclcNumber(field, number, 'az')),
  )
  if (fresh.length === 0) return record
  const added = fresh.map((number): Subfield => ({ code: 'z', value: `(OCoLC)${number}` }))
  const own = record.fields.findIndex(
    (field) =>
      is035(field) && field.subfields.some(({ code, value }) => code === 'a' && isOclcSystemNumber(value)),
  )
  const fields = [...record.fields]
  const host = fields[own]
  const changed: DataField =
    host && is035(host)
      ? { ...host, subfields: [...host.subfields, ...added] }
      : { tag: '035', ind1: ' ', ind2: ' ', subfields: added }
  if (own === -1) insert(fields, changed)
  else fields[own] = changed
  changes.push({ step: 'copy-019-to-035z', tag: '035', field: formatField(changed) })
  return { ...record, fields }
}

/** Every OCLC number in 035 `$a` and `$z` is written `(OCoLC)` and digits; what that makes the same is kept once. */
export function oclc035Canonical(record: MarcRecord, changes: FieldChange[]): MarcRecord {
  const seen = new Set<string>()
  let fields: Field[] | null = null
  for (let at = 0; at < record.fields.length; at++) {
    const field = record.fields[at] as Field
    const canonical = field.tag === '035' && 'subfields' in field ? canonical035(field, seen) : field
    if (canonical !== field) fields ??= record.fields.slice(0, at)
    if (canonical !== null) fields?.push(canonical)
    if (canonical !== field) {
      changes.push({
        step: 'oclc-035-canonical',
        tag: '035',
        field: canonical ? formatField(canonical) : `- ${formatField(field)}`,
      })
    }
  }
  return fields === null ? record : { ...record, fields }
}

/** The field itself where it is canonical, nothing where all of it was seen before. */
function canonical035(field: DataField, seen: Set<string>): DataField | null {
  let changed = false
  const subfields: Subfield[] = []
  for (const subfield of field.subfields) {
    const { code, value } = subfield
    const number = (code === 'a' || code === 'z') && isOclcSystemNumber(value) ? oclcNumber(value) : null
    if (number === null) {
      subfields.push(subfield)
      continue
    }
    const id = code + number
    const canonical = `(OCoLC)${number}`
    if (seen.has(id)) changed = true
    else if (canonical === value) subfields.push(subfield)
    else {
      subfields.push({ code, value: canonical })
      changed = true
    }
    seen.add(id)
  }
  if (!changed) return field
  return subfields.some(({ code }) => code !== '6' && code !== '8') ? { ...field, subfields } : null
}
