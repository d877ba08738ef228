import type { Tx } from '../db/database.ts'
import type { BatchResult } from './batch.ts'
import type { Received, Success } from './gateway-ledger.ts'
import { waitsForPerson } from './ledger.ts'

/** Open issues of exports into a zone that are of the record with the values $2 and $3: its hash and its own numbers. */
const ofSameRecord = `
  i.zone_id = $1 and i.export_id is not null and i.resolved_at is null
  and exists (
    select from gateway_export e
    where e.export_id = i.export_id and (e.sha256 = $2 or (e.keys <> '{}' and e.keys <@ $3::text[])))`

/**
 * Opens the issue of an export that failed, if it is one for a person, and answers its number. A record
 * that fails again keeps the issue that it has, which goes over to the newer export: what is settled is
 * what was sent last. An authority record has none, since nothing could be made of it.
 */
export async function openExportIssue(
  tx: Tx,
  exportId: number,
  { zone, sha256, ownKeys }: Received,
  result: BatchResult,
): Promise<number | null> {
  const { outcome, code, candidates } = result
  if (!waitsForPerson(result) || code === 'NOT_A_BIB') return null
  const [again] = await tx.query<{ id: number }>(
    `update import_issue set export_id = $4, outcome = $5, code = $6, candidates = $7
     where issue_id = (select i.issue_id from import_issue i where ${ofSameRecord} order by i.issue_id limit 1)
     returning issue_id as id`,
    [zone.zoneId, sha256, ownKeys, exportId, outcome, code, candidates],
  )
  if (again) return again.id
  const [opened] = await tx.query<{ id: number }>(
    `insert into import_issue (zone_id, export_id, outcome, code, candidates)
     values ($1, $2, $3, $4, $5) returning issue_id as id`,
    [zone.zoneId, exportId, outcome, code, candidates],
  )
  return opened?.id ?? null
}

/** D23: what earlier exports of the record had left open is settled by its success. */
export const closeExportIssues = (
  tx: Tx,
  { zone, sha256, sentBy, allKeys }: Received & { readonly allKeys: readonly string[] },
  { mmsId, versionAfter }: Pick<Success, 'mmsId' | 'versionAfter'>,
): Promise<number> =>
  tx.execute(
    `update import_issue i set resolved_at = now(), resolution = 'exported', resolved_by = $4, mms_id = $5, version_after = $6
     where ${ofSameRecord}`,
    [zone.zoneId, sha256, allKeys, sentBy, mmsId, versionAfter],
  )
