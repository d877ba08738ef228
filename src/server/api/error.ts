import { type Static, Type } from 'typebox'
import { closed, Count, list, MmsId, nullable, Time } from './shape.ts'

export const Problem = Type.Object(
  {
    path: Type.String({ description: 'Where in the body, as `onMatch.mergeRule`.' }),
    message: Type.String(),
    line: Type.Optional(Type.Integer({ minimum: 1, description: 'In a text of several lines.' })),
    column: Type.Optional(Type.Integer({ minimum: 1 })),
    severity: Type.Optional(Type.Enum(['error', 'warning'])),
    code: Type.Optional(
      Type.String({ description: 'Of a finding about a record: one of docs/validation.md.' }),
    ),
    at: Type.Optional(Count),
  },
  { ...closed, title: 'Problem' },
)
export type Problem = Static<typeof Problem>

/** Of what is not any more what was read: what it is now. */
const CurrentVersion = Type.Object(
  { version: Type.Integer({ minimum: 1 }), changedAt: Time, changedBy: nullable(Type.String()) },
  { ...closed, title: 'CurrentVersion' },
)

/** A bib that matches a record, and the keys that they have in common. */
const MatchingBib = Type.Object(
  { mmsId: MmsId, title: Type.String(), by: list(Type.String()) },
  { ...closed, title: 'MatchingBib' },
)

/** Every answer that is not a success. */
export const ApiError = Type.Object(
  {
    error: Type.Object(
      {
        code: Type.String({ description: 'Stable; for programs.' }),
        message: Type.String({ description: 'What happened, for people.' }),
        remedy: Type.Optional(Type.String({ description: 'What can be done about it.' })),
        field: Type.Optional(Type.String({ description: 'The part of the request that is meant.' })),
        problems: Type.Optional(list(Problem)),
        current: Type.Optional(CurrentVersion),
        matches: Type.Optional(list(MatchingBib)),
        requestId: Type.Optional(
          Type.String({ description: 'To be named when the fault is reported; of 500 and 503.' }),
        ),
      },
      closed,
    ),
  },
  { ...closed, title: 'ApiError' },
)
export type ApiError = Static<typeof ApiError>
