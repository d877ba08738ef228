import { type Static, Type } from 'typebox'
import { PublishToOclc } from './bib-tags.ts'
import { ExplainedMerge } from './explanation.ts'
import { TracedGuard } from './job-record.ts'
import { FieldDiff, MarcRecord } from './marc.ts'
import { OutcomeCode } from './outcome.ts'
import { ShareAs } from './share-as.ts'
import { Entity } from './search.ts'
import { closed, Count, list, MmsId, nullable, RowId, Sha256, Time, ZoneCode } from './shape.ts'

export const NewLinkJob = Type.Object(
  {
    list: Type.Optional(
      Type.Object(
        { sha256: Sha256, name: Type.String({ minLength: 1, maxLength: 1000 }) },
        {
          ...closed,
          description: 'A stored file with an MMS ID a line.',
        },
      ),
    ),
    mmsIds: Type.Optional(
      Type.Immutable(
        Type.Array(MmsId, {
          minItems: 1,
          maxItems: 10_000,
          description: 'The bibs by number.',
        }),
      ),
    ),
    set: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: Number.MAX_SAFE_INTEGER,
        description: 'A set of the zone; of items and portfolios, their bibs.',
      }),
    ),
    search: Type.Optional(
      Type.Object(
        {
          entity: Type.Optional(Entity),
          query: Type.String({ minLength: 1, maxLength: 20_000, description: 'CQL.' }),
        },
        { ...closed, description: 'What a search of the zone finds now.' },
      ),
    ),
    method: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 60,
        description: 'The match method; else that of the network’s profile.',
      }),
    ),
    serial: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 60,
        description: 'The match method of serials, where it is another.',
      }),
    ),
    contribute: Type.Boolean({
      description: 'Bibs that nothing in the network matches become new ones there.',
    }),
    dryRun: Type.Boolean({ description: 'Decide and show everything, change nothing.' }),
    label: Type.Optional(Type.String({ maxLength: 200 })),
    notes: Type.Optional(Type.String({ maxLength: 4000 })),
    idempotencyKey: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: 'The same key again gives the same job.' }),
    ),
  },
  { ...closed, title: 'NewLinkJob' },
)
export type NewLinkJob = Static<typeof NewLinkJob>

const Held = nullable(Type.Object({ holder: Type.String(), since: Time }, closed))

/** Whom a change of a bib would reach: the institutions that are linked to it see it in the same moment. */
export const Impact = Type.Object(
  {
    zone: ZoneCode,
    mmsId: MmsId,
    version: Count,
    suppressed: Type.Boolean(),
    publishToOclc: PublishToOclc,
    lock: Held,
    institutions: list(
      Type.Object(
        {
          zone: ZoneCode,
          name: Type.String(),
          mmsId: MmsId,
          suppressed: Type.Boolean(),
          publishToOclc: PublishToOclc,
          lock: Held,
          localTags: list(Type.String({ description: 'Tags of its local fields.' })),
          holdings: Count,
          items: Count,
          portfolios: Count,
        },
        closed,
      ),
    ),
    withInventory: Type.Integer({
      minimum: 0,
      description: 'Institutions among them that have holdings, items or portfolios of it.',
    }),
  },
  { ...closed, title: 'Impact' },
)
export type Impact = Static<typeof Impact>

const NotNow = Type.Object(
  {
    code: OutcomeCode,
    sentence: Type.String(),
    remedy: Type.String(),
    guard: nullable(TracedGuard),
    problems: list(Type.String()),
  },
  { ...closed, title: 'NotNow', description: 'Why something cannot be done as things are.' },
)

const ShareMatch = Type.Object(
  {
    mmsId: MmsId,
    title: Type.String(),
    record: MarcRecord,
    impact: Impact,
    by: list(Type.String({ description: 'A key that hit: `kind:value/origin`.' })),
    score: Type.Optional(Type.Number()),
    evidence: Type.Optional(list(Type.String())),
  },
  { ...closed, title: 'ShareMatch' },
)

const ShareOption = Type.Object(
  {
    as: ShareAs,
    into: nullable(MmsId),
    refused: nullable(NotNow),
    before: nullable(MarcRecord),
    after: nullable(MarcRecord),
    diff: list(FieldDiff),
    ours: nullable(MarcRecord),
    merge: nullable(ExplainedMerge),
    stays: list(Type.String({ description: 'A field of ours that stays with our bib.' })),
    lost: list(Type.String({ description: 'A field of ours that we have no more then.' })),
    meets: list(
      Type.Object(
        { zone: ZoneCode, tags: list(Type.String()) },
        { ...closed, description: 'An institution with local fields of tags that change.' },
      ),
    ),
    preview: nullable(Type.String({ description: 'To be sent back as it is.' })),
  },
  { ...closed, title: 'ShareOption' },
)

export const SharePreview = Type.Object(
  {
    zone: ZoneCode,
    network: ZoneCode,
    mmsId: MmsId,
    version: Count,
    title: Type.String(),
    record: MarcRecord,
    suppressed: Type.Boolean(),
    publishToOclc: PublishToOclc,
    lock: Held,
    profile: Type.String(),
    method: nullable(Type.Object({ code: Type.String(), name: Type.String() }, closed)),
    local: list(Type.String({ description: 'A field of ours that never goes up.' })),
    refused: nullable(NotNow),
    matches: list(ShareMatch),
    more: Count,
    options: list(ShareOption),
  },
  { ...closed, title: 'SharePreview' },
)
export type SharePreview = Static<typeof SharePreview>

export const ShareQuery = Type.Object({ with: Type.Optional(MmsId) }, closed)

export const ShareOrder = Type.Object(
  {
    as: ShareAs,
    into: Type.Optional(MmsId),
    preview: Type.String({
      minLength: 1,
      maxLength: 4000,
      description: 'As the preview gave it for this way.',
    }),
  },
  { ...closed, title: 'ShareOrder' },
)
export type ShareOrder = Static<typeof ShareOrder>

export const Shared = Type.Object(
  {
    job: RowId,
    outcome: Type.Enum(['created', 'merged', 'overlaid', 'unchanged']),
    mmsId: MmsId,
    linkedMmsId: MmsId,
    suppressed: Type.Boolean(),
    publishToOclc: PublishToOclc,
  },
  { ...closed, title: 'Shared' },
)
export type Shared = Static<typeof Shared>

export const Unshared = Type.Object(
  {
    job: RowId,
    ofJob: RowId,
    result: Type.Enum(['removed', 'restored', 'merged', 'conflict', 'gone', 'nothing']),
    conflicts: list(Type.String()),
  },
  { ...closed, title: 'Unshared' },
)
export type Unshared = Static<typeof Unshared>
