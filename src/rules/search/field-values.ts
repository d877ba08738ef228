import type { DataField, MarcRecord } from '../../marc/record.ts'
import { effectiveTag } from '../effective-tag.ts'
import { controlFieldsWithWords, placeOf, placesOf } from '../word-places.ts'

/** Texts of a record for an index: one a field, an 880 as its partner. */
export type Values = (record: MarcRecord) => string[]

/** A tag, or one with X for any digit; then the subfields, or none for all that are letters; then what else must hold. */
type FieldSpec = {
  readonly tag: RegExp
  readonly codes: string
  readonly ind2: string | null
}

/**
 * Texts of the fields of a list: `100:abcd 6XX/0:ax 505` is subfields a to d of 100, a and x of every 6XX
 * with second indicator 0, and all of 505 that stand under letters. 009 is that control field.
 */
export function valuesOf(list: string): Values {
  const specs = list.split(' ').map(parseSpec)
  const controls = new Set(list.split(' ').filter((tag) => tag.startsWith('00')))
  return (record) => {
    const found: string[] = []
    for (const field of record.fields) {
      if (!('subfields' in field)) {
        if (controls.has(field.tag) && field.value !== '') found.push(field.value)
        continue
      }
      const tag = effectiveTag(field)
      const spec = specs.find((each) => each.tag.test(tag) && (each.ind2 ?? field.ind2) === field.ind2)
      if (spec)
        addText(found, field, (code) => (spec.codes === '' ? /[a-z]/.test(code) : spec.codes.includes(code)))
    }
    return found
  }
}

/** Texts of the subfields whose words stand in a place of the search row. */
export function valuesAt(place: number): Values {
  return (record) => {
    const found: string[] = []
    for (const field of record.fields) {
      if (!('subfields' in field)) continue
      const tag = effectiveTag(field)
      const places = placesOf(tag)
      if (places !== -1) addText(found, field, (code) => placeOf(places, tag, code) === place)
    }
    return found
  }
}

/** Texts of all fields that have a place in the search row. */
export const searchedValues: Values = (record) => {
  const found: string[] = []
  for (const field of record.fields) {
    if (!('subfields' in field)) {
      if (controlFieldsWithWords.has(field.tag)) found.push(field.value)
      continue
    }
    const tag = effectiveTag(field)
    const places = placesOf(tag)
    if (places !== -1) addText(found, field, (code) => placeOf(places, tag, code) !== 0)
  }
  return found
}

function parseSpec(text: string): FieldSpec {
  const [, tag = '', ind2, codes = ''] = /^([0-9X]{3})(?:\/(.))?(?::(.+))?$/.exec(text) ?? []
  return { tag: new RegExp(`^${tag.replaceAll('X', '[0-9]')}$`), codes, ind2: ind2 ?? null }
}

function addText(found: string[], field: DataField, isMeant: (code: string) => boolean): void {
  let text = ''
  for (const { code, value } of field.subfields) if (isMeant(code)) text += text === '' ? value : ` ${value}`
  if (text === '') return
  found.push(text)
  const skip = nonfiling(field)
  if (skip > 0 && skip < text.length) found.push(text.slice(skip))
}

/** A title is compared with and without its article. */
function nonfiling(field: DataField): number {
  const tag = effectiveTag(field)
  const digit = /^(?:130|630|730|740)$/.test(tag)
    ? field.ind1
    : /^(?:222|240|242|243|245|440|830)$/.test(tag)
      ? field.ind2
      : '0'
  return digit >= '1' && digit <= '9' ? Number(digit) : 0
}
