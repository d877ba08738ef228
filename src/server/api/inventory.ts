import { type Static, Type } from 'typebox'
import { itemStatuses } from '../../inventory/item.ts'
import { callNumberCodes } from '../../rules/holdings/call-number-mapping.ts'
import { callNumberUpdates } from '../../rules/holdings/call-number-shape.ts'
import { shelvingSchemes } from '../../rules/holdings/call-number-sort.ts'
import { MarcRecord } from './marc.ts'
import {
  closed,
  Count,
  HoldingsId,
  InventoryId,
  ItemId,
  Limit,
  list,
  MmsId,
  nullable,
  PlaceCode,
  PortfolioId,
  RowId,
  subfieldCode,
  tag,
  Time,
  ZoneCode,
} from './shape.ts'

const Version = Type.Integer({
  minimum: 1,
  maximum: 2_147_483_647,
  description: 'The version that was read: a change of an older one is refused.',
})
const CallNumberType = Type.Enum([...shelvingSchemes], {
  description: 'First indicator of 852: 0 LC, 1 Dewey, 2 NLM, 3 SuDoc, 8 other, or a blank.',
})

/** A text of a person’s own; blank is the same as none. */
const Text = nullable(Type.String({ maxLength: 2000 }))

const made = { createdAt: Time, changedAt: Time, changedBy: nullable(Type.String()), job: nullable(RowId) }

const Location = Type.Object(
  {
    code: PlaceCode,
    name: Type.String({ minLength: 1, maxLength: 200 }),
    callNumberType: nullable(CallNumberType),
  },
  { ...closed, title: 'Location' },
)

const Library = Type.Object(
  { code: PlaceCode, name: Type.String(), locations: list(Location) },
  { ...closed, title: 'Library' },
)

export const Libraries = list(Library)
export type Libraries = Static<typeof Libraries>

export const LibraryToAdd = Type.Object(
  { code: PlaceCode, name: Type.String({ minLength: 1, maxLength: 200 }) },
  closed,
)

export const LocationToAdd = Type.Object(
  {
    code: PlaceCode,
    name: Type.String({ minLength: 1, maxLength: 200 }),
    callNumberType: Type.Optional(nullable(CallNumberType)),
  },
  closed,
)

const CallNumberRow = Type.Object(
  {
    scheme: CallNumberType,
    source: Type.Optional(
      Type.String({ minLength: 1, maxLength: 40, description: '$2 of 852, with scheme 7.' }),
    ),
    field: Type.String({ pattern: tag }),
    ind1: Type.Optional(Type.String({ minLength: 1, maxLength: 1 })),
    subfields: Type.Immutable(
      Type.Array(
        Type.Object(
          { from: Type.String({ pattern: subfieldCode }), to: Type.Enum([...callNumberCodes]) },
          closed,
        ),
        { minItems: 1, maxItems: 10 },
      ),
    ),
  },
  { ...closed, title: 'CallNumberRow' },
)

const CallNumberRows = Type.Immutable(Type.Array(CallNumberRow, { maxItems: 100 }))

const CallNumberUpdate = Type.Enum([...callNumberUpdates], {
  description: 'When holdings take the number of their bib: as they are made, or whenever it changes.',
})

export const CallNumberTable = Type.Object(
  { isShipped: Type.Boolean(), rows: CallNumberRows, update: CallNumberUpdate },
  { ...closed, title: 'CallNumberTable' },
)

export const CallNumberTableToSet = Type.Object(
  { rows: nullable(CallNumberRows), update: Type.Optional(CallNumberUpdate) },
  {
    ...closed,
    description: 'With null the zone has the shipped table again; without update that stays as it is.',
  },
)

export const Holdings = Type.Object(
  {
    holdingsId: HoldingsId,
    mmsId: MmsId,
    version: Type.Integer({ minimum: 1 }),
    record: MarcRecord,
    library: PlaceCode,
    libraryName: nullable(Type.String()),
    location: PlaceCode,
    locationName: nullable(Type.String()),
    callNumber: Type.String({ description: '852 $k $h $i $m; empty where there is none.' }),
    suppressed: Type.Boolean(),
    items: Count,
    ...made,
  },
  { ...closed, title: 'Holdings' },
)

