import type { ShareAs } from '../../../server/api/share-as.ts'

/** What of the screen stands in its address: the bib that is named as the match, and which way is looked at. */
export type ShareSearch = {
  readonly with?: string
  readonly into?: string
  readonly as?: ShareAs
}

const shareWays = ['create', 'theirs', 'merge', 'overlay'] as const satisfies readonly ShareAs[]

export const isMmsId = (value: unknown): value is string =>
  typeof value === 'string' && /^99[0-9]{6,17}$/.test(value)

export function chosenShareSearch(search: Readonly<Record<string, unknown>>): ShareSearch {
  const { with: match, into } = search
  const as = shareWays.find((way) => way === search['as'])
  return {
    ...(isMmsId(match) ? { with: match } : {}),
    ...(isMmsId(into) ? { into } : {}),
    ...(as === undefined ? {} : { as }),
  }
}
