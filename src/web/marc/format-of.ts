import { controlValue, type MarcRecord } from '../../marc/record.ts'
import { carrierOf } from '../../rules/match/carrier.ts'

export type Format =
  | 'book'
  | 'serial'
  | 'manuscript'
  | 'score'
  | 'map'
  | 'video'
  | 'speech'
  | 'music'
  | 'image'
  | 'computer-file'
  | 'kit'
  | 'object'
  | 'mixed'
  | 'unknown'

const byType: Readonly<Record<string, Format>> = {
  a: 'book',
  c: 'score',
  d: 'score',
  e: 'map',
  f: 'map',
  i: 'speech',
  j: 'music',
  k: 'image',
  m: 'computer-file',
  o: 'kit',
  p: 'mixed',
  r: 'object',
  t: 'manuscript',
}

/** What a bib is of, for eyes that look through a list: leader/06 and 07, and 008/33 of visual materials. */
export function formatOf(record: MarcRecord): { readonly format: Format; readonly isElectronic: boolean } {
  const type = record.leader[6] ?? ' '
  const isElectronic = carrierOf(record) === 'electronic'
  if (type === 'a' && 'bis'.includes(record.leader[7] ?? ' ')) return { format: 'serial', isElectronic }
  if (type === 'g') {
    const visual = controlValue(record, '008')?.[33]
    return { format: visual === 'm' || visual === 'v' ? 'video' : 'image', isElectronic }
  }
  return { format: byType[type] ?? 'unknown', isElectronic }
}
