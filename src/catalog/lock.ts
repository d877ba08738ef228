import type { Database, Queryable, Tx } from '../db/database.ts'
import { lockLife } from './bib-state.ts'
import { partOf } from './part.ts'

export type HeldLock = {
  readonly holder: string
  readonly since: string
  readonly seenAt: string
  readonly until: string
  readonly token: string
}

export type LockResult =
  | { readonly ok: true; readonly lock: HeldLock }
  | { readonly ok: false; readonly why: 'not-found' }
  | { readonly ok: false; readonly why: 'held'; readonly lock: HeldLock }

const lockColumns = `holder, since, seen_at as "seenAt", seen_at + ${lockLife} as until, token::text`

/**
 * Locks a bib for a person, or renews the lock that the person has. Somebody else's lock stands
 * until 60 minutes after its last sign of life (D22); a lapsed one is taken over with a new token,
 * so that a save under the old one is refused.
 */
export const lockBib = (
  db: Database,
  zoneId: number,
  mmsId: string,
  holder: string,
  holderZoneId: number | null,
): Promise<LockResult> =>
  db.transaction(async (tx: Tx): Promise<LockResult> => {
    const bibs = await tx.query(`select from bib where zone_id = $1 and mms_id = $2 for update`, [
      zoneId,
      mmsId,
    ])
    if (bibs.length === 0) return { ok: false, why: 'not-found' }
    await tx.execute(
      `delete from bib_lock where zone_id = $1 and mms_id = $2 and seen_at <= now() - ${lockLife}`,
      [zoneId, mmsId],
    )
    const [lock] = await tx.query<HeldLock>(
      `insert into bib_lock as l (zone_id, mms_id, holder, holder_zone_id, since, seen_at, part)
       values ($1, $2, $3, $4, now(), now(), $5)
       on conflict (zone_id, mms_id, part) do update set seen_at = now() where l.holder = excluded.holder
       returning ${lockColumns}`,
      [zoneId, mmsId, holder, holderZoneId, partOf(mmsId)],
    )
    if (lock) return { ok: true, lock }
    const [held] = await tx.query<HeldLock>(
      `select ${lockColumns} from bib_lock where zone_id = $1 and mms_id = $2`,
      [zoneId, mmsId],
    )
    if (!held) throw new Error(`the lock of ${mmsId} went away inside a transaction that holds its bib`)
    return { ok: false, why: 'held', lock: held }
  })

/** Releases a lock; with a holder, only that person's. Returns whether there was one to release. */
export async function releaseBib(
  db: Database,
  zoneId: number,
  mmsId: string,
  holder?: string,
): Promise<boolean> {
  const released = await db.execute(
    `delete from bib_lock where zone_id = $1 and mms_id = $2 and ($3::text is null or holder = $3)`,
    [zoneId, mmsId, holder ?? null],
  )
  return released > 0
}

/**
 * Gives a sign of life of the lock that a person has under a token, and answers whether it is there. One that
 * has lapsed and that nobody has taken over is theirs still.
 */
export const renewLock = async (
  tx: Tx,
  zoneId: number,
  mmsId: string,
  holder: string,
  token: string,
): Promise<boolean> =>
  (await tx.execute(
    `update bib_lock set seen_at = now() where zone_id = $1 and mms_id = $2 and holder = $3 and token::text = $4`,
    [zoneId, mmsId, holder, token],
  )) > 0

/** The live locks of some bibs, by the bibs' numbers. */
export async function findLocks(
  db: Queryable,
  zoneId: number,
  mmsIds: readonly string[],
): Promise<ReadonlyMap<string, HeldLock>> {
  const locks = await db.query<HeldLock & { readonly mmsId: string }>(
    `select mms_id as "mmsId", ${lockColumns} from bib_lock
     where zone_id = $1 and mms_id = any($2::text[]) and seen_at > now() - ${lockLife}`,
    [zoneId, mmsIds],
  )
  return new Map(locks.map(({ mmsId, ...lock }) => [mmsId, lock]))
}

/** The live lock of a bib, or nothing. */
export async function findLock(db: Queryable, zoneId: number, mmsId: string): Promise<HeldLock | undefined> {
  const [lock] = await db.query<HeldLock>(
    `select ${lockColumns} from bib_lock where zone_id = $1 and mms_id = $2 and seen_at > now() - ${lockLife}`,
    [zoneId, mmsId],
  )
  return lock
}
