import type { DataField, MarcRecord } from '../../marc/record.ts'
import { effectiveTag } from '../effective-tag.ts'
import { plainWords } from '../fold.ts'

/** A name that a record is entered under, folded. */
export type Author = {
  /** Of a person: name and numeration. Of a body or a meeting: all that names it, units and date included. */
  readonly name: string
  /** Of a person: the first year in $d; nothing where there is none. */
  readonly year: number | null
}

/** Names that are compared, at most: beyond these they are contributors. */
const mostAuthors = 12

/** Characters of a name, at most. */
const longestName = 200

/**
 * Who a record is by: 100, 110 and 111, then 700, 710 and 711, and what is in 880 for them. Names with a
 * title of their own ($t) are of other works.
 */
export function authorsOf(record: MarcRecord): Author[] {
  const authors: Author[] = []
  for (const field of record.fields) {
    if (!('subfields' in field)) continue
    const tag = field.tag === '880' ? effectiveTag(field) : field.tag
    if (!namesTags.has(tag) || field.subfields.some(({ code }) => code === 't')) continue
    const author = tag.endsWith('00') ? person(field) : body(field, tag.endsWith('10') ? 'abcdn' : 'acdenq')
    if (author.name !== '' && !authors.some((known) => sameAuthor(known, author))) authors.push(author)
    if (authors.length === mostAuthors) break
  }
  return authors
}

const namesTags = new Set(['100', '110', '111', '700', '710', '711'])

function person(field: DataField): Author {
  const dates = joined(field, 'd')
  return {
    name: plainWords(joined(field, 'ab')).slice(0, longestName),
    year: Number(/[12]?\d{3}/.exec(dates)?.[0] ?? 0) || null,
  }
}

/** What a body does for the work ($e of 110) and where it belongs ($u) are no part of its name. */
const body = (field: DataField, codes: string): Author => ({
  name: plainWords(joined(field, codes)).slice(0, longestName),
  year: null,
})

function joined(field: DataField, codes: string): string {
  let text = ''
  for (const { code, value } of field.subfields)
    if (codes.includes(code)) text += text === '' ? value : ` ${value}`
  return text
}

/** The same name, and no dates that gainsay it. */
const sameAuthor = (a: Author, b: Author): boolean =>
  a.name === b.name && (a.year === null || b.year === null || a.year === b.year)

/** Whether two records have a name in common. */
export const shareAuthor = (a: readonly Author[], b: readonly Author[]): boolean =>
  a.some((one) => b.some((other) => sameAuthor(one, other)))
