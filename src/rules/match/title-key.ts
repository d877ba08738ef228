import type { DataField, MarcRecord } from '../../marc/record.ts'
import { effectiveTag } from '../effective-tag.ts'
import { hash64 } from '../hash.ts'
import type { KeyOrigin, MatchKey } from './match-key.ts'
import { type Title, titleOf, wholeTitle } from './title.ts'
import { yearOf } from './year.ts'

/*
 * Keys of titles. One row a bib, and one for each title of another kind that is not in the first: the
 * value is the title proper alone, so that a record without the subtitle meets the one that has it, and
 * the origin says which title it is and what else stands in it, so that a whole title is a range of rows.
 */

/** Longest title proper of a key, in characters. */
const longestTitle = 180

/** Characters of 245 that the words of a variant are looked for in. */
const longestWhole = 10_000

/** Titles other than that of 245 that a bib has keys for, at most. */
const mostVariants = 3

/**
 * The titles that a record is found by: 245 whole ($a $b $k $n $p), 246 $a and 210 $a, and what is in 880
 * for them. A variant whose words stand in 245 one after the other, as portions of a title do, has no key
 * of its own. Origin: `tag.rest.year`, with a hash of what follows the title proper (empty where nothing
 * does) and the year of the record, `0000` where it has none. A record without 245 has none of these.
 */
export function titleKeys(record: MarcRecord): MatchKey[] {
  const keys: MatchKey[] = []
  let wholes = ''
  let variants: DataField[] | undefined
  for (const field of record.fields) {
    if (!('subfields' in field)) continue
    const tag = field.tag === '880' ? effectiveTag(field) : field.tag
    if (tag === '245') {
      const title = titleOf(field, 'abknp')
      if (!title) continue
      wholes += ` ${wholeTitle(title).slice(0, longestWhole)} `
      add(keys, '245', title)
    } else if (tag === '246' || tag === '210') (variants ??= []).push(field)
  }
  if (keys.length === 0) return keys
  for (const field of variants ?? []) {
    const title = titleOf(field, 'a')
    if (!title || wholes.includes(` ${wholeTitle(title)} `)) continue
    add(keys, effectiveTag(field), title)
    if (keys.length > mostVariants) break
  }
  const year = yearOf(record)
  return keys.map((key) => ({ ...key, origin: `${key.origin}.${year ?? '0000'}` }))
}

function add(keys: MatchKey[], tag: string, { proper, rest }: Title): void {
  const value = proper.length > longestTitle ? proper.slice(0, longestTitle).toWellFormed() : proper
  const origin = `${tag}.${rest === '' ? '' : hash64(rest).slice(0, 8)}`
  if (!keys.some((key) => key.value === value && key.origin === origin))
    keys.push({ kind: 'title', value, origin })
}

/** The tag of the title that a key is of. */
export const titleTag = (origin: KeyOrigin): string => origin.slice(0, origin.indexOf('.'))

/** The year of the record that a title key is of; 0 where it has none. */
export const titleYear = (origin: KeyOrigin): number => Number(origin.slice(-4))

/** What the origin of a title key begins with up to its year: all keys of the same title with the same rest. */
export const titleStem = (origin: KeyOrigin): string => origin.slice(0, -4)
