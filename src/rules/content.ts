import { packField } from '../marc/packed.ts'
import type { MarcRecord } from '../marc/record.ts'

/**
 * What two records are compared by (D19): the packed fields without 001, 003 and 005, after the
 * leader without its lengths (positions 0-4 and 12-16), which say how it was sent and not what it is.
 */
export function contentOf(record: MarcRecord): string {
  let content = record.leader.slice(5, 12) + record.leader.slice(17)
  for (const field of record.fields) if (!isIdentityTag(field.tag)) content += `\x1e${packField(field)}`
  return content
}

/** Leaders without their lengths. */
export const sameLeader = (a: string, b: string): boolean =>
  a.slice(5, 12) === b.slice(5, 12) && a.slice(17) === b.slice(17)

/** 001, 003 and 005: which copy of a record it is, by whom and when; never part of its content. */
export const isIdentityTag = (tag: string): boolean => tag === '001' || tag === '003' || tag === '005'

export function sameContent(a: MarcRecord, b: MarcRecord): boolean {
  return a === b || contentOf(a) === contentOf(b)
}
