import { type Static, Type } from 'typebox'
import { closed, CollectionId, Count, Limit, list, MmsId, nullable, PortfolioId, Time } from './shape.ts'

/** Either some portfolios, or all of a collection: the handler holds to it. */
const chosen = {
  portfolios: Type.Optional(
    Type.Immutable(
      Type.Array(PortfolioId, { minItems: 1, maxItems: 1000, description: 'Of the community zone.' }),
    ),
  ),
  collection: Type.Optional(
    Type.String({ ...CollectionId, description: 'In place of portfolios: all of a collection.' }),
  ),
}

export const ChosenPortfolios = Type.Object(chosen, closed)
export type ChosenPortfolios = Static<typeof ChosenPortfolios>

export const ToActivate = Type.Object(
  {
    ...chosen,
    onto: Type.Optional(
      Type.String({
        ...MmsId,
        description: 'The bib that they are to be on; where it is left out, each is on its linked bib.',
      }),
    ),
  },
  closed,
)

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
export type ActivatedList = Static<typeof ActivatedList>

export const ActivationPlan = Type.Object(
  {
    toActivate: Count,
    wereThere: Type.Integer({ minimum: 0, description: 'The zone has them already.' }),
    withdrawn: Type.Integer({ minimum: 0, description: 'They cannot be had any more.' }),
    bibs: Type.Integer({ minimum: 0, description: 'That those to be activated would be on.' }),
    newBibs: Type.Integer({ minimum: 0, description: 'Of the bibs, those that would be linked to now.' }),
  },
  { ...closed, title: 'ActivationPlan' },
)
export type ActivationPlan = Static<typeof ActivationPlan>

export const DeactivatedList = list(
  Type.Object(
    {
      sourceId: PortfolioId,
      portfolioId: PortfolioId,
      mmsId: MmsId,
      isBibEmpty: Type.Boolean({ description: 'The bib that it was on has no inventory any more.' }),
    },
    { ...closed, title: 'DeactivatedPortfolio' },
  ),
)
export type DeactivatedList = Static<typeof DeactivatedList>

export const DeactivationPlan = Type.Object(
  {
    portfolios: Count,
    withOwn: Type.Integer({
      minimum: 0,
      description:
        'Of them, those with an address, a coverage or a note of the zone’s own, which would be lost.',
    }),
    bibs: Count,
    emptied: Type.Integer({ minimum: 0, description: 'Of the bibs, those left without inventory.' }),
  },
  { ...closed, title: 'DeactivationPlan' },
)
export type DeactivationPlan = Static<typeof DeactivationPlan>

const ofSource = {
  url: nullable(Type.String()),
  coverage: nullable(Type.String()),
  availability: Type.Enum(['available', 'unavailable']),
}

export const SourceChanges = list(
  Type.Object(
    {
      portfolioId: PortfolioId,
      version: Type.Integer({ minimum: 1 }),
      mmsId: MmsId,
      title: Type.String(),
      collectionId: nullable(CollectionId),
      collectionName: nullable(Type.String()),
      ...ofSource,
      isWithdrawn: Type.Boolean(),
      changedAt: Time,
      was: nullable(Type.Object(ofSource, { ...closed, description: 'Before that change.' })),
      seenAt: nullable(Time),
      seenBy: nullable(Type.String()),
    },
    { ...closed, title: 'ChangedPortfolio' },
  ),
)
export type SourceChanges = Static<typeof SourceChanges>

export const SourceChangesQuery = Type.Object(
  {
    limit: Limit(1000, 200),
    unseen: Type.Optional(Type.Boolean({ description: 'Those alone that nobody has acknowledged yet.' })),
    collection: Type.Optional(CollectionId),
  },
  closed,
)

export const SeenChanges = Type.Object(
  {
    changes: Type.Immutable(
      Type.Array(Type.Object({ portfolioId: PortfolioId, version: Type.Integer({ minimum: 1 }) }, closed), {
        minItems: 1,
        maxItems: 1000,
        description: 'As they were listed.',
      }),
    ),
  },
  closed,
)

export const Acknowledged = Type.Object(
  {
    acknowledged: Type.Integer({
      minimum: 0,
      description: 'What has changed once more since it was listed stays to be seen.',
    }),
  },
  { ...closed, title: 'Acknowledged' },
)
