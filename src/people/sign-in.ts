import type { Database, Queryable } from '../db/database.ts'
import { findDevice, rememberDevice } from './known-device.ts'
import { isPassword } from './password.ts'
import { PeopleRefusal } from './refusal.ts'
import { hashOf } from './secret.ts'
import { beginSession, type From } from './session.ts'
import { beginTry, type Try, type TryKey } from './throttle.ts'
import { periodOf } from './totp.ts'

export type Credentials = {
  readonly login: string
  readonly password: string
  /** Of the authenticator, or one of the recovery codes. */
  readonly code?: string
}

export type SignedIn = {
  /** Of the session. */
  readonly token: string
  /** By which the browser is known from now on. */
  readonly device: string
}

/** Somebody as whom somebody else may try to come in. */
export type Tried = { readonly id: number; readonly login: string }

/**
 * Signs somebody in. An unknown login and a wrong password get the same words after the same time.
 *
 * `note` hears of a try before it is looked at, with whose it is said to be; nothing for an unknown login.
 *
 * @throws {PeopleRefusal} SIGN_IN_FAILED, CODE_NEEDED (the password was right), WRONG_CODE, TOO_MANY_TRIES, or BUSY
 */
export async function signIn(
  db: Database,
  { login, password, code }: Credentials,
  from: From & { readonly device: string | null },
  note: (tried: Tried | null) => Promise<void>,
): Promise<SignedIn> {
  const plain = login.trim().toLowerCase().slice(0, 80)
  const [person] = await db.query<PersonRow>(
    `select person_id as id, login, password, totp_secret as "totpSecret", totp_used as "totpUsed"
     from person where login = $1 and active`,
    [plain],
  )
  const tried = await beginTry(db, await keysOf(db, plain, person, from))
  await note(person ?? null)
  if (!(await isRight(password, person?.password ?? null, tried)) || !person) throw failed()
  if (person.totpSecret !== null && code === undefined) {
    await tried.takeBack()
    throw new PeopleRefusal(
      'refused',
      'CODE_NEEDED',
      'The code of the authenticator is needed too.',
      'Type its six digits.',
    )
  }
  if (person.totpSecret !== null && !(await isSecondFactor(db, person, code)))
    throw new PeopleRefusal(
      'refused',
      'WRONG_CODE',
      'The code is not right, or was used before.',
      'Wait for the next code, or use a recovery code.',
    )
  await tried.right()
  return letIn(db, person.id, from)
}

/** Begins a session for somebody who has shown who they are. */
export async function letIn(
  db: Database,
  personId: number,
  from: From & { readonly device: string | null },
): Promise<SignedIn> {
  return {
    token: await beginSession(db, personId, from),
    device: await rememberDevice(db, personId, from.device),
  }
}

type PersonRow = Tried & { password: string | null; totpSecret: string | null; totpUsed: number | null }

/** A browser that the person has signed in in before is counted by itself, every other by the login and where it is. */
async function keysOf(
  db: Queryable,
  login: string,
  person: PersonRow | undefined,
  { device, address }: { readonly device: string | null; readonly address: string | null },
): Promise<readonly TryKey[]> {
  const known = person === undefined ? null : await findDevice(db, person.id, device)
  if (known !== null) return [['device', known]]
  return [['login', login], ...(address === null ? [] : [['address', address] as const])]
}

/** What was not looked at, since too many sign in, was no wrong try. */
async function isRight(password: string, phc: string | null, tried: Try): Promise<boolean> {
  try {
    return await isPassword(password, phc)
  } catch (error) {
    await tried.takeBack()
    throw error
  }
}

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
