import { type Static, Type } from 'typebox'
import { PublishToOclc } from './bib.ts'
import { closed, Count, Cursor, Limit, list, MmsId, nullable } from './shape.ts'

export const FoundBib = Type.Object(
  {
    mmsId: MmsId,
    title: Type.String(),
    creator: nullable(Type.String()),
    imprint: nullable(Type.String()),
    date: nullable(Type.String({ description: 'Date 1 of 008.' })),
    identifiers: list(Type.String({ description: 'As `OCLC 12345`.' })),
    suppressed: Type.Boolean(),
    publishToOclc: PublishToOclc,
    linkedMmsId: nullable(MmsId),
  },
  { ...closed, title: 'FoundBib' },
)
export type FoundBib = Static<typeof FoundBib>

export const Found = Type.Object(
  {
    rows: list(FoundBib),
    total: Count,
    /** Counting stops somewhere: a total is exact below that. */
    totalIsExact: Type.Boolean(),
    next: nullable(Cursor),
  },
  { ...closed, title: 'Found' },
)
export type Found = Static<typeof Found>

export const SearchQuery = Type.Object(
  {
    q: Type.String({
      minLength: 1,
      maxLength: 1000,
      description: 'Words, all of which must occur, or an identifier.',
    }),
    after: Type.Optional(Cursor),
    limit: Limit(100, 20),
  },
  closed,
)
export type SearchQuery = Static<typeof SearchQuery>
