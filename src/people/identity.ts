import type { Database, Queryable } from '../db/database.ts'
import { PeopleRefusal } from './refusal.ts'
import type { Tried } from './sign-in.ts'

/** Who somebody is at an identity provider: the `iss` and `sub` of OpenID Connect, which never go to another. */
export type Identity = { readonly issuer: string; readonly subject: string }

/** Whom an identity lets in; nothing for one that is linked to nobody, or to somebody who is suspended. */
export async function findByIdentity(db: Queryable, { issuer, subject }: Identity): Promise<Tried | null> {
  const [row] = await db.query<Tried>(
    `select p.person_id as id, p.login from person_identity i join person p using (person_id)
     where i.issuer = $1 and i.subject = $2 and p.active`,
    [issuer, subject],
  )
  return row ?? null
}

/**
 * Links an identity to the person of a login that the provider vouches for, on the first time that they come.
 * Nothing where nobody has the login, or somebody has it who is suspended or has another account of the provider.
 */
export const claimLogin = (db: Database, identity: Identity, login: string): Promise<Tried | null> =>
  db.transaction(async (tx) => {
    const [person] = await tx.query<Tried>(
      `select person_id as id, login from person where login = $1 and active for update`,
      [login.trim().toLowerCase().slice(0, 80)],
    )
    if (!person) return null
    return (await insertIdentity(tx, person.id, identity)) ? person : null
  })

/** @throws {PeopleRefusal} IDENTITY_TAKEN where it lets in somebody else, or the person has another of the provider */
export async function linkIdentity(db: Queryable, personId: number, identity: Identity): Promise<void> {
  if (await insertIdentity(db, personId, identity)) return
  throw new PeopleRefusal(
    'conflict',
    'IDENTITY_TAKEN',
    'That account of the provider lets in somebody else, or another one lets you in.',
    'Take the link that there is away first.',
  )
}

/** Whether it is linked to the person now. */
async function insertIdentity(
  db: Queryable,
  personId: number,
  { issuer, subject }: Identity,
): Promise<boolean> {
  await db.execute(
    `insert into person_identity (issuer, subject, person_id) values ($1, $2, $3) on conflict do nothing`,
    [issuer, subject, personId],
  )
  const [row] = await db.query<{ personId: number }>(
    `select person_id as "personId" from person_identity where issuer = $1 and subject = $2`,
    [issuer, subject],
  )
  return row?.personId === personId
}

/** Since when an account of the provider lets somebody in; nothing where none does. */
export async function identitySince(db: Queryable, personId: number, issuer: string): Promise<string | null> {
  const [row] = await db.query<{ since: string }>(
    `select linked_at as since from person_identity where person_id = $1 and issuer = $2`,
    [personId, issuer],
  )
  return row?.since ?? null
}

/** @throws {PeopleRefusal} where nothing would be left to sign in by */
export const unlinkIdentity = (db: Database, personId: number, issuer: string): Promise<void> =>
  db.transaction(async (tx) => {
    const [person] = await tx.query<{ hasPassword: boolean }>(
      `select password is not null as "hasPassword" from person where person_id = $1 for update`,
      [personId],
    )
    if (person?.hasPassword !== true)
      throw new PeopleRefusal(
        'conflict',
        'ONLY_WAY_IN',
        'Nothing else lets you in: you have no password.',
        'Ask whoever looks after the people here for a link to choose one.',
      )
    await tx.execute(`delete from person_identity where person_id = $1 and issuer = $2`, [personId, issuer])
  })
