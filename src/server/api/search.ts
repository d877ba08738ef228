import { type Static, Type } from 'typebox'
import { Lock, PublishToOclc } from './bib.ts'
import { closed, Count, Cursor, Limit, list, MmsId, nullable } from './shape.ts'

const InventoryCount = Type.Object(
  { holdings: Count, items: Count, portfolios: Count },
  { ...closed, title: 'InventoryCount' },
)

const FoundItem = Type.Object(
  {
    itemId: Type.String(),
    holdingsId: Type.String(),
    barcode: nullable(Type.String()),
    status: Type.String(),
    policy: nullable(Type.String()),
    description: nullable(Type.String()),
    library: Type.String({ description: 'Where it is now: the temporary place, if it has one.' }),
    location: Type.String(),
    callNumber: Type.String(),
  },
  { ...closed, title: 'FoundItem' },
)

const FoundPortfolio = Type.Object(
  {
    portfolioId: Type.String(),
    url: nullable(Type.String()),
    availability: Type.String(),
    coverage: nullable(Type.String()),
    collectionId: nullable(Type.String()),
  },
  { ...closed, title: 'FoundPortfolio' },
)

const OtherScript = Type.Object(
  {
    text: Type.String(),
    lang: nullable(Type.String({ description: 'As `und-Hebr`.' })),
    dir: Type.Enum(['ltr', 'rtl']),
  },
  { ...closed, title: 'OtherScript' },
)

export const FoundBib = Type.Object(
  {
    mmsId: MmsId,
    title: Type.String(),
    /** As it is in its own script (880). */
    otherTitle: nullable(OtherScript),
    creator: nullable(Type.String()),
    imprint: nullable(Type.String()),
    date: nullable(Type.String({ description: 'Date 1 of 008.' })),
    identifiers: list(Type.String({ description: 'As `OCLC 12345`.' })),
    resourceType: Type.String({ description: 'Code of the facet `resource-type`.' }),
    carrier: Type.Enum(['print', 'electronic', 'other']),
    briefLevel: Type.Integer({ minimum: 1, maximum: 10 }),
    suppressed: Type.Boolean(),
    publishToOclc: PublishToOclc,
    linkedMmsId: nullable(MmsId),
    lock: nullable(Lock),
    inventory: InventoryCount,
    item: Type.Optional(FoundItem),
    portfolio: Type.Optional(FoundPortfolio),
  },
  { ...closed, title: 'FoundBib' },
)
export type FoundBib = Static<typeof FoundBib>

export const Entity = Type.Union([
  Type.Literal('all-titles'),
  Type.Literal('physical-titles'),
  Type.Literal('physical-items'),
  Type.Literal('electronic-titles'),
  Type.Literal('electronic-portfolios'),
])

const Hint = Type.Object(
  {
    code: Type.Union([
      Type.Literal('HAS_NO_INVENTORY'),
      Type.Literal('NO_PHYSICAL_INVENTORY_HERE'),
      Type.Literal('NOTHING_FOUND'),
      Type.Literal('BIB_DELETED'),
      Type.Literal('UNSORTED'),
      Type.Literal('LOOKED_NO_FURTHER'),
    ]),
    message: Type.String(),
    entity: Type.Optional(Entity),
    total: Type.Optional(Count),
    mmsId: Type.Optional(MmsId),
  },
  { ...closed, title: 'SearchHint' },
)

export const Found = Type.Object(
  {
    rows: list(FoundBib),
    total: Type.Integer({ minimum: 0, description: 'Where it is not exact, there are at least so many.' }),
    /** Counting stops somewhere: a total is exact below that. */
    totalIsExact: Type.Boolean(),
    next: nullable(Cursor),
    hint: nullable(Hint),
  },
  { ...closed, title: 'Found' },
)
export type Found = Static<typeof Found>

