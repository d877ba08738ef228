import { type Static, Type } from 'typebox'
import { differences } from '../../import/replay-differences.ts'
import { FieldDiff } from './marc.ts'
import { Outcome, OutcomeCode } from './outcome.ts'
import { ImportProfile } from './profile.ts'
import { closed, Count, Cursor, Limit, list, nullable, page, RowId } from './shape.ts'

const cameTo = { outcome: Outcome, code: nullable(OutcomeCode) }

/** What a replay made otherwise of the records of its job. */
export const ReplayCounts = Type.Object(
  {
    of: RowId,
    same: Count,
    different: Count,
    notReached: Type.Integer({ minimum: 0, description: 'Records that the job itself had not come to.' }),
    by: Type.Object({ outcome: Count, code: Count, target: Count, content: Count, combined: Count }, closed),
    turns: list(
      Type.Object(
        { was: Type.Object(cameTo, closed), now: Type.Object(cameTo, closed), count: Count },
        closed,
      ),
    ),
  },
  { ...closed, title: 'ReplayCounts' },
)

const Difference = Type.Enum([...differences])

const CameTo = Type.Object(
  {
    ...cameTo,
    target: nullable(
      Type.String({
        description:
          'The bib; one that the run itself made is `new:file:position`, by the record that it was made of.',
      }),
    ),
    combined: list(Type.String({ description: 'A bib that became one with it, and what it became.' })),
  },
  { ...closed, title: 'CameTo' },
)

const ReplayedRecord = Type.Object(
  {
    file: Count,
    position: Count,
    title: Type.String(),
    differs: list(Difference),
    was: CameTo,
    now: CameTo,
    diff: list(FieldDiff),
  },
  {
    ...closed,
    title: 'ReplayedRecord',
    description:
      'A record of a replay that came out otherwise; the fields are those of what the bib became, and would become now.',
  },
)

export const ReplayedRecordPage = page(ReplayedRecord)
export type ReplayedRecordPage = Static<typeof ReplayedRecordPage>

export const DifferenceQuery = Type.Object(
  {
    differs: Type.Optional(Difference),
    outcome: Type.Optional(Outcome),
    code: Type.Optional(OutcomeCode),
    after: Type.Optional(Cursor),
    limit: Limit(200, 50),
  },
  closed,
)

export const NewReplay = Type.Object(
  {
    version: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 2147483647,
        description: 'Of the job’s profile; the present one where nothing is said.',
      }),
    ),
    profile: Type.Optional(ImportProfile),
    same: Type.Optional(
      Type.Literal(true, { description: 'By the job’s own profile, with the rule files as they were then.' }),
    ),
  },
  { ...closed, title: 'NewReplay', description: 'By what the job is run anew; one of them at most.' },
)
export type NewReplay = Static<typeof NewReplay>