export const HoldingsList = list(Holdings)
export type HoldingsList = Static<typeof HoldingsList>

export const HoldingsToAdd = Type.Object(
  {
    record: Type.Optional(MarcRecord),
    library: Type.Optional(PlaceCode),
    location: Type.Optional(PlaceCode),
    callNumberType: Type.Optional(CallNumberType),
    suppressed: Type.Optional(Type.Boolean()),
  },
  {
    ...closed,
    description:
      'A whole record of MARC holdings, or library and location: then the record is made from the default template. Without a call number it takes that of the bib.',
  },
)

export const HoldingsChange = Type.Object(
  { version: Version, record: MarcRecord, suppressed: Type.Boolean() },
  closed,
)

export const Seen = Type.Object({ version: Version }, closed)

/** What becomes of what a deletion or a move leaves empty; kept where it is not said. */
const Settling = Type.Enum(['keep', 'suppress', 'delete'])

const emptyBib = {
  bib: Type.Optional(
    Type.Enum(['keep', 'suppress', 'delete'], {
      description: 'What becomes of the bib where it is left without inventory, in the same transaction.',
    }),
  ),
}

export const Removal = Type.Object({ version: Version, ...emptyBib }, closed)
export const ItemRemoval = Type.Object(
  { version: Version, holdings: Type.Optional(Settling), ...emptyBib },
  {
    ...closed,
    description: 'The bib is left without inventory where the holdings of its last item are deleted too.',
  },
)

const itemContent = {
  barcode: nullable(
    Type.String({ maxLength: 100, description: 'Unique in the zone; blank is the same as none.' }),
  ),
  status: Type.Enum([...itemStatuses]),
  policy: Text,
  materialType: Text,
  copyNumber: Text,
  description: Text,
  enumeration: Type.Immutable(
    Type.Array(Type.String({ maxLength: 200 }), {
      maxItems: 8,
      description: 'From the highest level down: volume, number.',
    }),
  ),
  chronology: Type.Immutable(
    Type.Array(Type.String({ maxLength: 200 }), {
      maxItems: 5,
      description: 'From the highest level down: year, month.',
    }),
  ),
  publicNote: Text,
  fulfilmentNote: Text,
  internalNote: Text,
  inventoryNumber: Text,
  receivedOn: nullable(Type.String({ format: 'date' })),
  temporaryLibrary: nullable(PlaceCode),
  temporaryLocation: nullable(PlaceCode),
}

const ItemContent = Type.Object(itemContent, closed)

export const Item = Type.Object(
  {
    itemId: ItemId,
    holdingsId: HoldingsId,
    mmsId: MmsId,
    version: Type.Integer({ minimum: 1 }),
    library: PlaceCode,
    location: PlaceCode,
    callNumber: Type.String(),
    ...itemContent,
    ...made,
  },
  { ...closed, title: 'Item' },
)
export type Item = Static<typeof Item>

export const ItemPage = Type.Object({ rows: list(Item), next: nullable(ItemId) }, closed)
export type ItemPage = Static<typeof ItemPage>

export const ItemPageQuery = Type.Object({ after: Type.Optional(ItemId), limit: Limit(200, 50) }, closed)

export const ItemToAdd = Type.Partial(ItemContent)
export type ItemToAdd = Static<typeof ItemToAdd>

export const ItemToAddAt = Type.Object(
  { library: PlaceCode, location: PlaceCode, item: ItemToAdd },
  {
    ...closed,
    description: 'Holdings of the bib at this library and location take the item; else they are made.',
  },
)

export const ItemChange = Type.Object({ version: Version, item: ItemToAdd }, closed)

export const BarcodeQuery = Type.Object({ barcode: Type.String({ minLength: 1, maxLength: 100 }) }, closed)

