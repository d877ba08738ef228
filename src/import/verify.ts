import type { Database } from '../db/database.ts'
import { getZone } from '../catalog/zone.ts'
import { type Check, exampleCount, type Scope, type SqlCheck } from './check.ts'
import { getJobRow } from './job-row.ts'
import { bibChecks } from './verify-bibs.ts'
import { combinedChecks } from './verify-combined.ts'
import { exportChecks } from './verify-exports.ts'
import { verifyDerived } from './verify-derived.ts'
import { inventoryChecks } from './verify-inventory.ts'
import { verifyFiles } from './verify-files.ts'
import { jobChecks } from './verify-jobs.ts'

export type VerifyOptions = {
  /** This job alone: its files and its ledger. */
  readonly job?: number
  /** Code of a zone: its bibs, and the jobs that went into it. */
  readonly zone?: string
  /** Reads every stored file to its end and derives the rows of every bib; otherwise of a sample. */
  readonly full?: boolean
  /** About how many bibs a sample has; 10,000 by default. */
  readonly sample?: number
}

/**
 * Checks everything that foreign keys and unique indexes would hold if the hot tables could have them, and
 * what no index could: that the ledger accounts for every byte and record, and that what bibs are found by
 * is what their records say. Each check is a query over whole sets, in one snapshot; memory stays flat.
 *
 * @throws {ImportRefusal} where there is no such job @throws {ZoneNotFound}
 */
export async function* verify(
  db: Database,
  dataDir: string,
  { job, zone, full = false, sample = 10_000 }: VerifyOptions = {},
): AsyncGenerator<Check> {
  if (job !== undefined) await getJobRow(db, job)
  const zones = zone === undefined ? null : [(await getZone(db, zone)).zoneId]
  const scope: Scope = { zones, job: job ?? null }
  yield* verifyFiles(db, dataDir, scope, full)
  for (const check of [...jobChecks, ...combinedChecks])
    yield await runCheck(db, check, [scope.zones, scope.job])
  if (job !== undefined) return
  for (const check of [...bibChecks, ...inventoryChecks, ...exportChecks])
    yield await runCheck(db, check, [scope.zones])
  yield* verifyDerived(db, scope, full ? Infinity : sample)
}

async function runCheck(db: Database, check: SqlCheck, values: readonly unknown[]): Promise<Check> {
  const { id, title } = check
  const [row] = await db.transaction(async (tx) => {
    // After a bulk load the planner takes the tables for small, and would go through them once a row.
    await tx.query(
      `select set_config('transaction_read_only', 'on', true), set_config('enable_nestloop', 'off', true)`,
    )
    return tx.query<{ checked: number; breaches: number; examples: string[] | null }>(
      `with breach as materialized (${check.breaches})
       select (${check.checked}) as checked, (select count(*) from breach) as breaches,
         (select array_agg(example) from (select example from breach order by example limit ${exampleCount}) first) as examples`,
      values,
    )
  })
  return {
    id,
    title,
    checked: row?.checked ?? 0,
    breaches: row?.breaches ?? 0,
    examples: row?.examples ?? [],
  }
}
