import type { MarcRecord } from '../../marc/record.ts'
import { fixedPositions } from './fixed-positions.ts'
import { marc21 } from './format.ts'
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

const positionName = (tag: string, at: number, value: string, leader: string): string | null =>
  fixedPositions(tag, value, leader).find((position) => position.at === at)?.name ?? null
