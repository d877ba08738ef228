import { type Static, Type } from 'typebox'
import { BibTags } from './bib-tags.ts'
import { Repair, Trace } from './job-record.ts'
import { Outcome, OutcomeCode } from './outcome.ts'
import { MarcRecord } from './marc.ts'
import { closed, Count, Cursor, Limit, list, MmsId, nullable, page, RowId, Time, ZoneCode } from './shape.ts'

const gatewayExport = {
  id: RowId,
  zone: ZoneCode,
  bibZone: ZoneCode,
  receivedAt: Time,
  logon: Type.String(),
  oclcUser: Type.String({ description: 'The OCLC authorisation that was sent along; empty where none was.' }),
  sentBy: Type.String({
    description: 'Who is noted: the person behind the logon, else the OCLC authorisation.',
  }),
  address: Type.String(),
  outcome: nullable(Outcome),
  code: nullable(OutcomeCode),
  sentence: nullable(Type.String({ description: 'What the code means.' })),
  remedy: nullable(Type.String()),
  mmsId: nullable(MmsId),
  linkedMmsId: nullable(MmsId),
  tags: nullable(BibTags),
  versionBefore: nullable(Count),
  versionAfter: nullable(Count),
  title: Type.String(),
  oclcNumber: nullable(Type.String()),
  replayOf: nullable(
    Type.Integer({ minimum: 1, description: 'The export whose success answered this one, a retry.' }),
  ),
  issue: nullable(Type.Object({ id: RowId, resolution: nullable(Type.String()) }, closed)),
}

/** A record that came to the gateway for a zone. */
export const GatewayExport = Type.Object(gatewayExport, { ...closed, title: 'GatewayExport' })
export type GatewayExport = Static<typeof GatewayExport>

/** Newest first. */
export const GatewayExportPage = page(GatewayExport)
export type GatewayExportPage = Static<typeof GatewayExportPage>

export const WholeGatewayExport = Type.Object(
  {
    ...gatewayExport,
    trace: nullable(Trace),
    header: Type.String({ description: 'What stood before the record, the secret masked.' }),
    reply: Type.String({ description: 'What the client was told.' }),
    repairs: list(Repair),
    incoming: nullable(MarcRecord),
  },
  { ...closed, title: 'WholeGatewayExport' },
)
export type WholeGatewayExport = Static<typeof WholeGatewayExport>

export const ExportParams = Type.Object({ id: RowId }, closed)

export const ExportQuery = Type.Object(
  {
    zone: Type.Optional(ZoneCode),
    sentBy: Type.Optional(Type.String({ maxLength: 300 })),
    imported: Type.Optional(
      Type.Boolean({ description: 'Only those that were, or only those that were not.' }),
    ),
    before: Type.Optional(Cursor),
    limit: Limit(500, 50),
  },
  closed,
)
export type ExportQuery = Static<typeof ExportQuery>

/** A connection; of very many, the newest are told. */
const GatewayConnection = Type.Object(
  {
    id: RowId,
    address: Type.String(),
    secure: Type.Boolean({ description: 'Over TLS.' }),
    since: Time,
    state: Type.Enum(['idle', 'receiving', 'importing', 'closing']),
    user: Type.String({ description: 'The OCLC authorisation of the last record; empty before it.' }),
    logon: Type.String(),
    answered: Count,
    last: nullable(Type.String({ description: 'What the last record came to: an outcome, or a code.' })),
  },
  { ...closed, title: 'GatewayConnection' },
)

export const Gateway = Type.Object(
  {
    status: Type.Enum(['listening', 'waiting', 'off'], {
      description: '`waiting`: it cannot listen yet, and tries again. `off`: this server runs none.',
    }),
    host: Type.String(),
    port: Count,
    tlsPort: nullable(Count),
    why: nullable(Type.String({ description: 'Why it does not listen, and what can be done.' })),
    connected: Count,
    connections: list(GatewayConnection),
  },
  { ...closed, title: 'Gateway' },
)
export type Gateway = Static<typeof Gateway>
