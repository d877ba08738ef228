import type { Database, Queryable } from '../db/database.ts'
import { PeopleRefusal } from './refusal.ts'

/**
 * What wrong tries are counted by. A browser in which the person has signed in before is counted by itself,
 * so that nobody is locked out by what others try; `own` is somebody signed in who types the present password.
 */
export type TryKey = readonly ['login' | 'address' | 'device' | 'own', string]

/** Wrong tries that nobody waits for; from then on each doubles the wait. An address serves many people. */
const freeTries: Readonly<Record<TryKey[0], number>> = { login: 4, address: 20, device: 4, own: 4 }
const longestWait = 15 * 60

/** A try that is counted as wrong until it is known to be none. */
export type Try = {
  /** It was right: the row of wrong ones is over, but for that of the address, from which others try too. */
  right(): Promise<void>
  /** It was neither right nor wrong. */
  takeBack(): Promise<void>
}

/**
 * Counts a try before it is looked at, so that many at once are as many as one after the other.
 *
 * @throws {PeopleRefusal} TOO_MANY_TRIES where the wait is not over; nothing is counted then
 */
export async function beginTry(db: Database, keys: readonly TryKey[]): Promise<Try> {
  const before = await db.transaction(async (tx) => {
    const rows = await lockRows(tx, keys)
    refuseTooSoon(rows)
    // A day without one, and they count from one again.
    await tx.execute(
      `update sign_in_failure f set last_at = clock_timestamp(),
              failures = case when f.last_at < now() - interval '1 day' then 1 else f.failures + 1 end
       from unnest($1::text[], $2::text[]) as k (kind, value) where (f.kind, f.value) = (k.kind, k.value)`,
      unzip(keys),
    )
    return rows
  })
  const takeBack = (taken: readonly Row[]) =>
    db.execute(
      `update sign_in_failure f set failures = greatest(f.failures - 1, 0), last_at = clock_timestamp() - make_interval(secs => b.since)
       from unnest($1::text[], $2::text[], $3::float8[]) as b (kind, value, since)
       where (f.kind, f.value) = (b.kind, b.value)`,
      [...unzip(taken.map(({ kind, value }) => [kind, value])), taken.map(({ since }) => since)],
    )
  return {
    async right() {
      const own = keys.filter(([kind]) => kind !== 'address')
      await db.execute(
        `delete from sign_in_failure f using unnest($1::text[], $2::text[]) as k (kind, value)
         where (f.kind, f.value) = (k.kind, k.value)`,
        unzip(own),
      )
      await takeBack(before.filter(({ kind }) => kind === 'address'))
    },
    async takeBack() {
      await takeBack(before)
    },
  }
}

type Row = { kind: TryKey[0]; value: string; failures: number; since: number }

const unzip = (keys: readonly TryKey[]) => [keys.map(([kind]) => kind), keys.map(([, value]) => value)]

/**
 * A row for each key, locked until the transaction ends; what nobody has tried for a day goes. Times are those of the
 * clock: a transaction that waited for the row began before the other's try.
 */
async function lockRows(tx: Queryable, keys: readonly TryKey[]): Promise<Row[]> {
  await tx.execute(
    `insert into sign_in_failure (kind, value, failures, last_at)
     select kind, value, 0, now() from unnest($1::text[], $2::text[]) as k (kind, value) order by kind, value
     on conflict do nothing`,
    unzip(keys),
  )
  await tx.execute(
    `delete from sign_in_failure where (kind, value) in (
       select kind, value from sign_in_failure where last_at < now() - interval '1 day' limit 100
       for update skip locked)
       and not exists (select from unnest($1::text[], $2::text[]) as k (kind, value)
                       where (k.kind, k.value) = (sign_in_failure.kind, sign_in_failure.value))`,
    unzip(keys),
  )
  return tx.query<Row>(
    `select f.kind, f.value, f.failures, extract(epoch from clock_timestamp() - f.last_at)::float8 as since
     from sign_in_failure f join unnest($1::text[], $2::text[]) as k (kind, value) using (kind, value)
     order by f.kind, f.value for update of f`,
    unzip(keys),
  )
}

function refuseTooSoon(rows: readonly Row[]): void {
  const left = Math.max(0, ...rows.map(leftOf))
  if (left <= 0) return
  throw new PeopleRefusal(
    'wait',
    'TOO_MANY_TRIES',
    `There were too many wrong tries: the next is taken in ${Math.ceil(left)} seconds.`,
    'Wait that long; meanwhile no password is looked at.',
  )
}

/** Seconds until the next try is taken. */
const leftOf = ({ kind, failures, since }: Row): number =>
  failures < freeTries[kind] ? 0 : waitAfter(failures, freeTries[kind]) - since

/** Seconds from the last failure to the next try. */
const waitAfter = (failures: number, free: number): number =>
  Math.min(2 ** (failures - free + 1), longestWait)
