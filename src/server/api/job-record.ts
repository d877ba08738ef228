import { type Static, Type } from 'typebox'
import { inventoryResults } from '../../rules/inventory/plan-inventory.ts'
import { BibTags } from './bib-tags.ts'
import { FieldDiff, MarcRecord } from './marc.ts'
import { Outcome, OutcomeCode } from './outcome.ts'
import {
  closed,
  Count,
  Cursor,
  Limit,
  list,
  MmsId,
  nullable,
  page,
  RowId,
  upperCodeOf,
  ZoneCode,
} from './shape.ts'

const RepairCode = upperCodeOf(['LENGTH', 'ENCODING_LABEL'])

const record = {
  file: Count,
  position: Type.Integer({ minimum: 1 }),
  offset: Count,
  length: Count,
  outcome: Outcome,
  code: nullable(OutcomeCode),
  sentence: nullable(Type.String({ description: 'What the code means.' })),
  remedy: nullable(Type.String()),
  mmsId: nullable(
    Type.String({ description: 'Of the bib that it became or met; of a preview’s new bib, nothing.' }),
  ),
  ours: nullable(
    Type.String({
      description: 'The institution’s bib that was to be linked to it, of a job over a list of bibs.',
    }),
  ),
  tags: nullable(BibTags),
  oursTags: nullable(BibTags),
  title: Type.String(),
  matched: Count,
  duplicateInFile: Type.Boolean(),
  repairs: list(RepairCode),
  versionBefore: nullable(Count),
  versionAfter: nullable(Count),
  issue: nullable(Type.Object({ id: RowId, resolution: nullable(Type.String()) }, closed)),
}

/** One record of a job: one row of the ledger. */
export const JobRecord = Type.Object(record, { ...closed, title: 'JobRecord' })
export type JobRecord = Static<typeof JobRecord>

export const JobRecordPage = page(JobRecord)
export type JobRecordPage = Static<typeof JobRecordPage>

export const TracedGuard = Type.Union([
  Type.Object({ guard: Type.Literal('linked'), linkedTo: MmsId }, closed),
  Type.Object(
    {
      guard: Type.Literal('locked'),
      holder: Type.String(),
      zone: nullable(ZoneCode),
      since: Type.String(),
    },
    closed,
  ),
  Type.Object({ guard: Type.Literal('brief'), existing: Count, incoming: Count }, closed),
  Type.Object(
    {
      guard: Type.Literal('older'),
      existing: nullable(Type.String()),
      incoming: nullable(Type.String()),
      why: Type.String(),
    },
    closed,
  ),
  Type.Object({ guard: Type.Literal('delete'), hangs: list(Type.String()) }, closed),
  Type.Object(
    {
      guard: Type.Literal('oclc'),
      code: Type.Enum(['OCLC_TWO_CURRENT', 'OCLC_NUMBER_CHANGE', 'OCLC_CANCELLED_ELSEWHERE']),
      numbers: list(Type.String()),
      mmsId: Type.Optional(Type.String()),
      superseded: Type.Optional(Type.Boolean({ description: 'OCLC has merged its records.' })),
    },
    closed,
  ),
  Type.Object({ guard: Type.Literal('combine'), mmsId: Type.String(), why: Type.String() }, closed),
])

