import type { DataField, Field } from '../marc/record.ts'

/**
 * The tag that a field counts as: its own, or for an 880 that of the field whose other script it is,
 * which `$6` names (`245-01/$1`). An 880 without a readable `$6` counts as an 880.
 */
export function effectiveTag(field: Field): string {
  return field.tag === '880' && 'subfields' in field ? partnerTag(field) : field.tag
}

function partnerTag(field: DataField): string {
  for (const { code, value } of field.subfields) {
    if (code === '6') return /^[0-9]{3}-/.test(value) && !value.startsWith('00') ? value.slice(0, 3) : '880'
  }
  return '880'
}
