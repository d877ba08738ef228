import { type Static, Type } from 'typebox'
import { BibTags } from './bib-tags.ts'
import { Trace } from './job-record.ts'
import { OutcomeCode } from './outcome.ts'
import { MarcRecord } from './marc.ts'
import { Impact } from './share.ts'
import { closed, Count, Cursor, Limit, list, MmsId, nullable, page, RowId, Time, ZoneCode } from './shape.ts'

export const Resolution = Type.Enum(['merge', 'overlay', 'create', 'combine', 'discard'])
export type Resolution = Static<typeof Resolution>

const issue = {
  id: RowId,
  zone: ZoneCode,
  job: nullable(RowId),
  file: nullable(Count),
  position: nullable(Count),
  export: nullable(
    Type.Integer({ minimum: 1, description: 'Of the gateway; such an issue has no job, file and position.' }),
  ),
  outcome: Type.String(),
  code: OutcomeCode,
  sentence: Type.String(),
  remedy: nullable(Type.String()),
  title: Type.String(),
  candidates: list(MmsId),
  openedAt: Time,
  resolvedAt: nullable(Time),
  resolvedBy: nullable(Type.String()),
  resolution: nullable(Type.Enum(['merge', 'overlay', 'create', 'combine', 'discard', 'undone', 'exported'])),
  mmsId: nullable(MmsId),
}

/** A record that a person must settle. */
export const Issue = Type.Object(issue, { ...closed, title: 'Issue' })
export type Issue = Static<typeof Issue>

export const IssuePage = page(Issue)
export type IssuePage = Static<typeof IssuePage>

export const WholeIssue = Type.Object(
  {
    ...issue,
    bibZone: ZoneCode,
    tags: nullable(BibTags),
    trace: nullable(Trace),
    incoming: nullable(MarcRecord),
    prepared: nullable(MarcRecord),
    candidateBibs: list(
      Type.Object(
        { mmsId: MmsId, title: Type.String(), version: Count, record: MarcRecord, impact: Impact },
        closed,
      ),
    ),
  },
  { ...closed, title: 'WholeIssue' },
)
export type WholeIssue = Static<typeof WholeIssue>

export const IssueParams = Type.Object({ id: RowId }, closed)

export const IssueQuery = Type.Object(
  {
    zone: Type.Optional(ZoneCode),
    job: Type.Optional(RowId),
    code: Type.Optional(OutcomeCode),
    open: Type.Optional(Type.Boolean({ default: true })),
    after: Type.Optional(Cursor),
    limit: Limit(500, 100),
  },
  closed,
)
export type IssueQuery = Static<typeof IssueQuery>

export const Resolve = Type.Object(
  {
    as: Resolution,
    into: Type.Optional(
      Type.String({
        pattern: '^99[0-9]{6,17}$',
        description: 'The bib to merge into or to overlay, or that stays of several.',
      }),
    ),
    others: Type.Optional(
      Type.Array(Type.String({ pattern: '^99[0-9]{6,17}$' }), {
        minItems: 1,
        maxItems: 100,
        description: 'The bibs to combine into it; all other candidates, where none are named.',
      }),
    ),
  },
  { ...closed, title: 'Resolve' },
)
export type Resolve = Static<typeof Resolve>
