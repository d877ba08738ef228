/**
 * A MARC 21 record as data. Values are Unicode text with no control characters of ISO 2709
 * (U+001D to U+001F), no U+0000 and no lone surrogates: the readers see to that, and say so.
 */
export type MarcRecord = {
  /** 24 characters; positions 0-4 and 12-16 (lengths) are meaningless here and stay as they came. */
  readonly leader: string
  readonly fields: readonly Field[]
}

export type Field = ControlField | DataField

/** A field whose tag starts with `00`. */
export type ControlField = { readonly tag: string; readonly value: string }

/** Every other field, alphabetic tags included. Indicators are one character each, blank as U+0020. */
export type DataField = {
  readonly tag: string
  readonly ind1: string
  readonly ind2: string
  readonly subfields: readonly Subfield[]
}

export type Subfield = { readonly code: string; readonly value: string }

export const isControlTag = (tag: string): boolean => tag.charCodeAt(0) === 48 && tag.charCodeAt(1) === 48

export const isControlField = (field: Field): field is ControlField => !('subfields' in field)

export const isDataField = (field: Field): field is DataField => 'subfields' in field

/** The first control field of a tag, or nothing. */
export function controlValue(record: MarcRecord, tag: string): string | undefined {
  for (const field of record.fields) if (field.tag === tag && !('subfields' in field)) return field.value
  return undefined
}

/** All data fields of a tag, in order. */
export function dataFields(record: MarcRecord, tag: string): DataField[] {
  const found: DataField[] = []
  for (const field of record.fields) if (field.tag === tag && 'subfields' in field) found.push(field)
  return found
}

/** The first subfield of a code in a field, or nothing. */
export function subfieldValue(field: DataField, code: string): string | undefined {
  for (const subfield of field.subfields) if (subfield.code === code) return subfield.value
  return undefined
}
