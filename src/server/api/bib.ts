import { type Static, Type } from 'typebox'
import { MarcRecord } from './marc.ts'
import { closed, Count, Cursor, Limit, list, MmsId, nullable, RowId, Time, ZoneCode } from './shape.ts'

export const Lock = Type.Object(
  {
    holder: Type.String(),
    since: Time,
    seenAt: Time,
    until: Time,
    yours: Type.Boolean({ description: 'Whether it is that of the person who asks.' }),
  },
  { ...closed, title: 'Lock' },
)
export type Lock = Static<typeof Lock>

export const TakenLock = Type.Object(
  { token: Type.String({ description: 'A save must bring it.' }), until: Time },
  { ...closed, title: 'TakenLock' },
)
export type TakenLock = Static<typeof TakenLock>

export const Released = Type.Object({ released: Type.Boolean() }, { ...closed, title: 'Released' })

export const PublishToOclc = Type.Enum(['publish', 'holdings-only', 'do-not-publish'])

/** A bib as it is now; of a linked one the record is the network's with the local fields in their places. */
export const Bib = Type.Object(
  {
    mmsId: MmsId,
    zone: ZoneCode,
    version: Type.Integer({ minimum: 1 }),
    title: Type.String(),
    record: MarcRecord,
    briefLevel: Type.Integer({ minimum: 1, maximum: 10 }),
    suppressed: Type.Boolean(),
    publishToOclc: PublishToOclc,
    originatingSystem: Type.String(),
    linkedMmsId: nullable(MmsId),
    lock: nullable(Lock),
    changedAt: Time,
    changedBy: nullable(Type.String()),
    job: nullable(RowId),
  },
  { ...closed, title: 'Bib' },
)
export type Bib = Static<typeof Bib>

export const BibVersion = Type.Object(
  {
    version: Type.Integer({ minimum: 1 }),
    action: Type.Enum([
      'created',
      'merged',
      'overlaid',
      'edited',
      'linked',
      'unlinked',
      'restored',
      'tagged',
      'deleted',
    ]),
    current: Type.Boolean(),
    record: nullable(MarcRecord),
    briefLevel: Type.Integer({ minimum: 1, maximum: 10 }),
    suppressed: Type.Boolean(),
    publishToOclc: PublishToOclc,
    originatingSystem: Type.String(),
    changedAt: Time,
    changedBy: nullable(Type.String()),
    job: nullable(RowId),
    file: nullable(Count),
    position: nullable(Count),
  },
  {
    ...closed,
    title: 'BibVersion',
    description: 'A linked bib’s versions hold its leader and local fields alone.',
  },
)
export type BibVersion = Static<typeof BibVersion>

/** Newest first. */
export const BibVersionPage = Type.Object({ rows: list(BibVersion), next: nullable(Cursor) }, closed)
export type BibVersionPage = Static<typeof BibVersionPage>

const tags = { suppressed: Type.Boolean(), publishToOclc: PublishToOclc }

export const SharedBib = Type.Object(
  {
    mmsId: MmsId,
    isNew: Type.Boolean({ description: 'Whether it was made now.' }),
    /** Other bibs of the zone with the same OCLC number. */
    alike: list(MmsId),
    ...tags,
    theirs: Type.Object(tags, {
      ...closed,
      description: 'Of the bib of the network or of the community zone.',
    }),
  },
  { ...closed, title: 'SharedBib' },
)
export type SharedBib = Static<typeof SharedBib>

export const UnlinkedBib = Type.Object(
  { mmsId: MmsId, unlinkedFrom: MmsId, ...tags },
  { ...closed, title: 'UnlinkedBib' },
)
export type UnlinkedBib = Static<typeof UnlinkedBib>

export const SharedFrom = Type.Object(
  { of: MmsId },
  { ...closed, title: 'SharedFrom', description: 'A bib of the network or of the community zone.' },
)
export type SharedFrom = Static<typeof SharedFrom>

export const BibParams = Type.Object({ zone: ZoneCode, mmsId: MmsId }, closed)

export const BibQuery = Type.Object(
  {
    format: Type.Optional(Type.Enum(['mrc', 'xml', 'json', 'mrk'], { description: 'The record as a file.' })),
  },
  closed,
)

export const BibVersionQuery = Type.Object({ after: Type.Optional(Cursor), limit: Limit(100, 20) }, closed)
