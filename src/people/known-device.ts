import type { Queryable } from '../db/database.ts'
import { hashOf, newToken } from './secret.ts'

/** Browsers of a person that are remembered. */
const most = 20

/** What wrong tries of a browser are counted by, where the person has signed in in it before. */
export async function findDevice(
  db: Queryable,
  personId: number,
  token: string | null,
): Promise<string | null> {
  if (token === null) return null
  const hash = hashOf(token)
  const found = await db.query(`select from known_device where hash = $1 and person_id = $2`, [
    hash,
    personId,
  ])
  return found.length === 0 ? null : `${hash} ${personId}`
}

/** Remembers that somebody has signed in in a browser; the token for its cookie. */
export async function rememberDevice(db: Queryable, personId: number, token: string | null): Promise<string> {
  const known = token !== null && /^[\w-]{43}$/.test(token) ? token : newToken()
  await db.execute(
    `insert into known_device as d (hash, person_id) values ($1, $2)
     on conflict (hash, person_id) do update set seen_at = now()`,
    [hashOf(known), personId],
  )
  await db.execute(
    `delete from known_device where person_id = $1 and hash not in (
       select hash from known_device where person_id = $1 order by seen_at desc limit $2)`,
    [personId, most],
  )
  return known
}