export const Trace = Type.Object(
  {
    ours: Type.Optional(Type.Object({ mmsId: Type.String(), version: Count }, closed)),
    method: Type.Optional(Type.String()),
    step: Type.Optional(Type.String()),
    looked: Type.Optional(list(Type.String())),
    candidates: Type.Optional(
      list(
        Type.Object(
          {
            mmsId: Type.String(),
            by: list(Type.String({ description: 'The key that hit: `kind:value/origin`.' })),
            score: Type.Optional(Type.Number()),
            evidence: Type.Optional(list(Type.String({ description: 'What agreed or not: `feature +30`.' }))),
            dropped: Type.Optional(
              Type.Enum([
                'community',
                'cancelled-number',
                'other-carrier',
                'other-year',
                'other-type',
                'other-author',
                'low-score',
                'veto',
                'added-earlier',
              ]),
            ),
          },
          closed,
        ),
      ),
    ),
    capped: Type.Optional(Type.Boolean()),
    superseded: Type.Optional(list(Type.Object({ mmsId: Type.String(), by: list(Type.String()) }, closed))),
    guard: Type.Optional(TracedGuard),
    warned: Type.Optional(list(TracedGuard)),
    rule: Type.Optional(Type.String()),
    merge: Type.Optional(list(Type.String({ description: 'Of the rule: `line verb tag×times`.' }))),
    combined: Type.Optional(
      list(
        Type.Object({ mmsId: Type.String(), became: Type.Enum(['deleted', 'suppressed', 'kept']) }, closed),
      ),
    ),
    filtered: Type.Optional(Type.Object({ rule: Type.String(), line: Count }, closed)),
    failed: Type.Optional(
      Type.Object({ rule: Type.String(), line: nullable(Count), why: Type.String() }, closed),
    ),
    normalized: Type.Optional(list(Type.String())),
    problems: Type.Optional(list(Type.String())),
    reviewed: Type.Optional(
      Type.Object(
        {
          outcome: Type.String(),
          code: nullable(Type.String()),
          mmsId: nullable(Type.String()),
          inventory: Type.Optional(list(Type.String())),
        },
        closed,
      ),
    ),
    refused: Type.Optional(Type.String()),
  },
  {
    ...closed,
    title: 'Trace',
    description: 'How the outcome came about; a part that played no role is absent.',
  },
)
export type Trace = Static<typeof Trace>

export const Repair = Type.Object(
  { code: RepairCode, field: Type.Optional(Type.String()), before: Type.String(), after: Type.String() },
  { ...closed, title: 'Repair' },
)
export type Repair = Static<typeof Repair>

/** A bib that was combined into another, or hung on one that was. */
const CombinedBib = Type.Object(
  {
    zone: ZoneCode,
    mmsId: Type.String(),
    became: Type.Enum(['deleted', 'suppressed', 'kept', 'relinked', 'joined', 'extended', 'linked']),
    into: Type.String({ description: 'The bib that it became part of, or is linked to.' }),
    versionBefore: Count,
    versionAfter: Count,
  },
  { ...closed, title: 'CombinedBib' },
)

/** A piece of inventory that the record asked for, and what became of it. */
export const InventoryStep = Type.Object(
  {
    kind: Type.Enum(['holdings', 'item', 'portfolio']),
    result: Type.Enum([...inventoryResults]),
    code: nullable(
      Type.Enum([
        'NO_PLACE',
        'NO_SUCH_LIBRARY',
        'NO_SUCH_LOCATION',
        'BARCODE_TAKEN',
        'NOT_A_BARCODE',
        'NOT_A_DATE',
        'NOT_A_URL',
        'BIB_GONE',
      ]),
    ),
    why: nullable(Type.String()),
    id: nullable(Type.String({ description: 'Of what a preview would make, such that it begins with new.' })),
    library: nullable(Type.String()),
    location: nullable(Type.String()),
    barcode: nullable(Type.String()),
    url: nullable(Type.String()),
    mmsId: nullable(Type.String()),
  },
  { ...closed, title: 'InventoryStep' },
)

export const WholeJobRecord = Type.Object(
  {
    ...record,
    repairs: list(Repair),
    trace: nullable(Trace),
    incoming: nullable(MarcRecord),
    before: nullable(MarcRecord),
    after: nullable(MarcRecord),
    diff: list(FieldDiff),
    combined: list(CombinedBib),
    inventory: list(InventoryStep),
  },
  { ...closed, title: 'WholeJobRecord' },
)
export type WholeJobRecord = Static<typeof WholeJobRecord>

export const JobRecordParams = Type.Object(
  {
    job: RowId,
    file: Type.Integer({ minimum: 0, maximum: 32767 }),
    position: Type.Integer({ minimum: 1, maximum: 2147483647 }),
  },
  closed,
)

const recordFilter = {
  outcome: Type.Optional(Outcome),
  code: Type.Optional(OutcomeCode),
  repair: Type.Optional(RepairCode),
  inventory: Type.Optional(
    Type.Literal('problems', { description: 'Only those of whose inventory something was wrong.' }),
  ),
}

export const JobRecordQuery = Type.Object(
  { ...recordFilter, after: Type.Optional(Cursor), limit: Limit(1000, 100) },
  closed,
)
export type JobRecordQuery = Static<typeof JobRecordQuery>

export const JobRecordFilter = Type.Object(recordFilter, closed)
export type JobRecordFilter = Static<typeof JobRecordFilter>
