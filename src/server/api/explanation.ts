import { type Static, Type } from 'typebox'
import { BibTags } from './bib-tags.ts'
import { ruleKinds } from '../../rules/language/rule.ts'
import { InventoryStep, Repair, Trace, TracedGuard } from './job-record.ts'
import { FieldDiff, MarcRecord } from './marc.ts'
import { Outcome, OutcomeCode } from './outcome.ts'
import { ImportProfile } from './profile.ts'
import { closed, Count, list, MmsId, nullable } from './shape.ts'

const RuleLine = Type.Object(
  {
    kind: Type.Enum([...ruleKinds]),
    rule: Type.String({ description: 'The code of the rule file.' }),
    zone: Type.String(),
    version: Type.Integer({ minimum: 0, description: '0 of a rule that was sent along.' }),
    line: Count,
    text: Type.String({ description: 'What stands in the line.' }),
  },
  { ...closed, title: 'RuleLine' },
)

const diff = list(FieldDiff)

const ExplainedStep = Type.Object(
  {
    step: Type.String(),
    rule: nullable(Type.Object({ code: Type.String(), zone: Type.String(), version: Count }, closed)),
    rules: list(
      Type.Object(
        {
          place: RuleLine,
          isMet: Type.Boolean(),
          lines: list(Type.Object({ place: RuleLine, diff }, closed)),
        },
        closed,
      ),
    ),
    diff,
  },
  {
    ...closed,
    title: 'ExplainedStep',
    description: 'A step of normalisation and what it changed; nothing where it changed nothing.',
  },
)

const ExplainedProblem = Type.Object(
  {
    code: Type.String(),
    severity: Type.Enum(['error', 'warning']),
    field: nullable(Type.String()),
    value: nullable(Type.String()),
    message: Type.String(),
    remedy: Type.String(),
  },
  { ...closed, title: 'ExplainedProblem' },
)

const Carrier = Type.Enum(['print', 'electronic', 'other'])

const ExplainedPrepared = Type.Object(
  {
    title: Type.String(),
    keys: list(Type.Object({ kind: Type.String(), value: Type.String(), origin: Type.String() }, closed)),
    carrier: Carrier,
    isSerial: Type.Boolean(),
    isDelete: Type.Boolean(),
    briefLevel: Type.Object(
      {
        level: Type.Integer({ minimum: 1, maximum: 10 }),
        rule: nullable(Type.String()),
        line: nullable(RuleLine),
      },
      closed,
    ),
    originatingNumber: nullable(Type.String()),
    version005: nullable(Type.String()),
  },
  { ...closed, title: 'ExplainedPrepared' },
)

