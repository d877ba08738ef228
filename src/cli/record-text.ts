import type { MarcRecord } from '../marc/record.ts'
import { formatField } from '../rules/field-text.ts'

/** A record as lines: the leader, then a field each, as `245 10 $a Emma / $c Jane Austen.` */
export const recordLines = ({ leader, fields }: MarcRecord): string[] => [
  `LDR ${leader}`,
  ...fields.map(formatField),
]
