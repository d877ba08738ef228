import type { Database, Queryable, Tx } from '../db/database.ts'
import { endInvitations } from './own-password.ts'
import type { Actor } from './permissions.ts'
import { PeopleRefusal } from './refusal.ts'
import { isRole, type Role, roleCodes } from './roles.ts'

/** Somebody who may sign in. */
export type Person = {
  readonly id: number
  readonly login: string
  readonly name: string
  readonly active: boolean
  /** Whether a password has been chosen, by an invitation, or an account of an identity provider linked. */
  readonly canSignIn: boolean
  readonly hasSecondFactor: boolean
  /** By zone code. */
  readonly roles: Readonly<Record<string, readonly Role[]>>
  readonly createdAt: string
  /** The last sign of life of a session; nothing where there was none lately. */
  readonly seenAt: string | null
}

const canSignIn = `(p.password is not null or exists (select from person_identity i where i.person_id = p.person_id))`

const columns = `p.person_id as id, p.login, p.name, p.active, ${canSignIn} as "canSignIn",
  p.totp_secret is not null as "hasSecondFactor", p.created_at as "createdAt",
  (select max(seen_at) from session s where s.person_id = p.person_id) as "seenAt",
  coalesce((select jsonb_object_agg(code, held) from (
     select z.code, jsonb_agg(r.role) as held from person_role r join zone z using (zone_id)
     where r.person_id = p.person_id group by z.code) by_zone), '{}'::jsonb) as roles`

type Row = Omit<Person, 'roles'> & { roles: Record<string, string[]> }

/** Roles in the order of `roleCodes`; one that a newer version knows is left out. */
const personOf = ({ roles, ...row }: Row): Person => ({
  ...row,
  roles: Object.fromEntries(
    Object.entries(roles).map(([zone, held]) => [zone, roleCodes.filter((role) => held.includes(role))]),
  ),
})

export const listPeople = async (db: Queryable): Promise<Person[]> =>
  (await db.query<Row>(`select ${columns} from person p order by p.name, p.person_id`)).map(personOf)

/** @throws {PeopleRefusal} where there is nobody of that number */
export async function getPerson(db: Queryable, id: number): Promise<Person> {
  const [row] = await db.query<Row>(`select ${columns} from person p where p.person_id = $1`, [id])
  if (!row) throw noSuchPerson(id)
  return personOf(row)
}

export const noSuchPerson = (id: number): PeopleRefusal =>
  new PeopleRefusal('missing', 'NO_SUCH_PERSON', `There is no person ${id}.`, 'Look in the list of people.')

export async function isAnybodyThere(db: Queryable): Promise<boolean> {
  const [row] = await db.query<{ there: boolean }>(
    `select exists (select from person p where ${canSignIn}) as there`,
  )
  return row?.there === true
}

export const actorOf = ({ id, name, roles }: Person): Actor => ({
  name,
  personId: id,
  apiKeyId: null,
  roles,
  readsOnly: false,
})

export type NewPerson = { readonly login: string; readonly name: string }

/** Adds somebody who has no role and no password yet. @throws {PeopleRefusal} where the login is taken, or is none */
export async function addPerson(
  db: Queryable,
  { login, name }: NewPerson,
  by: string | null,
): Promise<number> {
  const plain = login.trim().toLowerCase()
  if (!/^[a-z0-9][a-z0-9._@-]{0,79}$/.test(plain))
    throw new PeopleRefusal(
      'invalid',
      'INVALID_LOGIN',
      `${login} is no login.`,
      'Use letters, digits, dots, hyphens, underscores or an e-mail address; 80 characters at most.',
    )
  const shown = name.normalize('NFC').trim().replace(/\s+/g, ' ')
  // The two that join letters and keep them apart are part of Persian and Indic names.
  if (shown === '' || shown.length > 200 || /\p{C}/u.test(shown.replace(/[\u200c\u200d]/g, '')))
    throw new PeopleRefusal(
      'invalid',
      'INVALID_NAME',
      'The name is empty, too long, or has characters in it that nobody sees.',
      'Give a name of up to 200 characters.',
    )
  const [row] = await db.query<{ id: number }>(
    `insert into person (login, name, created_by) values ($1, $2, $3) on conflict do nothing returning person_id as id`,
    [plain, shown, by],
  )
  if (row) return row.id
  const [namesake] = await db.query<{ login: string }>(`select login from person where login = $1`, [plain])
  if (namesake)
    throw new PeopleRefusal(
      'conflict',
      'LOGIN_TAKEN',
      `Somebody has the login ${plain} already.`,
      'Choose another one.',
    )
  throw new PeopleRefusal(
    'conflict',
    'NAME_TAKEN',
    `Somebody is called ${shown} already, and locks and the audit trail say who by the name.`,
    'Add what tells the two apart: a middle name, or the library.',
  )
}

