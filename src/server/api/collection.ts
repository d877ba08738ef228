import { type Static, Type } from 'typebox'
import { offerStates } from '../../inventory/offered-portfolio.ts'
import {
  closed,
  CollectionId,
  Count,
  Limit,
  list,
  MmsId,
  nullable,
  PortfolioId,
  RowId,
  ServiceId,
  Time,
  ZoneCode,
} from './shape.ts'

const Name = Type.String({ minLength: 1, maxLength: 400 })

export const CollectionParams = Type.Object({ zone: ZoneCode, id: CollectionId }, closed)

export const Collection = Type.Object(
  {
    collectionId: CollectionId,
    zone: ZoneCode,
    name: Type.String(),
    provider: nullable(Type.String()),
    services: list(Type.Object({ serviceId: ServiceId, name: Type.String() }, closed)),
    portfolios: Count,
    withdrawn: Count,
    activated: Type.Integer({ minimum: 0, description: 'By the zone that asks.' }),
    changes: Type.Integer({
      minimum: 0,
      description: 'Of those, what title lists have changed and nobody of that zone has seen yet.',
    }),
    createdAt: Time,
    loadedAt: nullable(Time),
    loadedBy: nullable(Type.String()),
    fileName: nullable(Type.String()),
  },
  { ...closed, title: 'ElectronicCollection' },
)

export type Collection = Static<typeof Collection>

export const Collections = list(Collection)
export type Collections = Static<typeof Collections>

export const CollectionToAdd = Type.Object({ name: Name, provider: Type.Optional(nullable(Name)) }, closed)

export const OfferedPage = Type.Object(
  {
    rows: list(
      Type.Object(
        {
          portfolioId: PortfolioId,
          mmsId: MmsId,
          title: Type.String(),
          titleKey: nullable(Type.String()),
          url: nullable(Type.String()),
          coverage: nullable(Type.String()),
          availability: Type.Enum(['available', 'unavailable']),
          withdrawnAt: nullable(Time),
          activatedId: nullable(
            Type.String({ ...PortfolioId, description: 'The portfolio of the zone that asks.' }),
          ),
          activatedMmsId: nullable(Type.String({ ...MmsId, description: 'The bib that it is on.' })),
        },
        { ...closed, title: 'OfferedPortfolio' },
      ),
    ),
    next: nullable(PortfolioId),
  },
  closed,
)

export type OfferedPage = Static<typeof OfferedPage>

export const OfferedQuery = Type.Object(
  {
    after: Type.Optional(PortfolioId),
    limit: Limit(1000, 100),
    q: Type.Optional(
      Type.String({ maxLength: 400, description: 'Words of the title, or what the list knows it by.' }),
    ),
    state: Type.Optional(
      Type.Enum([...offerStates], {
        description:
          '`open`: the zone may activate it, and has not. `activated` and `withdrawn` may be both.',
      }),
    ),
  },
  closed,
)

export const LoadQuery = Type.Object(
  {
    service: Type.Optional(ServiceId),
    fileName: Type.Optional(Type.String({ maxLength: 400 })),
    dryRun: Type.Optional(Type.Boolean()),
    whole: Type.Optional(
      Type.Boolean({
        description:
          'Whether what the file does not have is withdrawn. Left out: of a title list it is, of MARC records not.',
      }),
    ),
    withdrawMost: Type.Optional(
      Type.Boolean({ description: 'The list may withdraw more than half of the titles that there are.' }),
    ),
  },
  closed,
)

const LineNote = Type.Object(
  {
    line: Count,
    column: nullable(Type.String()),
    code: Type.String(),
    message: Type.String(),
    remedy: Type.String(),
  },
  { ...closed, title: 'LineNote' },
)

const Withdrawn = Type.Object(
  { portfolioId: PortfolioId, mmsId: MmsId, key: Type.String(), title: Type.String() },
  { ...closed, title: 'WithdrawnTitle' },
)

const ChangedTitle = Type.Object(
  {
    line: Count,
    key: Type.String({ description: 'By what the collection knows it.' }),
    title: Type.String(),
    change: Type.Enum(['added', 'changed']),
    url: nullable(Type.String()),
    coverage: nullable(Type.String()),
    was: nullable(
      Type.Object(
        {
          url: nullable(Type.String()),
          coverage: nullable(Type.String()),
          isWithdrawn: Type.Boolean(),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'ChangedTitle' },
)

/** Each line or record is in one of those from `blank` on, or rejected. */
const counts = {
  format: Type.Enum(['kbart', 'marc']),
  lines: Type.Integer({ minimum: 0, description: 'Below the heading; of MARC, records.' }),
  blank: Count,
  further: Type.Integer({ minimum: 0, description: 'Lines that say more of a title of an earlier line.' }),
  deletes: Type.Integer({ minimum: 0, description: 'Records that say that their title is gone.' }),
  added: Count,
  changed: Count,
  unchanged: Count,
}

const lists = {
  changes: Type.Immutable(
    Type.Array(ChangedTitle, { description: 'The first 1000 that were added or changed.' }),
  ),
  rejected: list(LineNote),
  findings: list(LineNote),
  withdrawn: list(Withdrawn),
}

export const LoadReport = Type.Object(
  { collectionId: CollectionId, isDryRun: Type.Boolean(), ...counts, ...lists },
  { ...closed, title: 'LoadReport' },
)
export type LoadReport = Static<typeof LoadReport>

const load = {
  loadId: RowId,
  fileName: Type.String(),
  loadedAt: Time,
  loadedBy: nullable(Type.String()),
  ...counts,
  rejected: Count,
  withdrawn: Count,
}

export const Loads = list(Type.Object(load, { ...closed, title: 'CollectionLoad' }))
export type Loads = Static<typeof Loads>

export const LoadParams = Type.Object({ zone: ZoneCode, id: CollectionId, load: RowId }, closed)

export const KeptLoad = Type.Object(
  {
    ...load,
    report: Type.Object(lists, {
      ...closed,
      description: 'Of each list the first 1000; the counts say how many there were.',
    }),
  },
  { ...closed, title: 'KeptLoad' },
)
export type KeptLoad = Static<typeof KeptLoad>
