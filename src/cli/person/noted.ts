import { closeAudit, openAudit } from '../../people/audit.ts'
import { personHere } from '../../people/person-here.ts'
import { listPeople, type Person } from '../../people/person.ts'
import type { Database, Queryable } from '../../db/database.ts'
import { nearest } from '../../rules/nearest.ts'
import { CommandFailure } from '../failure.ts'

export const loginArgument = {
  type: 'text',
  shown: 'LOGIN',
  meaning: 'who, as accession person list has it',
} as const

/** Somebody by login. @throws {CommandFailure} with the login that may have been meant */
export async function choosePerson(db: Queryable, login: string): Promise<Person> {
  const people = await listPeople(db)
  const plain = login.trim().toLowerCase()
  const found = people.find((person) => person.login === plain)
  if (found) return found
  const meant = nearest(
    plain,
    people.map((person) => person.login),
  )
  throw new CommandFailure(
    `Nobody has the login ${login}.`,
    meant === null ? 'accession person list has all.' : `Did you mean ${meant}?`,
  )
}

/**
 * Does what changes somebody's access, with an entry in the audit trail from before until after it: whoever
 * has the data directory needs no password, and is seen all the same.
 */
export async function noted<Result>(
  db: Database,
  { action, zone, target }: { readonly action: string; readonly zone?: string; readonly target: string },
  work: () => Promise<Result>,
): Promise<Result> {
  const id = await openAudit(
    db,
    { name: personHere(), personId: null, apiKeyId: null },
    { address: null, zone: zone ?? null, action: `accession ${action}`, target, requestId: 'command line' },
  )
  try {
    const result = await work()
    await closeAudit(db, id, 200, null)
    return result
  } catch (error) {
    await closeAudit(db, id, 409, null)
    throw error
  }
}

/** Who is meant, as the audit trail has it. */
export const targetOf = ({ name, login }: Person, what?: string): string =>
  `${name} (${login})${what === undefined ? '' : `: ${what}`}`
