import type { Queryable } from '../db/database.ts'

/**
 * New MMS IDs of a zone: `99`, the next number of the sequence, the zone's suffix. Numbers that a
 * batch does not use are lost; gaps are normal.
 */
export async function reserveMmsIds(db: Queryable, suffix: string, count: number): Promise<string[]> {
  if (count === 0) return []
  const [row] = await db.query<{ numbers: string }>(
    `select string_agg(nextval('mms_id_sequence')::text, ',') as numbers from generate_series(1, $1::int)`,
    [count],
  )
  return (row?.numbers ?? '').split(',').map((number) => `99${number}${suffix}`)
}
