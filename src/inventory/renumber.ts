import type { Tx } from '../db/database.ts'
import { pack } from '../marc/packed.ts'
import type { MarcRecord } from '../marc/record.ts'
import { numberedHoldings, readHoldings } from '../rules/holdings/holdings-record.ts'
import { type By, keepVersions } from './revision.ts'

/** Holdings that get another call number: their record with it, and who brings that about. */
export type Renumbered = {
  readonly holdingsId: string
  readonly mmsId: string
  readonly record: MarcRecord
  readonly by: By
}

/** Gives holdings of a zone their records, in a statement. The caller holds their rows. */
export async function renumberHoldings(
  tx: Tx,
  zoneId: number,
  renumbered: readonly Renumbered[],
  stamp: string,
): Promise<void> {
  if (renumbered.length === 0) return
  const ids = renumbered.map(({ holdingsId }) => holdingsId)
  await keepVersions(tx, 'holdings', zoneId, ids)
  const rows = renumbered.map(({ holdingsId, mmsId, record, by }) => {
    const numbered = numberedHoldings(record, { holdingsId, mmsId, stamp })
    const facts = readHoldings(numbered)
    if ('message' in facts) throw new Error(`holdings ${holdingsId}: ${facts.message}`)
    return {
      holdings_id: holdingsId,
      record: pack(numbered),
      call_number: facts.callNumber,
      call_number_sort: facts.callNumberSort,
      changed_by: by.by,
      job_id: by.jobId,
      file_no: by.fileNo,
      position: by.position,
    }
  })
  await tx.execute(
    `update holdings h set version = h.version + 1, record = n.record, call_number = n.call_number,
       call_number_sort = n.call_number_sort, action = 'changed', changed_at = now(), changed_by = n.changed_by,
       job_id = n.job_id, file_no = n.file_no, position = n.position
     from jsonb_to_recordset($2::jsonb) as n (holdings_id text, record text, call_number text, call_number_sort text,
       changed_by text, job_id bigint, file_no int, position int)
     where h.zone_id = $1 and h.holdings_id = n.holdings_id`,
    [zoneId, JSON.stringify(rows)],
  )
}
