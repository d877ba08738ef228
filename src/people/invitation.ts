import type { Database, Queryable } from '../db/database.ts'
import { beyondScope } from '../db/scope.ts'
import { endInvitations } from './own-password.ts'
import { hashPassword, passwordFault } from './password.ts'
import { addPerson, giveRoles, isAnybodyThere, type NewPerson } from './person.ts'
import { PeopleRefusal } from './refusal.ts'
import { hashOf, newToken } from './secret.ts'
import type { Tried } from './sign-in.ts'

/** How long a link lets somebody in. */
const days = 7

/**
 * A link for the first person of an empty catalogue; those made before it let nobody in any more. Nothing
 * where somebody can sign in already: there is no other way in without a password.
 */
export async function inviteFirst(db: Database): Promise<string | null> {
  if (await isAnybodyThere(db)) return null
  return db.transaction(async (tx) => {
    await tx.execute(`update invitation set ends_at = now() where person_id is null and used_at is null`)
    return addInvitation(tx, null, null)
  })
}

/** A link by which somebody chooses a password: the first one, or another where the old one is lost. Links before it end. */
export const invite = (db: Database, personId: number, by: string | null): Promise<string> =>
  db.transaction(async (tx) => {
    await endInvitations(tx, personId)
    return addInvitation(tx, personId, by)
  })

async function addInvitation(tx: Queryable, personId: number | null, by: string | null): Promise<string> {
  const token = newToken()
  await tx.execute(
    `insert into invitation (hash, person_id, made_by, ends_at) values ($1, $2, $3, now() + make_interval(days => $4))`,
    [hashOf(token), personId, by, days],
  )
  return token
}

export type Invited = {
  /** Nothing for the first person, who chooses them. */
  readonly login: string | null
  readonly name: string | null
}

/** Whom a link is for. @throws {PeopleRefusal} for one that lets nobody in */
export async function getInvitation(db: Queryable, token: string): Promise<Invited> {
  const { login, name } = await find(db, token)
  return { login, name }
}

/**
 * Takes an invitation up: the person has a password now, and all earlier sessions are over. The first person
 * is made here, General System Administrator and Catalog Administrator in every zone.
 * `note` hears of it before it is done, with whose link it is; nothing for the first person's.
 *
 * @throws {PeopleRefusal} INVITATION_OVER, or what is wrong with login, name or password
 */
export async function acceptInvitation(
  db: Database,
  token: string,
  { password, ...given }: { readonly password: string } & Partial<NewPerson>,
  note: (whose: Tried | null) => Promise<void>,
): Promise<Accepted> {
  const { personId, ...invited } = await find(db, token)
  await note(personId === null || invited.login === null ? null : { id: personId, login: invited.login })
  const login = invited.login ?? given.login ?? ''
  const name = invited.name ?? given.name ?? ''
  const fault = passwordFault(password, { login, name })
  if (fault !== null) throw new PeopleRefusal('invalid', 'WEAK_PASSWORD', 'The password will not do.', fault)
  const hash = await hashPassword(password)
  return db.transaction(async (tx) => {
    // Once more and locked: of two at once the second one finds it used.
    const { hasSecondFactor } = await find(tx, token, true)
    const id = personId ?? (await addPerson(tx, { login, name }, null))
    if (personId === null) {
      const zones = await tx.query<{ zoneId: number }>(`select zone_id as "zoneId" from zone`)
      // By the link alone, since nobody has a role yet.
      await beyondScope(async () => {
        for (const { zoneId } of zones)
          await giveRoles(tx, id, zoneId, ['general-system-administrator', 'catalog-administrator'], null)
      })
    }
    await tx.execute(`update person set password = $2 where person_id = $1`, [id, hash])
    await tx.execute(`update invitation set used_at = now() where hash = $1`, [hashOf(token)])
    await tx.execute(`delete from session where person_id = $1`, [id])
    return { id, hasSecondFactor }
  })
}

export type Accepted = {
  readonly id: number
  /** A link stands for the password alone: the code is asked for as ever. */
  readonly hasSecondFactor: boolean
}

type Found = Invited & { readonly personId: number | null; readonly hasSecondFactor: boolean }

async function find(db: Queryable, token: string, isUsed = false): Promise<Found> {
  const [row] = await db.query<Found>(
    `select i.person_id as "personId", p.login, p.name, p.totp_secret is not null as "hasSecondFactor" from invitation i left join person p using (person_id)
     where i.hash = $1 and i.used_at is null and i.ends_at > now() and coalesce(p.active, true)
     ${isUsed ? 'for update of i' : ''}`,
    [hashOf(token)],
  )
  if (!row || (row.personId === null && (await isAnybodyThere(db))))
    throw new PeopleRefusal(
      'missing',
      'INVITATION_OVER',
      'The link has been used, or is too old, or another one was made after it.',
      'Ask whoever looks after the people here for a new one.',
    )
  return row
}
