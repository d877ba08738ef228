import { type Static, Type } from 'typebox'
import { Repair } from './job-record.ts'
import { FieldDiff, MarcRecord } from './marc.ts'
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
    local: list(
      Type.Integer({ minimum: 0, description: 'Place in `record.fields` of a local field of a linked bib.' }),
    ),
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

/** A bib that is no more, as it was last. */
export const DeletedBib = Type.Object(
  {
    mmsId: MmsId,
    zone: ZoneCode,
    title: Type.String(),
    record: MarcRecord,
    lastVersion: Type.Integer({
      minimum: 1,
      description: 'The version before its deletion, which it can be restored to.',
    }),
    linkedMmsId: nullable(
      Type.String({
        description: 'What it was linked to: it comes back by a new link, and not as a version.',
      }),
    ),
    deletedAt: Time,
    deletedBy: nullable(Type.String()),
    job: nullable(RowId),
    file: nullable(Count),
    position: nullable(Count),
    successor: nullable(
      Type.Object(
        {
          into: MmsId,
          inventory: Type.Integer({
            minimum: 0,
            description: 'Holdings, with their items, and portfolios that came along.',
          }),
        },
        { ...closed, title: 'Succession', description: 'The bib that it was combined into.' },
      ),
    ),
  },
  { ...closed, title: 'DeletedBib' },
)
export type DeletedBib = Static<typeof DeletedBib>

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
/** A finding about a record that hindered nothing. */
const Finding = Type.Object(
  {
    code: Type.String({ description: 'One of docs/validation.md.' }),
    severity: Type.Enum(['error', 'warning']),
    field: nullable(Type.String({ description: 'As `245`, `020 $a`, `245 ind2`, `008/24-27`.' })),
    at: nullable(Count),
    value: nullable(Type.String()),
    message: Type.String(),
    remedy: Type.String(),
  },
  { ...closed, title: 'Finding' },
)

/** What became of a bib by a person's change. */
export const SavedBib = Type.Object(
  {
    mmsId: MmsId,
    zone: ZoneCode,
    done: Type.Enum(['created', 'edited', 'tagged', 'restored', 'deleted', 'unchanged']),
    versionBefore: nullable(Type.Integer({ minimum: 1 })),
    version: Type.Integer({ minimum: 1 }),
    findings: list(Finding),
    repairs: list(Repair),
  },
  { ...closed, title: 'SavedBib' },
)
export type SavedBib = Static<typeof SavedBib>

export const RestoredBib = Type.Object(
  {
    ...SavedBib.properties,
    conflicts: list(
      Type.String({ description: 'What a later version has changed as well, and was left as it is.' }),
    ),
  },
  { ...closed, title: 'RestoredBib' },
)
export type RestoredBib = Static<typeof RestoredBib>

export const Tags = Type.Object(
  { suppressed: Type.Optional(Type.Boolean()), publishToOclc: Type.Optional(PublishToOclc) },
  { ...closed, title: 'Tags', description: 'What is left out stays as it is.', minProperties: 1 },
)
export type Tags = Static<typeof Tags>

/** Two versions of a bib, field by field. */
export const VersionDiff = Type.Object(
  {
    before: Type.Integer({ minimum: 1 }),
    after: Type.Integer({ minimum: 1 }),
    diff: list(FieldDiff),
    /** What differs besides the record. */
    tags: list(Type.Object({ name: Type.String(), before: Type.String(), after: Type.String() }, closed)),
  },
  { ...closed, title: 'VersionDiff' },
)
export type VersionDiff = Static<typeof VersionDiff>

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

const Version = Type.Integer({ minimum: 1, maximum: 2147483647 })

export const VersionParams = Type.Object({ zone: ZoneCode, mmsId: MmsId, version: Version }, closed)

export const TwoVersionParams = Type.Object(
  { zone: ZoneCode, mmsId: MmsId, version: Version, other: Version },
  closed,
)

const written = {
  ifVersion: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 2147483647,
      description: 'The version that was read: the change is refused where the bib is not that any more.',
    }),
  ),
  lock: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 60,
      pattern: String.raw`^[!-~]*$`,
      description: 'The token of one’s own lock.',
    }),
  ),
} as const

const saved = {
  checkMatch: Type.Optional(Type.Boolean({ description: 'Refused where other bibs match.' })),
  heedWarnings: Type.Optional(Type.Boolean({ description: 'Refused for findings that are warnings too.' })),
  suppressed: Type.Optional(Type.Boolean()),
  publishToOclc: Type.Optional(PublishToOclc),
} as const

export const AddBibQuery = Type.Object(saved, closed)

export const UpdateBibQuery = Type.Object({ ...written, ...saved }, closed)

export const WriteBibQuery = Type.Object(written, closed)

export const RestoreBibQuery = Type.Object(
  {
    ...written,
    keepLater: Type.Optional(
      Type.Boolean({
        description:
          'Takes back what was changed from that version to the next, and keeps what later ones changed.',
      }),
    ),
  },
  closed,
)

export const BibQuery = Type.Object(
  {
    format: Type.Optional(Type.Enum(['mrc', 'xml', 'json', 'mrk'], { description: 'The record as a file.' })),
  },
  closed,
)

export const BibVersionQuery = Type.Object({ after: Type.Optional(Cursor), limit: Limit(100, 20) }, closed)
