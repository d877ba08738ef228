import type { DataField, MarcRecord } from '../../marc/record.ts'
import { controlValue } from '../../marc/record.ts'

/** The year that a record is of: 008/07-10 (date 1), else the first of 264 $c or 260 $c. Nothing where neither has one. */
export function yearOf(record: MarcRecord): number | null {
  const coded = controlValue(record, '008')?.slice(7, 11) ?? ''
  if (/^[12]\d{3}$/.test(coded)) return Number(coded)
  return imprintYears(record)[0] ?? null
}

/** Years in 264 $c and 260 $c, in the order of the record. */
export function imprintYears({ fields }: MarcRecord): number[] {
  const years: number[] = []
  for (const field of fields) {
    if ((field.tag !== '264' && field.tag !== '260') || !('subfields' in field)) continue
    for (const { code, value } of (field satisfies DataField).subfields) {
      if (code !== 'c') continue
      for (const [year] of value.matchAll(/[12]\d{3}/g)) years.push(Number(year))
    }
  }
  return years
}
