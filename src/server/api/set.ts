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
export type SavedSet = Static<typeof SavedSet>

/** One set, with what a list of them would take too long to count. */
export const WholeSet = Type.Object(
  {
    ...SavedSet.properties,
    gone: nullable(
      Type.Integer({ minimum: 0, description: 'Members of an itemised set that the catalogue has no more.' }),
    ),
  },
  { ...closed, title: 'WholeSet' },
)
export type WholeSet = Static<typeof WholeSet>

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
        members: Type.Optional(
          Type.Array(MemberId, {
            maxItems: 10_000,
            description:
              'Numbers of what the zone has of that kind; others are told as missing, by their place.',
          }),
        ),
      },
      closed,
    ),
    Type.Object(
      {
        ...named,
        kind: Type.Literal('itemised'),
        entity: Type.Optional(
          Type.Enum(['all-titles', 'physical-items', 'electronic-portfolios'], {
            description: 'Titles, where nothing is said.',
          }),
        ),
        numbers: Type.String({
          minLength: 1,
          maxLength: 900_000,
          description:
            'One number a line, as in a file. The first line may call them MMS ID, ISBN, ISBN_A, ISSN, ISSN_A, OCLC number, 035 field, PID or barcode, or be a row of columns of which one is called so.',
        }),
        index: Type.Optional(
          Type.String({
            minLength: 1,
            maxLength: 100,
            description: 'What the numbers are, where their first line does not say it: `mms-id`, `isbn`.',
          }),
        ),
      },
      closed,
    ),
  ],
  { title: 'NewSet' },
)

const ofLine = {
  line: Type.Integer({ minimum: 1, description: 'Of the file.' }),
  number: Type.String(),
}

export const AddedSet = Type.Object(
  {
    set: SavedSet,
    numbers: Type.Integer({
      minimum: 0,
      description: 'Numbers of the file, each counted once, and lines that have none.',
    }),
    repeated: Type.Integer({ minimum: 0, description: 'Lines with a number that stands before them.' }),
    missing: list(
      Type.Object(
        {
          ...ofLine,
          code: Type.Enum(['NO_NUMBER', 'NOT_SUCH_A_NUMBER', 'DELETED', 'OF_ANOTHER_ZONE', 'NOT_FOUND']),
          message: Type.String(),
        },
        { ...closed, title: 'MissingNumber' },
      ),
    ),
    several: list(
      Type.Object(
        {
          ...ofLine,
          members: Type.Integer({ minimum: 2, description: 'So many are named, and all are members.' }),
        },
        { ...closed, title: 'SharedNumber' },
      ),
    ),
  },
  { ...closed, title: 'AddedSet' },
)
export type AddedSet = Static<typeof AddedSet>

export const ChangedMembers = Type.Object(
  {
    add: Type.Optional(Type.Array(MemberId, { maxItems: 10_000 })),
    remove: Type.Optional(Type.Array(MemberId, { maxItems: 10_000 })),
    query: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 20_000,
        description: 'Adds what this finds now; at most 10,000.',
      }),
    ),
    removeGone: Type.Optional(
      Type.Boolean({ description: 'Takes out the members that the catalogue has no more.' }),
    ),
  },
  closed,
)

export const RenamedSet = Type.Object(named, closed)

export const SetFormat = Type.Object(
  {
    format: Type.Enum(['csv', 'mrc', 'xml', 'json', 'mrk'], {
      description: 'A table, or the records as ISO 2709, MARCXML, MARC-in-JSON or MarcEdit text.',
    }),
  },
  closed,
)

export const SetParams = Type.Object({ zone: ZoneCode, id: RowId }, closed)