const portfolioContent = {
  url: nullable(Type.String({ maxLength: 4000, description: 'http, https or ftp.' })),
  availability: Type.Enum(['available', 'unavailable']),
  library: nullable(PlaceCode),
  coverage: Text,
  publicNote: Text,
  internalNote: Text,
  authenticationNote: Text,
  proxy: Type.Boolean(),
  materialType: Text,
}

const PortfolioContent = Type.Object(portfolioContent, closed)

export const Portfolio = Type.Object(
  {
    portfolioId: PortfolioId,
    mmsId: MmsId,
    version: Type.Integer({ minimum: 1 }),
    collectionId: nullable(Type.String()),
    serviceId: nullable(Type.String()),
    sourceId: nullable(
      Type.String({ ...PortfolioId, description: 'Of the community zone: what it was activated from.' }),
    ),
    followsUrl: Type.Boolean({ description: 'The address is that of the source, and changes with it.' }),
    followsCoverage: Type.Boolean({ description: 'The same of the coverage.' }),
    withdrawnAt: nullable(Time),
    ...portfolioContent,
    ...made,
  },
  { ...closed, title: 'Portfolio' },
)
export type Portfolio = Static<typeof Portfolio>

export const Portfolios = list(Portfolio)
export type Portfolios = Static<typeof Portfolios>

export const PortfolioToAdd = Type.Partial(PortfolioContent)
export type PortfolioToAdd = Static<typeof PortfolioToAdd>

export const PortfolioChange = Type.Object({ version: Version, portfolio: PortfolioToAdd }, closed)

/** D3: for a bib of the network or the community zone, the institution’s linked bib. */
const onBib = {
  mmsId: Type.String({ ...MmsId, description: 'The bib that it is on: of a network bib the linked one.' }),
  isNewBib: Type.Boolean({ description: 'Whether a linked bib was made for it now.' }),
}

export const AddedHoldings = Type.Object({ holdings: Holdings, ...onBib }, closed)
export const AddedItem = Type.Object({ item: Item, ...onBib }, closed)
export const AddedPortfolio = Type.Object({ portfolio: Portfolio, ...onBib }, closed)

/** A bib that inventory was taken from. */
const LeftBib = Type.Object(
  {
    mmsId: MmsId,
    holdings: Count,
    items: Count,
    portfolios: Count,
    choices: Type.Immutable(
      Type.Array(Type.Enum(['delete', 'suppress', 'keep']), {
        description: 'What may become of a bib that is without inventory now; none where it has some.',
      }),
    ),
  },
  { ...closed, title: 'LeftBib' },
)

/** What the bib was left with, and what became of it. */
const leaving = {
  left: LeftBib,
  became: Type.Enum(['keep', 'suppress', 'delete'], {
    description: 'keep too where it has inventory still.',
  }),
}

export const Removed = Type.Object(leaving, closed)

export const Relink = Type.Object({ version: Version, mmsId: MmsId, ...emptyBib }, closed)
export const Relinked = Type.Object({ ...onBib, ...leaving }, closed)

const InventoryVersion = Type.Object(
  {
    version: Type.Integer({ minimum: 1 }),
    action: Type.Enum(['added', 'changed', 'moved', 'deleted']),
    isCurrent: Type.Boolean(),
    mmsId: MmsId,
    content: nullable(Type.Record(Type.String(), Type.Unknown())),
    changedAt: Time,
    changedBy: nullable(Type.String()),
    job: nullable(RowId),
    file: nullable(Count),
    position: nullable(Count),
  },
  {
    ...closed,
    title: 'InventoryVersion',
    description: 'The content by the names of its columns; a record of holdings is packed.',
  },
)

export const InventoryVersions = list(InventoryVersion)

export const HoldingsParams = Type.Object({ zone: ZoneCode, id: HoldingsId }, closed)
export const ItemParams = Type.Object({ zone: ZoneCode, id: ItemId }, closed)
export const PortfolioParams = Type.Object({ zone: ZoneCode, id: PortfolioId }, closed)
export const InventoryParams = Type.Object({ zone: ZoneCode, id: InventoryId }, closed)
export const LibraryParams = Type.Object({ zone: ZoneCode, code: PlaceCode }, closed)
