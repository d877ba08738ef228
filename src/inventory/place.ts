import type { Zone } from '../catalog/zone.ts'
import type { Queryable } from '../db/database.ts'
import type { Place } from '../rules/holdings/holdings-record.ts'
import type { ShelvingScheme } from '../rules/holdings/call-number-sort.ts'
import { nearest } from '../rules/nearest.ts'
import { InventoryRefusal } from './refusal.ts'

export type Location = {
  readonly code: string
  readonly name: string
  /** The scheme that the location is shelved by: first indicator of 852 of new holdings. */
  readonly callNumberType: ShelvingScheme | null
}

export type Library = {
  readonly code: string
  readonly name: string
  readonly locations: readonly Location[]
}

/** The libraries of a zone with their locations, by code. */
export const listLibraries = (db: Queryable, { zoneId }: Zone): Promise<Library[]> =>
  db.query<Library>(
    `select l.code, l.name,
       coalesce(
         json_agg(json_build_object('code', p.code, 'name', p.name, 'callNumberType', p.call_number_type) order by p.code)
           filter (where p.code is not null), '[]') as locations
     from library l left join location p on p.zone_id = l.zone_id and p.library_code = l.code
     where l.zone_id = $1
     group by l.code, l.name
     order by l.code`,
    [zoneId],
  )

/** Codes are told from one another by more than their case. @throws {InventoryRefusal} */
export async function addLibrary(
  db: Queryable,
  zone: Zone,
  { code, name }: Pick<Library, 'code' | 'name'>,
): Promise<void> {
  if (zone.kind !== 'institution')
    throw new InventoryRefusal(
      'invalid',
      'NO_PHYSICAL_INVENTORY',
      `${zone.name} (${zone.code}) is no institution: it has no physical inventory, and no libraries.`,
      'Name an institution zone.',
    )
  const added = await db.execute(
    `insert into library (zone_id, code, name) values ($1, $2, $3) on conflict do nothing`,
    [zone.zoneId, code, name],
  )
  if (added === 0) throw taken(`library ${code}`, `zone ${zone.code}`)
}

/** @throws {InventoryRefusal} */
export async function addLocation(
  db: Queryable,
  zone: Zone,
  library: string,
  { code, name, callNumberType }: Location,
): Promise<void> {
  await holdToLibrary(db, zone, library)
  const added = await db.execute(
    `insert into location (zone_id, library_code, code, name, call_number_type)
     values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [zone.zoneId, library, code, name, callNumberType],
  )
  if (added === 0) throw taken(`location ${code}`, `library ${library}`)
}

const taken = (what: string, where: string) =>
  new InventoryRefusal(
    'conflict',
    'CODE_TAKEN',
    `There is a ${what} in ${where} already, perhaps written in other case.`,
    'Take another code.',
  )

/** The location that two codes name. @throws {InventoryRefusal} with the nearest that there is */
export async function findPlace(db: Queryable, zone: Zone, { library, location }: Place): Promise<Location> {
  const libraries = await listLibraries(db, zone)
  const known = libraries.find(({ code }) => code === library)
  if (!known) throw noSuchLibrary(zone, library, libraries)
  const found = known.locations.find(({ code }) => code === location)
  if (found) return found
  const codes = known.locations.map(({ code }) => code)
  throw new InventoryRefusal(
    'invalid',
    'NO_SUCH_LOCATION',
    `${known.name} (${library}) has no location ${location}.`,
    suggestion(location, codes, `The library has no locations yet; add one first.`),
  )
}

/** @throws {InventoryRefusal} with the nearest that there is */
export async function holdToLibrary(db: Queryable, zone: Zone, library: string): Promise<void> {
  const libraries = await listLibraries(db, zone)
  if (!libraries.some(({ code }) => code === library)) throw noSuchLibrary(zone, library, libraries)
}

const noSuchLibrary = ({ code, name }: Zone, library: string, libraries: readonly Library[]) =>
  new InventoryRefusal(
    'invalid',
    'NO_SUCH_LIBRARY',
    `${name} (${code}) has no library ${library}.`,
    suggestion(
      library,
      libraries.map((known) => known.code),
      `The zone has no libraries yet; add one first.`,
    ),
  )

function suggestion(typed: string, known: readonly string[], none: string): string {
  if (known.length === 0) return none
  const near = known.find((code) => code.toLowerCase() === typed.toLowerCase()) ?? nearest(typed, known)
  return near === null ? `Take one of ${listed(known)}.` : `Did you mean ${near}?`
}

const listed = (codes: readonly string[]) =>
  codes.length > 12 ? `${codes.slice(0, 12).join(', ')} and ${codes.length - 12} more` : codes.join(', ')
