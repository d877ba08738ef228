import type { Zone } from '../../catalog/zone.ts'
import { callNumberTable, callNumberUpdate } from '../../inventory/call-number-table.ts'
import type { CallNumberRow } from '../../rules/holdings/call-number-mapping.ts'
import type { CallNumberTable } from '../../rules/holdings/call-number-shape.ts'

/** The table of a zone as a file has it: with the rows of the shipped one where that is meant. */
export const tableOf = (zone: Zone): CallNumberTable => ({
  rows: callNumberTable(zone),
  update: callNumberUpdate(zone),
})

/** `0  050 $a $b  852 $h $i` */
export const rowCells = ({ scheme, source, field, ind1, subfields }: CallNumberRow): string[] => [
  source === undefined ? scheme : `${scheme} ${source}`,
  `${field}${ind1 === undefined ? '' : ` ${ind1 === ' ' ? '#' : ind1}`} ${subfields.map(({ from }) => `$${from}`).join(' ')}`,
  `852 ${subfields.map(({ to }) => `$${to}`).join(' ')}`,
]
