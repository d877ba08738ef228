import type { Queryable } from '../db/database.ts'

export type ImporterSeen = {
  /** When any importer last gave a sign of life. */
  readonly seenAt: string | null
  /** Whether that is less than 15 seconds ago, on the database's clock. */
  readonly alive: boolean
}

/** Whether anybody is there to run jobs. */
export async function importerSeen(db: Queryable): Promise<ImporterSeen> {
  const [row] = await db.query<ImporterSeen>(
    `select max(seen_at) as "seenAt", coalesce(max(seen_at) > now() - interval '15 seconds', false) as alive from importer`,
  )
  return row ?? { seenAt: null, alive: false }
}
