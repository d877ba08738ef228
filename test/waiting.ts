import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '../src/db/database.ts'

/** Resolves when so many sessions wait for a lock. */
export async function waiting(db: Database, count: number): Promise<void> {
  for (;;) {
    const rows = await db.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    if (rows.length >= count) return
    await delay(10)
  }
}
