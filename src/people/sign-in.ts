import type { Database, Queryable } from '../db/database.ts'
import { isPassword } from './password.ts'
import { PeopleRefusal } from './refusal.ts'
import { hashOf } from './secret.ts'
import { beginSession, type From } from './session.ts'
import { periodOf } from './totp.ts'

export type Credentials = {
  readonly login: string
  readonly password: string
  /** Of the authenticator, or one of the recovery codes. */
  readonly code?: string
}

/** Wrong tries that nobody waits for; from then on each doubles the wait. An address serves many people. */
const freeTries = { login: 4, address: 20 } as const
const longestWait = 15 * 60

/**
 * Signs somebody in and answers the session's token. An unknown login and a wrong password get the same words
 * after the same time.
 *
 * @throws {PeopleRefusal} SIGN_IN_FAILED, CODE_NEEDED (the password was right), or TOO_MANY_TRIES
 */
export async function signIn(
  db: Database,
  { login, password, code }: Credentials,
  from: From,
): Promise<string> {
  const plain = login.trim().toLowerCase().slice(0, 80)
  const keys = [
    ['login', plain],
    ...(from.address === null ? [] : [['address', from.address] as const]),
  ] as const
  await refuseTooSoon(db, keys)
  const [person] = await db.query<PersonRow>(
    `select person_id as id, password, totp_secret as "totpSecret", totp_used as "totpUsed"
     from person where login = $1 and active`,
    [plain],
  )
  const isRight = await isPassword(password, person?.password ?? null)
  if (!person || !isRight) {
    await noteFailure(db, keys)
    throw failed()
  }
  if (person.totpSecret !== null && !(await isSecondFactor(db, person, code))) {
    if (code === undefined)
      throw new PeopleRefusal(
        'refused',
        'CODE_NEEDED',
        'The code of the authenticator is needed too.',
        'Type its six digits.',
      )
    await noteFailure(db, keys)
    throw new PeopleRefusal(
      'refused',
      'WRONG_CODE',
      'The code is not right, or was used before.',
      'Wait for the next code, or use a recovery code.',
    )
  }
  await db.execute(`delete from sign_in_failure where kind = 'login' and value = $1`, [plain])
  return beginSession(db, person.id, from)
}

type PersonRow = { id: number; password: string | null; totpSecret: string | null; totpUsed: number | null }

type Key = readonly ['login' | 'address', string]

const failed = () =>
  new PeopleRefusal(
    'refused',
    'SIGN_IN_FAILED',
    'Login or password is not right.',
    'Check both; capital letters count in the password.',
  )

async function isSecondFactor(db: Queryable, person: PersonRow, code: string | undefined): Promise<boolean> {
  if (code === undefined || person.totpSecret === null) return false
  const period = periodOf(person.totpSecret, code, new Date(), person.totpUsed)
  if (period !== null) {
    // Two at once with one code: the second one changes no row.
    const taken = await db.execute(
      `update person set totp_used = $2 where person_id = $1 and coalesce(totp_used, -1) < $2`,
      [person.id, period],
    )
    return taken === 1
  }
  const used = await db.execute(
    `update recovery_code set used_at = now() where person_id = $1 and hash = $2 and used_at is null`,
    [person.id, hashOf(code.trim().toLowerCase())],
  )
  return used === 1
}

async function refuseTooSoon(db: Queryable, keys: readonly Key[]): Promise<void> {
  const rows = await db.query<{ kind: Key[0]; failures: number; since: number }>(
    `select f.kind, f.failures, extract(epoch from now() - f.last_at)::float8 as since
     from sign_in_failure f join unnest($1::text[], $2::text[]) as k (kind, value) using (kind, value)`,
    [keys.map(([kind]) => kind), keys.map(([, value]) => value)],
  )
  const left = Math.max(
    0,
    ...rows.map(({ kind, failures, since }) => waitAfter(failures, freeTries[kind]) - since),
  )
  if (left <= 0) return
  const seconds = Math.ceil(left)
  throw new PeopleRefusal(
    'wait',
    'TOO_MANY_TRIES',
    `There were too many wrong tries: the next is taken in ${seconds} seconds.`,
    'Wait that long; meanwhile no password is looked at.',
  )
}

/** Seconds from the last failure to the next try. */
const waitAfter = (failures: number, free: number): number =>
  failures < free ? 0 : Math.min(2 ** (failures - free + 1), longestWait)

/** A day without one, and they count from one again. */
const noteFailure = (db: Queryable, keys: readonly Key[]): Promise<number> =>
  db.execute(
    `insert into sign_in_failure as f (kind, value, failures, last_at)
     select kind, value, 1, now() from unnest($1::text[], $2::text[]) as k (kind, value)
     on conflict (kind, value) do update set last_at = now(),
       failures = case when f.last_at < now() - interval '1 day' then 1 else f.failures + 1 end`,
    [keys.map(([kind]) => kind), keys.map(([, value]) => value)],
  )
