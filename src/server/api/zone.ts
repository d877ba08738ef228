import { type Static, Type } from 'typebox'
import { closed, Count, list, nullable, ZoneCode } from './shape.ts'

export const Zone = Type.Object(
  {
    code: ZoneCode,
    kind: Type.Enum(['institution', 'network', 'community']),
    name: Type.String(),
    suffix: Type.String({ description: 'Last four digits of the zone’s record numbers.' }),
    network: nullable(ZoneCode),
    bibs: Count,
  },
  { ...closed, title: 'Zone' },
)
export type Zone = Static<typeof Zone>

export const Zones = list(Zone)

export const ZoneParams = Type.Object({ zone: ZoneCode }, closed)
