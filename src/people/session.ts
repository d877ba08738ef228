import type { Database, Queryable } from '../db/database.ts'
import { actorOf, getPerson } from './person.ts'
import type { Actor } from './permissions.ts'
import { hashOf, newToken } from './secret.ts'

/** A session ends after so long without a sign of life, and in any case after so long. */
const idleHours = 8
const longestHours = 24

const isAlive = `s.seen_at > now() - interval '${idleHours} hours' and s.created_at > now() - interval '${longestHours} hours'`

export type From = { readonly address: string | null; readonly agent: string | null }

/** Begins a session and answers its token; what is left of those that are over goes. */
export async function beginSession(
  db: Queryable,
  personId: number,
  { address, agent }: From,
): Promise<string> {
  const token = newToken()
  await db.execute(`delete from session s where s.person_id = $1 and not (${isAlive})`, [personId])
  await db.execute(`insert into session (hash, person_id, address, agent) values ($1, $2, $3, $4)`, [
    hashOf(token),
    personId,
    address,
    agent?.slice(0, 300) ?? null,
  ])
  return token
}

/**
 * Who a session is of, and when it ends if nothing more is done; nothing for one that is over. A sign of
 * life is noted once a minute; what a page asks by itself is none.
 */
export async function findSession(
  db: Database,
  token: string,
  isLife: boolean,
): Promise<{ readonly actor: Actor; readonly endsAt: string } | null> {
  const hash = hashOf(token)
  const [row] = await db.query<{ personId: number; isStale: boolean; endsAt: string }>(
    `select s.person_id as "personId", s.seen_at < now() - interval '1 minute' as "isStale",
            least(case when $2 then now() else s.seen_at end + interval '${idleHours} hours', s.created_at + interval '${longestHours} hours') as "endsAt"
     from session s join person p using (person_id) where s.hash = $1 and p.active and ${isAlive}`,
    [hash, isLife],
  )
  if (!row) return null
  if (isLife && row.isStale) await db.execute(`update session set seen_at = now() where hash = $1`, [hash])
  return { actor: actorOf(await getPerson(db, row.personId)), endsAt: row.endsAt }
}

export const endSession = (db: Queryable, token: string): Promise<number> =>
  db.execute(`delete from session where hash = $1`, [hashOf(token)])

/** All of a person's, but for the one that asks. Returns how many there were. */
export const endSessions = (db: Queryable, personId: number, exceptToken: string | null): Promise<number> =>
  db.execute(`delete from session where person_id = $1 and hash is distinct from $2`, [
    personId,
    exceptToken === null ? null : hashOf(exceptToken),
  ])
