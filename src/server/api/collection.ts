import { type Static, Type } from 'typebox'
import {
  closed,
  CollectionId,
  Count,
  Limit,
  list,
  MmsId,
  nullable,
  PortfolioId,
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
    createdAt: Time,
    loadedAt: nullable(Time),
    loadedBy: nullable(Type.String()),
    fileName: nullable(Type.String()),
  },
  { ...closed, title: 'ElectronicCollection' },
)

export const Collections = list(Collection)

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
        },
        { ...closed, title: 'OfferedPortfolio' },
      ),
    ),
    next: nullable(PortfolioId),
  },
  closed,
)

export const OfferedQuery = Type.Object(
  { after: Type.Optional(PortfolioId), limit: Limit(1000, 100) },
  closed,
)

export const LoadQuery = Type.Object(
  {
    service: Type.Optional(ServiceId),
    fileName: Type.Optional(Type.String({ maxLength: 400 })),
    dryRun: Type.Optional(Type.Boolean()),
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

export const LoadReport = Type.Object(
  {
    collectionId: CollectionId,
    isDryRun: Type.Boolean(),
    lines: Type.Integer({ minimum: 0, description: 'Below the heading.' }),
    blank: Count,
    further: Type.Integer({ minimum: 0, description: 'Lines that say more of a title of an earlier line.' }),
    added: Count,
    changed: Count,
    unchanged: Count,
    rejected: list(LineNote),
    findings: list(LineNote),
    withdrawn: list(Type.Object({ portfolioId: PortfolioId, mmsId: MmsId, key: Type.String() }, closed)),
  },
  { ...closed, title: 'LoadReport' },
)

export const ToActivate = Type.Object(
  {
    portfolios: Type.Immutable(
      Type.Array(PortfolioId, { minItems: 1, maxItems: 1000, description: 'Of the community zone.' }),
    ),
  },
  closed,
)
export type ToActivate = Static<typeof ToActivate>

export const ActivatedList = list(
  Type.Object(
    {
      sourceId: PortfolioId,
      portfolioId: PortfolioId,
      mmsId: MmsId,
      isNewBib: Type.Boolean({ description: 'Whether a linked bib was made for it now.' }),
      wasThere: Type.Boolean({ description: 'The zone had activated it before.' }),
    },
    { ...closed, title: 'ActivatedPortfolio' },
  ),
)

export const SourceChanges = list(
  Type.Object(
    {
      portfolioId: PortfolioId,
      mmsId: MmsId,
      collectionId: nullable(CollectionId),
      url: nullable(Type.String()),
      coverage: nullable(Type.String()),
      isWithdrawn: Type.Boolean(),
      changedAt: Time,
    },
    { ...closed, title: 'ChangedPortfolio' },
  ),
)

export const SourceChangesQuery = Type.Object({ limit: Limit(1000, 200) }, closed)
