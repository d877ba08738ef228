import type { MarcRecord } from '../../marc/record.ts'
import { type Author, authorsOf } from './author.ts'
import { isSerial } from './is-serial.ts'
import { type Title, titleOf } from './title.ts'
import { yearOf } from './year.ts'
import { effectiveTag } from '../effective-tag.ts'

/** What two records are compared by where their keys do not say enough; small, since it crosses threads. */
export type MatchFeatures = {
  /** Leader/06. */
  readonly type: string
  /** D12. */
  readonly isSerial: boolean
  readonly year: number | null
  /** That of 245 first, if there is one. */
  readonly titles: readonly Title[]
  readonly authors: readonly Author[]
  /** 024 $a as they were typed. */
  readonly standardNumbers: readonly string[]
}

export function matchFeatures(record: MarcRecord): MatchFeatures {
  const titles: Title[] = []
  const standardNumbers: string[] = []
  for (const field of record.fields) {
    if (!('subfields' in field)) continue
    if (effectiveTag(field) === '245') {
      const title = titleOf(field, 'abknp')
      if (title) titles.push(title)
    } else if (field.tag === '024')
      for (const { code, value } of field.subfields)
        if (code === 'a' && value.trim() !== '') standardNumbers.push(value.trim())
  }
  return {
    type: record.leader[6] ?? ' ',
    isSerial: isSerial(record),
    year: yearOf(record),
    titles,
    authors: authorsOf(record),
    standardNumbers,
  }
}
