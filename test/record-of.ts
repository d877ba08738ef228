import type { MarcRecord } from '../src/marc/record.ts'
import { parseField } from '../src/rules/field-text.ts'

/** A leader of a full book record, and the same with other characters at some positions. */
export const bookLeader = '00000nam a2200000 a 4500'

/**
 * A record as a test writes it, a field a line: `245 10 $a Emma / $c Jane Austen.` A first line
 * that starts with `LDR ` is the leader; without one it is `bookLeader`.
 */
export function recordOf(...lines: readonly string[]): MarcRecord {
  const hasLeader = lines[0]?.startsWith('LDR ') ?? false
  const fields = lines.slice(hasLeader ? 1 : 0).map((line) => {
    const field = parseField(line)
    if (!field) throw new Error(`no field: ${line}`)
    return field
  })
  return { leader: hasLeader ? (lines[0] as string).slice(4) : bookLeader, fields }
}
