import { type Static, Type } from 'typebox'
import { closed, list, nullable, Time } from './shape.ts'
import { Zone } from './zone.ts'

export const Status = Type.Object(
  {
    version: Type.String(),
    database: Type.Enum(['up', 'away']),
    importer: Type.Object(
      { alive: Type.Boolean({ description: 'Seen within the last 15 seconds.' }), seenAt: nullable(Time) },
      closed,
    ),
    zones: list(Zone),
    demo: Type.Boolean(),
  },
  { ...closed, title: 'Status' },
)
export type Status = Static<typeof Status>
