import { type Static, Type } from 'typebox'
import { closed, MmsId, Sha256 } from './shape.ts'

export const ShareAs = Type.Enum(['create', 'theirs', 'merge', 'overlay'], {
  description:
    'What becomes of the network’s bib: ours as a new one; theirs as it is; ours merged into it; ours in its place. Ours is linked to it then.',
})
export type ShareAs = Static<typeof ShareAs>

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
          description: 'The bibs, where there is no list.',
        }),
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
