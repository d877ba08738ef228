import { type Static, Type } from 'typebox'
import { closed, list, nullable, RowId, Time, ZoneCode } from './shape.ts'

const entity = Type.Union([
  Type.Literal('all-titles'),
  Type.Literal('physical-titles'),
  Type.Literal('physical-items'),
  Type.Literal('electronic-titles'),
  Type.Literal('electronic-portfolios'),
])

export const SavedSet = Type.Object(
  {
    id: RowId,
    name: Type.String(),
    note: nullable(Type.String()),
    kind: Type.Union([Type.Literal('itemised'), Type.Literal('logical')]),
    entity,
    query: nullable(Type.String({ description: 'Of a logical set: what it is at any time, in CQL.' })),
    members: nullable(Type.Integer({ minimum: 0, description: 'Of an itemised set.' })),
    madeAt: Time,
    madeBy: nullable(Type.String()),
  },
  { ...closed, title: 'SavedSet' },
)

export const SavedSets = Type.Object({ rows: list(SavedSet) }, closed)
export type SavedSets = Static<typeof SavedSets>

const MemberId = Type.String({ pattern: '^(?:99|23|53)[0-9]{6,17}$' })

const named = {
  name: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
  note: Type.Optional(nullable(Type.String({ maxLength: 2000 }))),
}

/** One of three: a search that it is at any time, what a search finds now, or numbers. */
export const NewSet = Type.Union(
  [
    Type.Object(
      {
        ...named,
        kind: Type.Literal('logical'),
        entity,
        query: Type.String({ minLength: 1, maxLength: 20_000 }),
      },
      closed,
    ),
    Type.Object(
      {
        ...named,
        kind: Type.Literal('itemised'),
        entity,
        query: Type.Optional(
          Type.String({
            minLength: 1,
            maxLength: 20_000,
            description: 'What this finds now; at most 10,000.',
          }),
        ),
        members: Type.Optional(Type.Array(MemberId, { maxItems: 10_000 })),
      },
      closed,
    ),
    Type.Object(
      {
        ...named,
        kind: Type.Literal('itemised'),
        numbers: Type.String({
          minLength: 1,
          maxLength: 900_000,
          description: 'One number a line, as in a file; a first line without digits is its heading.',
        }),
        index: Type.String({
          maxLength: 100,
          description: 'The index of numbers that they are of: `mms-id`, `isbn`.',
        }),
      },
      closed,
    ),
  ],
  { title: 'NewSet' },
)

export const AddedSet = Type.Object(
  {
    set: SavedSet,
    missing: list(Type.String({ description: 'Numbers that name nothing in the zone.' })),
    several: list(Type.String({ description: 'Numbers that name several bibs; all are members.' })),
  },
  { ...closed, title: 'AddedSet' },
)
export type AddedSet = Static<typeof AddedSet>

export const ChangedMembers = Type.Object(
  {
    add: Type.Optional(Type.Array(MemberId, { maxItems: 10_000 })),
    remove: Type.Optional(Type.Array(MemberId, { maxItems: 10_000 })),
  },
  closed,
)

export const SetParams = Type.Object({ zone: ZoneCode, id: RowId }, closed)
