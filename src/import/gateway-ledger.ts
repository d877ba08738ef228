import { partOf } from '../catalog/part.ts'
import type { Zone } from '../catalog/zone.ts'
import type { Queryable, Tx } from '../db/database.ts'
import type { Code, Outcome } from '../rules/outcome.ts'
import type { Trace } from '../rules/trace.ts'
import type { BatchResult } from './batch.ts'

/** A record as it came to the gateway for a zone. */
export type Received = {
  readonly zone: Zone
  /** Where its bib belongs; the network, where the profile uses the network zone. */
  readonly bibZone: Zone
  /** As it was sent, a person included. */
  readonly logon: string
  /** Field U, the OCLC authorisation. */
  readonly oclcUser: string
  /** Who is noted as having changed the bib. */
  readonly sentBy: string
  readonly address: string
  /** What stood before the record, the secret masked. */
  readonly header: string
  readonly bytes: Uint8Array
  readonly sha256: string
  readonly title: string
  readonly oclcNumber: string | null
  /** The numbers that are the record's own, as `kind:value`. */
  readonly ownKeys: readonly string[]
}

/** What became of a received record; without an outcome where the profile was not active, and nothing was looked at. */
export type Exported = Pick<
  BatchResult,
  'mmsId' | 'versionBefore' | 'versionAfter' | 'linkedMmsId' | 'trace'
> & {
  readonly outcome: Outcome | null
  readonly code: Code | 'NO_INTEGRATION_PROFILE' | null
  readonly reply: string
  readonly replayOf: number | null
}

/** The number of an export that is about to be written: its issue, named in its reply, needs it first. */
export async function reserveExport(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ id: number }>(
    `select nextval(pg_get_serial_sequence('gateway_export', 'export_id')) as id`,
  )
  return row?.id ?? 0
}

/** Writes the row of an export, in the transaction of its effects. */
export const addExport = (
  tx: Queryable,
  id: number,
  received: Received,
  exported: Exported,
): Promise<number> =>
  tx.execute(
    `insert into gateway_export (
       export_id, zone_id, bib_zone_id, logon, oclc_user, sent_by, address, header, record, sha256, outcome, code,
       mms_id, version_before, version_after, linked_mms_id, title, oclc_number, keys, trace, reply, replay_of, part)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20::jsonb, $21, $22, $23)`,
    [
      id,
      received.zone.zoneId,
      received.bibZone.zoneId,
      received.logon,
      received.oclcUser,
      received.sentBy,
      received.address,
      received.header,
      received.bytes,
      received.sha256,
      exported.outcome,
      exported.code,
      exported.mmsId,
      exported.versionBefore,
      exported.versionAfter,
      exported.linkedMmsId,
      received.title,
      received.oclcNumber,
      received.ownKeys,
      exported.trace === null ? null : JSON.stringify(exported.trace),
      exported.reply,
      exported.replayOf,
      partOf(received.sha256),
    ],
  )

/** A success that a retry is answered with. */
export type Success = {
  readonly id: number
  readonly outcome: 'created' | 'merged' | 'overlaid' | 'unchanged'
  readonly mmsId: string
  readonly versionBefore: number | null
  readonly versionAfter: number | null
  readonly linkedMmsId: string | null
  readonly trace: Trace | null
}

/** How long the same record is taken for a client's retry rather than for another export. */
const retryTime = `interval '15 minutes'`

/** The success of the same bytes by the same logon a short while ago (D23), as long as its bibs are there. */
export async function findSuccess(
  tx: Queryable,
  { zone, bibZone, logon, sha256 }: Received,
): Promise<Success | undefined> {
  const [success] = await tx.query<Success>(
    `select e.export_id as id, e.outcome, e.mms_id as "mmsId", e.version_before as "versionBefore",
            e.version_after as "versionAfter", e.linked_mms_id as "linkedMmsId", e.trace
     from gateway_export e
     where e.sha256 = $1 and e.zone_id = $2 and e.bib_zone_id = $3 and e.logon = $4 and e.replay_of is null
       and e.received_at > now() - ${retryTime} and e.outcome in ('created', 'merged', 'overlaid', 'unchanged')
       and exists (select from bib b where b.zone_id = e.bib_zone_id and b.mms_id = e.mms_id)
       and (e.linked_mms_id is null
            or exists (select from bib b where b.zone_id = e.zone_id and b.mms_id = e.linked_mms_id))
     order by e.export_id desc limit 1`,
    [sha256, zone.zoneId, bibZone.zoneId, logon],
  )
  return success
}
