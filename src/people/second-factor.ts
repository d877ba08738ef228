import { randomInt } from 'node:crypto'
import type { Database, Queryable } from '../db/database.ts'
import { PeopleRefusal } from './refusal.ts'
import { hashOf } from './secret.ts'
import { newTotpSecret, periodOf, totpAddress } from './totp.ts'

export type PendingFactor = { readonly secret: string; readonly address: string }

/**
 * Begins to set up a second factor: a secret for an authenticator, which counts when a first code has been given.
 *
 * @throws {PeopleRefusal} FACTOR_ON where there is one: it is taken away first, which takes the password
 */
export async function beginSecondFactor(db: Queryable, personId: number): Promise<PendingFactor> {
  const secret = newTotpSecret()
  const [row] = await db.query<{ login: string }>(
    `update person set totp_pending = $2 where person_id = $1 and totp_secret is null returning login`,
    [personId, secret],
  )
  if (!row)
    throw new PeopleRefusal(
      'conflict',
      'FACTOR_ON',
      'There is a second factor already.',
      'Take it away first.',
    )
  return { secret, address: totpAddress(secret, row.login) }
}

/** Recovery codes that somebody gets with a second factor. */
const codes = 8

/** Ends the set-up by the authenticator's first code; answers recovery codes, which are shown this once. */
export const confirmSecondFactor = (
  db: Database,
  personId: number,
  code: string,
): Promise<readonly string[]> =>
  db.transaction(async (tx) => {
    const [person] = await tx.query<{ pending: string | null }>(
      `select totp_pending as pending from person where person_id = $1 for update`,
      [personId],
    )
    const pending = person?.pending ?? null
    const period = pending === null ? null : periodOf(pending, code, new Date(), null)
    if (pending === null || period === null)
      throw new PeopleRefusal(
        'invalid',
        'WRONG_CODE',
        'The code is not right.',
        'Scan the code anew, and type the six digits that the authenticator shows now.',
      )
    await tx.execute(
      `update person set totp_secret = totp_pending, totp_pending = null, totp_used = $2 where person_id = $1`,
      [personId, period],
    )
    const fresh = Array.from({ length: codes }, newRecoveryCode)
    await tx.execute(`delete from recovery_code where person_id = $1`, [personId])
    await tx.execute(`insert into recovery_code (person_id, hash) select $1, unnest($2::text[])`, [
      personId,
      fresh.map(hashOf),
    ])
    return fresh
  })

/** Takes the second factor away: one's own, or by whoever manages people where the authenticator is lost. */
export const removeSecondFactor = (db: Database, personId: number): Promise<void> =>
  db.transaction(async (tx) => {
    await tx.execute(
      `update person set totp_secret = null, totp_pending = null, totp_used = null where person_id = $1`,
      [personId],
    )
    await tx.execute(`delete from recovery_code where person_id = $1`, [personId])
  })

/** 50 bits, in letters and digits that nobody mistakes for each other. */
function newRecoveryCode(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  const part = () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('')
  return `${part()}-${part()}`
}