const asked = {
  entity: Type.Optional(Entity),
  q: Type.Optional(
    Type.String({ maxLength: 1000, description: 'Words, all of which must occur, or a number.' }),
  ),
  index: Type.Optional(
    Type.String({
      maxLength: 100,
      description: 'Code of the index that `q` is for; `keywords` where it is left out.',
    }),
  ),
  query: Type.Optional(
    Type.String({
      maxLength: 20_000,
      description: 'CQL: `title all "pride" and language = eng`; with `q`, both must hold.',
    }),
  ),
  facet: Type.Optional(
    Type.Union(
      [Type.String({ maxLength: 300 }), Type.Array(Type.String({ maxLength: 300 }), { maxItems: 50 })],
      {
        description: '`code:value`; may be repeated, and values of one code are alternatives.',
      },
    ),
  ),
}

export const FacetsQuery = Type.Object(asked, closed)

export const SearchQuery = Type.Object(
  {
    ...asked,
    sort: Type.Optional(
      Type.Union([
        Type.Literal('newest'),
        Type.Literal('oldest'),
        Type.Literal('title'),
        Type.Literal('creator'),
        Type.Literal('year'),
        Type.Literal('year-oldest'),
      ]),
    ),
    after: Type.Optional(Type.String({ minLength: 1, maxLength: 1000 })),
    limit: Limit(100, 20),
  },
  closed,
)
export type SearchQuery = Static<typeof SearchQuery>

export const Facets = Type.Object(
  {
    facets: list(
      Type.Object(
        {
          code: Type.String(),
          name: Type.String(),
          values: list(Type.Object({ value: Type.String(), name: Type.String(), count: Count }, closed)),
        },
        { ...closed, title: 'Facet' },
      ),
    ),
    counted: Type.Integer({ minimum: 0, description: 'The hits that were counted.' }),
    isWhole: Type.Boolean({ description: 'Whether those are all hits.' }),
  },
  { ...closed, title: 'Facets' },
)
export type Facets = Static<typeof Facets>

const named = { code: Type.String(), name: Type.String() }

export const SearchIndexes = Type.Object(
  {
    entities: list(Type.Object({ code: Entity, name: Type.String() }, closed)),
    indexes: list(
      Type.Object(
        {
          ...named,
          group: Type.String(),
          aliases: list(Type.String()),
          operators: list(Type.String({ description: 'Codes of `operators`.' })),
          isSimple: Type.Boolean({ description: 'Whether the simple box offers it.' }),
          values: Type.Optional(list(Type.Object({ value: Type.String(), name: Type.String() }, closed))),
        },
        { ...closed, title: 'SearchIndex' },
      ),
    ),
    operators: list(
      Type.Object(
        {
          ...named,
          relation: Type.String({ description: 'How it is written in CQL.' }),
          term: Type.String({ description: 'The term in CQL, with `{}` for what is looked for.' }),
        },
        { ...closed, title: 'SearchOperator' },
      ),
    ),
    sorts: list(Type.Object(named, closed)),
  },
  { ...closed, title: 'SearchIndexes' },
)
export type SearchIndexes = Static<typeof SearchIndexes>

export const HeldBy = Type.Object(
  {
    institutions: list(
      Type.Object(
        {
          zone: Type.String(),
          name: Type.String(),
          mmsId: MmsId,
          suppressed: Type.Boolean(),
          publishToOclc: PublishToOclc,
          inventory: InventoryCount,
        },
        { ...closed, title: 'HeldByInstitution' },
      ),
    ),
  },
  { ...closed, title: 'HeldBy' },
)
export type HeldBy = Static<typeof HeldBy>

/** What an institution has of a bib of another zone. */
export const OwnBibs = Type.Object(
  {
    rows: list(
      Type.Object(
        {
          mmsId: MmsId,
          title: Type.String(),
          how: Type.Enum(['linked', 'copied', 'alike'], {
            description: 'Alike is what has an OCLC number of it: very likely the same title.',
          }),
          suppressed: Type.Boolean(),
          publishToOclc: PublishToOclc,
          inventory: InventoryCount,
        },
        { ...closed, title: 'OwnBib' },
      ),
    ),
  },
  { ...closed, title: 'OwnBibs' },
)
export type OwnBibs = Static<typeof OwnBibs>

export const OwnBibsQuery = Type.Object({ of: MmsId }, closed)