const ExplainedMatch = Type.Object(
  {
    method: Type.String(),
    name: Type.String(),
    steps: list(
      Type.Object(
        {
          name: Type.String(),
          looked: list(Type.String({ description: 'A key that was looked up: `kind:value`.' })),
          candidates: list(
            Type.Object(
              {
                mmsId: Type.String(),
                title: Type.String(),
                version: Count,
                carrier: Carrier,
                ...BibTags.properties,
                by: list(Type.String()),
                score: Type.Optional(Type.Number()),
                evidence: Type.Optional(list(Type.String())),
                dropped: Type.Optional(Type.String({ description: 'Why it was set aside.' })),
              },
              closed,
            ),
          ),
          settled: list(
            Type.Object(
              {
                setting: Type.Enum([
                  'disregardCommunity',
                  'disregardCancelled',
                  'preferSameCarrier',
                  'newest',
                ]),
                dropped: list(Type.String()),
              },
              {
                ...closed,
                description: 'Of several matches: what was tried, in this order, and what it set aside.',
              },
            ),
          ),
          matches: list(Type.String()),
          isCapped: Type.Boolean(),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'ExplainedMatch' },
)

const ExplainedGuard = Type.Object(
  {
    guard: Type.String(),
    said: Type.Enum(['passed', 'warned', 'review', 'refused', 'off']),
    traced: nullable(TracedGuard),
  },
  { ...closed, title: 'ExplainedGuard' },
)

const MergeLine = nullable(Type.Object({ line: Count, text: Type.String() }, closed))

export const ExplainedMerge = Type.Object(
  {
    action: Type.Enum(['merge', 'overlay']),
    rule: Type.Object(
      {
        code: Type.String(),
        name: Type.String(),
        zone: nullable(Type.String()),
        version: nullable(Count),
      },
      closed,
    ),
    fields: list(
      Type.Object(
        {
          decision: Type.Enum(['kept', 'added', 'removed', 'replaced', 'left']),
          before: nullable(Type.String()),
          incoming: nullable(Type.String()),
          after: nullable(Type.String()),
          why: Type.String(),
          sentence: Type.String({ description: 'Why, for people.' }),
          protection: nullable(Type.String()),
          line: MergeLine,
          removal: MergeLine,
        },
        closed,
      ),
    ),
  },
  {
    ...closed,
    title: 'ExplainedMerge',
    description:
      'Field by field: what it was, what came, what it is, and the line of the rule that decided; of a rule that is part of the program, the number of its action.',
  },
)

const ExplainedBib = Type.Object(
  {
    record: MarcRecord,
    briefLevel: Count,
    suppressed: Type.Boolean(),
    publishToOclc: Type.Enum(['publish', 'holdings-only', 'do-not-publish']),
    originatingSystem: Type.String(),
  },
  { ...closed, title: 'ExplainedBib' },
)

export const Explanation = Type.Object(
  {
    place: Type.Object(
      { entry: nullable(Type.String()), position: Count, offset: Count, length: Count },
      closed,
    ),
    decode: Type.Object(
      {
        format: Type.Enum(['iso2709', 'marcxml', 'json', 'mrk']),
        encoding: nullable(Type.Enum(['utf-8', 'marc-8', 'cp1252', 'mixed', 'ascii'])),
        repairs: list(Repair),
        record: nullable(MarcRecord),
        rejected: nullable(Type.Object({ code: Type.String(), message: Type.String() }, closed)),
      },
      closed,
    ),
    filter: nullable(Type.Object({ isMet: Type.Boolean(), by: nullable(RuleLine) }, closed)),
    normalize: list(ExplainedStep),
    validate: nullable(
      Type.Object(
        {
          problems: list(ExplainedProblem),
          putOff: Type.Integer({ minimum: 0, description: 'Findings that exceptions put off.' }),
        },
        closed,
      ),
    ),
    prepared: nullable(ExplainedPrepared),
    match: nullable(ExplainedMatch),
    guards: list(ExplainedGuard),
    merge: nullable(ExplainedMerge),
    combined: list(
      Type.Object(
        {
          mmsId: Type.String(),
          became: Type.String(),
          into: Type.String(),
          versionBefore: Count,
          versionAfter: Count,
        },
        closed,
      ),
    ),
    inventory: list(InventoryStep),
    result: Type.Object(
      {
        mmsId: nullable(Type.String({ description: 'Of a bib that would be made, `new:file:position`.' })),
        versionBefore: nullable(Count),
        versionAfter: nullable(Count),
        before: nullable(ExplainedBib),
        after: nullable(ExplainedBib),
        diff,
      },
      closed,
    ),
    outcome: Outcome,
    code: nullable(OutcomeCode),
    sentence: nullable(Type.String()),
    remedy: nullable(Type.String()),
    matched: Count,
    duplicateInFile: Type.Boolean(),
    failed: nullable(
      Type.Object({ rule: Type.String(), line: nullable(RuleLine), why: Type.String() }, closed),
    ),
    trace: nullable(Trace),
  },
  {
    ...closed,
    title: 'Explanation',
    description: 'All that was decided about a record, step by step; what it did not come to is nothing.',
  },
)
export type Explanation = Static<typeof Explanation>

export const RecordExplanation = Type.Object(
  {
    explanation: Explanation,
    agrees: Type.Boolean({
      description:
        'Whether it comes to what the ledger says. Not, where something that has no past has changed since.',
    }),
  },
  { ...closed, title: 'RecordExplanation' },
)
export type RecordExplanation = Static<typeof RecordExplanation>

export const Simulation = Type.Object(
  {
    record: Type.String({
      minLength: 1,
      description:
        'One record: MARCXML, MARC-in-JSON, mnemonic text, ISO 2709, or a field a line; as base64 where the encoding says so.',
    }),
    encoding: Type.Optional(Type.Enum(['text', 'base64'])),
    profile: Type.Union([Type.String({ description: 'The code of a profile of the zone.' }), ImportProfile]),
    version: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 2147483647,
        description: 'Of the profile with that code; the present one where nothing is said.',
      }),
    ),
    rules: Type.Optional(
      list(
        Type.Object({ kind: Type.Enum([...ruleKinds]), code: Type.String(), text: Type.String() }, closed),
      ),
    ),
    against: Type.Optional(MmsId),
  },
  {
    ...closed,
    title: 'Simulation',
    description:
      'Rules that are sent along go before those that are saved. `against` is taken as the match, in place of what matching would find.',
  },
)
export type Simulation = Static<typeof Simulation>
