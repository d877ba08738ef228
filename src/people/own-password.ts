import type { Database, Queryable } from '../db/database.ts'
import { hashPassword, isPassword, passwordFault } from './password.ts'
import { PeopleRefusal } from './refusal.ts'
import { beginTry } from './throttle.ts'

/**
 * Asks somebody who is signed in for the present password, before what would let others in: whoever finds
 * an open session does not know it. Wrong tries wait as those to sign in do.
 *
 * @throws {PeopleRefusal} WRONG_PASSWORD, TOO_MANY_TRIES, or BUSY
 */
export async function provePassword(db: Database, personId: number, password: string): Promise<void> {
  const tried = await beginTry(db, [['own', String(personId)]])
  const [person] = await db.query<{ password: string | null }>(
    `select password from person where person_id = $1`,
    [personId],
  )
  if (!(await isPassword(password, person?.password ?? null)))
    throw new PeopleRefusal(
      'invalid',
      'WRONG_PASSWORD',
      'The present password is not right.',
      'Type it again; capital letters count.',
    )
  await tried.right()
}

/**
 * Changes somebody's own password; links to choose another one by end.
 *
 * @throws {PeopleRefusal} where the present one is not right, or the new one will not do
 */
export async function changePassword(
  db: Database,
  personId: number,
  { current, password }: { readonly current: string; readonly password: string },
): Promise<void> {
  await provePassword(db, personId, current)
  const [person] = await db.query<{ login: string; name: string }>(
    `select login, name from person where person_id = $1`,
    [personId],
  )
  if (!person) throw new Error(`there is no person ${personId}`)
  const fault = passwordFault(password, person)
  if (fault !== null) throw new PeopleRefusal('invalid', 'WEAK_PASSWORD', 'The password will not do.', fault)
  const hash = await hashPassword(password)
  await db.transaction(async (tx) => {
    await tx.execute(`update person set password = $2 where person_id = $1`, [personId, hash])
    await endInvitations(tx, personId)
  })
}

/** Links of somebody that are not used yet let nobody in any more. */
export const endInvitations = (tx: Queryable, personId: number): Promise<number> =>
  tx.execute(`update invitation set ends_at = now() where person_id = $1 and used_at is null`, [personId])
