import type { Tx } from '../db/database.ts'
import { partOf } from './part.ts'

/** Advisory locks live in shared memory that is not ours to size, so a transaction takes at most these many a zone. */
const stripes = 256

/**
 * Locks what records are found by, not only their rows: two imports of the same *new* record would
 * otherwise both find nothing. Sorted by stripe, so that two batches cannot wait for each other; to
 * be called before any savepoint, whose rollback gives up locks taken after it.
 */
export async function lockKeys(tx: Tx, zoneId: number, values: Iterable<string>): Promise<void> {
  const wanted = new Set<number>()
  for (const value of values) {
    wanted.add(stripeOf(value))
    if (wanted.size === stripes) break
  }
  if (wanted.size === 0) return
  await tx.query(`select pg_advisory_xact_lock($1::int, stripe) from unnest($2::int[]) as stripe`, [
    zoneId,
    [...wanted].toSorted((a, b) => a - b),
  ])
}

/** Locks everything that bibs of a zone are found by, where the keys are not known before the bibs are. */
export async function lockAllKeys(tx: Tx, zoneId: number): Promise<void> {
  await tx.query(
    `select pg_advisory_xact_lock($1::int, stripe) from generate_series(0, ${stripes - 1}) as stripe`,
    [zoneId],
  )
}

const stripeOf = (value: string) => (partOf(value) * 4 + (value.charCodeAt(value.length - 1) & 3)) % stripes