/** Gives somebody exactly these roles in a zone. @throws {PeopleRefusal} for what is no role, and where nobody would be left to manage the people of the zone */
export const setRoles = (
  db: Database,
  id: number,
  zoneId: number,
  wanted: readonly string[],
  by: string | null,
): Promise<void> =>
  db.transaction(async (tx) => {
    await lockPeople(tx)
    const { canSignIn: isIn } = await getPerson(tx, id)
    const held = await tx.query(`select from person_role where person_id = $1 and zone_id = $2 limit 1`, [
      id,
      zoneId,
    ])
    const managed = await managedZones(tx)
    await giveRoles(tx, id, zoneId, wanted, by)
    await refuseUnmanaged(tx, managed)
    // A link that was made by whoever looks after the person's other zones would let them into this one.
    if (isIn && held.length === 0) await endInvitations(tx, id)
  })

export async function giveRoles(
  tx: Tx,
  id: number,
  zoneId: number,
  wanted: readonly string[],
  by: string | null,
): Promise<void> {
  const unknown = wanted.find((role) => !isRole(role))
  if (unknown !== undefined)
    throw new PeopleRefusal(
      'invalid',
      'NO_SUCH_ROLE',
      `There is no role ${unknown}.`,
      `The roles are ${roleCodes.join(', ')}.`,
    )
  await tx.execute(
    `delete from person_role where person_id = $1 and zone_id = $2 and role <> all($3::text[])`,
    [id, zoneId, wanted],
  )
  await tx.execute(
    `insert into person_role (person_id, zone_id, role, granted_by)
     select $1, $2, role, $4 from unnest($3::text[]) as role on conflict do nothing`,
    [id, zoneId, wanted, by],
  )
}

/** Lets somebody in no more, or again; open sessions end. */
export const setActive = (db: Database, id: number, active: boolean): Promise<void> =>
  db.transaction(async (tx) => {
    await lockPeople(tx)
    await getPerson(tx, id)
    const managed = await managedZones(tx)
    await tx.execute(`update person set active = $2 where person_id = $1`, [id, active])
    if (active) return
    await tx.execute(`delete from session where person_id = $1`, [id])
    await refuseUnmanaged(tx, managed)
  })

/** Two who take the last role from each other at once would both succeed. */
const lockPeople = (tx: Tx) => tx.query(`select pg_advisory_xact_lock(hashtext('accession people'))`)

/** Zones in which somebody who can sign in may manage people. */
const managedZones = async (tx: Tx): Promise<string[]> =>
  (
    await tx.query<{ code: string }>(
      `select distinct z.code from person_role r join person p using (person_id) join zone z using (zone_id)
       where r.role = 'general-system-administrator' and p.active and ${canSignIn}`,
    )
  ).map(({ code }) => code)

/** Nobody else can give roles in a zone: one that is left without a manager stays so. */
async function refuseUnmanaged(tx: Tx, before: readonly string[]): Promise<void> {
  const after = await managedZones(tx)
  const left = before.filter((zone) => !after.includes(zone))
  if (left.length > 0)
    throw new PeopleRefusal(
      'conflict',
      'LAST_ADMINISTRATOR',
      `Nobody would be left who may manage people in ${left.join(', ')}.`,
      'Make somebody else a General System Administrator there first.',
    )
}

/**
 * Gives a new zone to those who look after its network; one of no network, to those who look after a
 * network zone. Nobody else could give roles in it.
 */
export const giveNewZone = (db: Queryable, zone: string, network: string | null): Promise<number> =>
  db.execute(
    `insert into person_role (person_id, zone_id, role)
     select distinct r.person_id, fresh.zone_id, r.role
     from zone fresh, person_role r join zone z using (zone_id)
     where fresh.code = $1 and r.role = 'general-system-administrator'
       and case when $2::text is null then z.kind = 'network' else z.code = $2 end
     on conflict do nothing`,
    [zone, network],
  )
