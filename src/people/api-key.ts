import type { Database, Queryable } from '../db/database.ts'
import { actorOf, getPerson } from './person.ts'
import type { Actor } from './permissions.ts'
import { PeopleRefusal } from './refusal.ts'
import { hashOf, newToken } from './secret.ts'

/** What programs act by, in somebody's name: some of the rights of its owner, for a time. */
export type ApiKey = {
  readonly id: number
  readonly name: string
  /** Its first characters, to tell keys apart. */
  readonly prefix: string
  /** The zones in which it counts; none: all of its owner's. */
  readonly zones: readonly string[]
  readonly writes: boolean
  readonly madeAt: string
  readonly endsAt: string
  readonly revokedAt: string | null
  readonly usedAt: string | null
  /** Revoked, or past its time. */
  readonly isOver: boolean
}

const columns = `api_key_id as id, name, prefix, zones, writes, made_at as "madeAt", ends_at as "endsAt",
  revoked_at as "revokedAt", used_at as "usedAt", revoked_at is not null or ends_at <= now() as "isOver"`

export const listApiKeys = (db: Queryable, personId: number): Promise<ApiKey[]> =>
  db.query<ApiKey>(`select ${columns} from api_key where person_id = $1 order by api_key_id desc`, [personId])

export type NewApiKey = {
  readonly name: string
  readonly zones: readonly string[]
  readonly writes: boolean
  readonly days: number
}

const mostDays = 366

/** Makes a key and answers it this once: its hash is kept. */
export async function addApiKey(
  db: Queryable,
  personId: number,
  { name, zones, writes, days }: NewApiKey,
): Promise<{ readonly key: ApiKey; readonly secret: string }> {
  if (name.trim() === '' || name.length > 100 || /\p{C}/u.test(name))
    throw new PeopleRefusal(
      'invalid',
      'INVALID_NAME',
      'The key needs a name of up to 100 characters that can be seen.',
      'Name it after the program that uses it.',
    )
  if (days < 1 || days > mostDays)
    throw new PeopleRefusal(
      'invalid',
      'INVALID_TIME',
      `A key lives from 1 to ${mostDays} days.`,
      'Choose a time within that.',
    )
  const secret = `acc_${newToken()}`
  const [row] = await db.query<ApiKey>(
    `insert into api_key (person_id, name, prefix, hash, zones, writes, ends_at)
     values ($1, $2, $3, $4, $5, $6, now() + make_interval(days => $7)) returning ${columns}`,
    [personId, name.trim(), secret.slice(0, 10), hashOf(secret), zones, writes, days],
  )
  if (!row) throw new Error('a new key came to no row')
  return { key: row, secret }
}

/** Ends a key at once. @throws {PeopleRefusal} where the person has none of that number */
export async function revokeApiKey(db: Queryable, personId: number, id: number): Promise<void> {
  const revoked = await db.execute(
    `update api_key set revoked_at = coalesce(revoked_at, now()) where person_id = $1 and api_key_id = $2`,
    [personId, id],
  )
  if (revoked === 0)
    throw new PeopleRefusal('missing', 'NO_SUCH_KEY', `There is no key ${id}.`, 'Look in the list of keys.')
}

/** Whom a key acts for, with the rights that are left of its owner's; nothing for one that is over or unknown. */
export async function findKeyActor(db: Database, secret: string): Promise<Actor | null> {
  const [row] = await db.query<{
    id: number
    personId: number
    name: string
    zones: string[]
    writes: boolean
    isStale: boolean
  }>(
    `select k.api_key_id as id, k.person_id as "personId", k.name, k.zones, k.writes,
            coalesce(k.used_at < now() - interval '1 minute', true) as "isStale"
     from api_key k join person p using (person_id)
     where k.hash = $1 and k.revoked_at is null and k.ends_at > now() and p.active`,
    [hashOf(secret)],
  )
  if (!row) return null
  if (row.isStale) await db.execute(`update api_key set used_at = now() where api_key_id = $1`, [row.id])
  const actor = actorOf(await getPerson(db, row.personId))
  const roles = Object.entries(actor.roles).filter(
    ([zone]) => row.zones.length === 0 || row.zones.includes(zone),
  )
  return {
    ...actor,
    name: `${actor.name} (${row.name})`,
    apiKeyId: row.id,
    roles: Object.fromEntries(roles),
    readsOnly: !row.writes,
  }
}
