import type { MarcRecord } from '../../marc/record.ts'
import { materialOf } from './fixed-fields.ts'
import { type FixedFormat, marc21 } from './format.ts'
import type { Problem } from './problem.ts'

/** What MARC 21 calls the field, subfield or position that a finding is about; nothing where it has no name for it. */
export function elementName({ field, at }: Problem, record: MarcRecord): string | null {
  if (field === null) return null
  const [tag = '', position] = field.split('/')
  if (position !== undefined) {
    const value = at === null ? record.leader : valueAt(record, at)
    return positionName(tag, Number(position.slice(0, 2)), value, record.leader)
  }
  const format = marc21().fields.get(field.slice(0, 3))
  if (format === undefined) return null
  const [, which, code] = /^ (?:ind([12])|\$(.))$/.exec(field.slice(3)) ?? []
  if (which !== undefined) return `${format.name}: ${format.indicators[which === '1' ? 0 : 1].name}`
  return code === undefined ? format.name : (format.subfields.get(code)?.name ?? format.name)
}

function valueAt(record: MarcRecord, at: number): string {
  const field = record.fields[at]
  return field === undefined || 'subfields' in field ? '' : field.value
}

function positionName(tag: string, at: number, value: string, leader: string): string | null {
  const { fixedFields } = marc21()
  const holds = (format: FixedFormat): boolean => {
    if (format.tag === '007')
      return tag === '007' && format.positions[0]?.codes?.has(value.charAt(0)) === true
    if (format.tag === 'LDR') return tag === 'LDR'
    if (tag === '006') return format.forms.has(value.charAt(0))
    return tag === '008' && (format.forms.size === 0 || format.name === materialOf(leader))
  }
  const from = tag === '006' && at > 0 ? at + 17 : at
  for (const { positions } of fixedFields.filter(holds)) {
    const position = positions.find((each) => !each.obsolete && each.at === from)
    if (position !== undefined) return position.name
  }
  return null
}
