import { type TSchema, Type } from 'typebox'

/*
 * What the shapes of the API are written with. A schema with a `title` becomes a component of that
 * name in the OpenAPI document; objects are closed, so that an unknown property is refused.
 */

export const list = <T extends TSchema>(of: T) => Type.Immutable(Type.Array(of))

export const nullable = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()])

export const closed = { additionalProperties: false } as const

export const Count = Type.Integer({ minimum: 0 })

/** ISO 8601, UTC. */
export const Time = Type.String({ format: 'date-time' })

const sha256 = '^[0-9a-f]{64}$'
const mmsId = '^99[0-9]{6,17}$'
const holdingsId = '^22[0-9]{6,17}$'
const itemId = '^23[0-9]{6,17}$'
const portfolioId = '^53[0-9]{6,17}$'
const collectionId = '^61[0-9]{6,17}$'
const serviceId = '^62[0-9]{6,17}$'
const inventoryId = '^(22|23|53)[0-9]{6,17}$'
const placeCode = '^[^ \\x00-\\x1f\\x7f]{1,60}$'
export const tag = '^[0-9]{3}$'
export const subfieldCode = '^[a-z0-9]$'
const zoneCode = '^[A-Za-z0-9_]{1,40}$'
const upperCode = '^[A-Z_0-9]{1,60}$'

/** What a text of each pattern is, for whoever has sent another. */
export const patternWords: Readonly<Record<string, string>> = {
  [sha256]: 'must be a SHA-256: 64 hexadecimal digits in lower case',
  [mmsId]: 'must be an MMS ID: 99 and 6 to 17 more digits',
  [holdingsId]: 'must be the number of holdings: 22 and 6 to 17 more digits',
  [itemId]: 'must be the number of an item: 23 and 6 to 17 more digits',
  [portfolioId]: 'must be the number of a portfolio: 53 and 6 to 17 more digits',
  [collectionId]: 'must be the number of an electronic collection: 61 and 6 to 17 more digits',
  [serviceId]: 'must be the number of an electronic service: 62 and 6 to 17 more digits',
  [inventoryId]:
    'must be the number of holdings, an item or a portfolio: 22, 23 or 53 and 6 to 17 more digits',
  [placeCode]: 'must be the code of a library or location: 1 to 60 characters without blanks',
  [tag]: 'must be a tag: three digits',
  [subfieldCode]: 'must be the code of a subfield: a small letter or a digit',
  [zoneCode]: 'must be the code of a zone: 1 to 40 letters, digits and underscores',
  [upperCode]: 'must be a code: 1 to 60 capital letters, digits and underscores',
}

export const Sha256 = Type.String({ pattern: sha256 })

/** A code of our own: of an outcome, of a repair. */
export const upperCodeOf = (examples: readonly string[]) =>
  Type.String({ pattern: upperCode, examples: [...examples] })

/** A number of a row made by the database: jobs, issues. */
export const RowId = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })

/** Always a string: it exceeds 2^53. */
export const MmsId = Type.String({ pattern: mmsId })

export const HoldingsId = Type.String({ pattern: holdingsId })
export const ItemId = Type.String({ pattern: itemId })
export const PortfolioId = Type.String({ pattern: portfolioId })
export const CollectionId = Type.String({ pattern: collectionId })
export const ServiceId = Type.String({ pattern: serviceId })

/** Of holdings, an item or a portfolio. */
export const InventoryId = Type.String({ pattern: inventoryId })

/** Of a library or a location. */
export const PlaceCode = Type.String({ pattern: placeCode })

export const ZoneCode = Type.String({ pattern: zoneCode })

/** Where the next page starts; opaque, given back as `after`. */
export const Cursor = Type.String({ minLength: 1, maxLength: 1000 })

export const Limit = (most: number, usual: number) =>
  Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: most,
      default: usual,
      description: `Rows a page, ${usual} by default.`,
    }),
  )

export const page = <T extends TSchema>(row: T) =>
  Type.Object({ rows: list(row), next: nullable(Cursor) }, closed)

/** The content of a file: what handlers send is bytes, or a stream of them. */
const Bytes = Type.Unsafe<Uint8Array | AsyncIterable<Uint8Array | string>>({
  type: 'string',
  format: 'binary',
})

export const bytesOf = <const T extends string>(...contentTypes: readonly T[]) => ({
  content: Object.fromEntries(contentTypes.map((type) => [type, { schema: Bytes }])) as Record<
    T,
    { schema: typeof Bytes }
  >,
})
