import type { MarcRecord } from '../../marc/record.ts'

/** D12: leader/07 b (serial part), i (integrating resource) or s (serial). */
export function isSerial(record: Pick<MarcRecord, 'leader'>): boolean {
  const level = record.leader[7]
  return level === 's' || level === 'i' || level === 'b'
}
