import type { Queryable } from '../../db/database.ts'
import { textArray } from '../../db/text-array.ts'
import type { QueriedKey } from '../../rules/search/search-index.ts'
import { deletionWords, findDeletions } from '../deleted-bib.ts'
import { SearchRefusal } from '../search/refusal.ts'
import { upstreamOf } from '../upstream.ts'
import { listZones, type Zone } from '../zone.ts'
import { type NumberFile, type NumberLine, readNumberFile } from './number-file.ts'
import { isHeading, type NumberKind, numberKind } from './number-kind.ts'

/** What a set of numbers may be of. */
export type NumberedEntity = 'all-titles' | 'physical-items' | 'electronic-portfolios'

export type MissingCode = 'NO_NUMBER' | 'NOT_SUCH_A_NUMBER' | 'DELETED' | 'OF_ANOTHER_ZONE' | 'NOT_FOUND'

/** What the lines of a file of numbers name. */
export type NamedMembers = {
  readonly members: readonly string[]
  /** Numbers that were looked for with lines that have none, and lines that only repeat one. */
  readonly numbers: number
  readonly repeated: number
  /** Lines that name nothing, and why. */
  readonly missing: readonly (NumberLine & { readonly code: MissingCode; readonly message: string })[]
  /** Lines that name several, all of which are members. */
  readonly several: readonly (NumberLine & { readonly members: number })[]
}

/**
 * The titles, items or portfolios that the lines of a text name, found as a search finds them: a linked bib by the
 * numbers of the network's too, and one that others were combined into by theirs.
 *
 * @param index code or heading of what the numbers are; nothing where the first line says it
 * @throws {SearchRefusal} UNKNOWN_INDEX
 */
export async function membersOfNumbers(
  db: Queryable,
  zone: Zone,
  entity: NumberedEntity,
  { text, index }: { readonly text: string; readonly index: string | null },
): Promise<NamedMembers> {
  const { heading, numbers, repeated, unread } = readNumberFile(text, isHeading)
  const name = index ?? heading
  if (name === null) {
    throw new SearchRefusal(
      'UNKNOWN_INDEX',
      'Nothing says what the numbers are.',
      'Write it into the first line: MMS ID, ISBN, ISSN, OCLC number, 035 field, PID or barcode.',
    )
  }
  const kind = numberKind(name)
  if (entity !== 'all-titles' && !namesPieces(kind, entity)) {
    throw new SearchRefusal(
      'UNKNOWN_INDEX',
      `${kind.name} names titles, and no ${entityWords[entity]}s.`,
      `Make a set of titles of it; ${entityWords[entity]}s are named by ${entity === 'physical-items' ? 'barcode or PID' : 'PID'}.`,
    )
  }
  const found = await findNumbers(db, zone, entity, kind, numbers)
  const byLine = Map.groupBy(found, ({ line }) => line)
  return {
    members: [...new Set(found.map(({ member }) => member))],
    numbers: numbers.length + unread.length,
    repeated,
    missing: [
      ...unread.map(({ line, number, why }): NamedMembers['missing'][number] => ({
        line,
        number,
        code: 'NO_NUMBER',
        message: unreadWords[why],
      })),
      ...(await whyMissing(
        db,
        zone,
        entity,
        kind,
        numbers.filter(({ line }) => !byLine.has(line)),
      )),
    ].toSorted((a, b) => a.line - b.line),
    several: numbers.flatMap(({ line, number }) => {
      const members = new Set(byLine.get(line)?.map(({ member }) => member)).size
      return members > 1 ? [{ line, number, members }] : []
    }),
  }
}

const unreadWords: Readonly<Record<NumberFile['unread'][number]['why'], string>> = {
  'open-quote': 'A quote in the line is not closed.',
  'too-few-cells': 'The line has fewer cells than the first, and none where the numbers are.',
  'empty-cell': 'The cell where the number should be is empty.',
}

const entityWords = {
  'all-titles': 'title',
  'physical-items': 'item',
  'electronic-portfolios': 'portfolio',
} as const

const namesPieces = ({ of }: NumberKind, entity: NumberedEntity): boolean =>
  of === 'pid' || (of === 'barcode' && entity === 'physical-items')

type Named = { readonly line: number; readonly member: string }

async function findNumbers(
  db: Queryable,
  zone: Zone,
  entity: NumberedEntity,
  kind: NumberKind,
  numbers: readonly NumberLine[],
): Promise<Named[]> {
  if (kind.of === 'keys') return findKeys(db, zone, kind, numbers)
  const asked = [
    zone.zoneId,
    numbers.map(({ line }) => line),
    textArray(numbers.map(({ number }) => number)),
  ] as const
  const given = `unnest($2::int[], $3::text[]) as q (line, number)`
  if (kind.of === 'barcode') {
    const member = entity === 'all-titles' ? 'mms_id' : 'item_id'
    return db.query<Named>(
      `select q.line, i.${member} as member from ${given}
       join item_barcode i on i.zone_id = $1 and i.barcode = q.number`,
      asked,
    )
  }
  if (entity !== 'all-titles') {
    const table = entity === 'physical-items' ? 'item' : 'portfolio'
    return db.query<Named>(
      `select q.line, i.${table}_id as member from ${given} join ${table} i on i.zone_id = $1 and i.${table}_id = q.number`,
      asked,
    )
  }
  const pieces = kind.of === 'mms-id' ? [] : (['holdings', 'item', 'portfolio'] as const)
  return db.query<Named>(
    `with became as (
       select q.line, k.zone_id, k.mms_id
       from (select q.line, z.zone_id, '(' || lower(z.code) || ')' || q.number as number
             from ${given} cross join zone z where z.zone_id = any($4::smallint[]) offset 0) q
       join match_key k on k.kind = 'system' and k.value = q.number and k.zone_id = q.zone_id)
     select q.line, b.mms_id as member from ${given} join bib b on b.zone_id = $1 and b.mms_id = q.number
     union
     select q.line, b.mms_id from ${given} join bib b on b.zone_id = $1 and b.linked_mms_id = q.number
     union
     select line, mms_id from became where zone_id = $1
     union
     select k.line, b.mms_id from became k join bib b on b.zone_id = $1 and b.linked_mms_id = k.mms_id
     ${pieces.map((table) => `union select q.line, p.mms_id from ${given} join ${table} p on p.zone_id = $1 and p.${table}_id = q.number`).join(' ')}`,
    [...asked, [zone.zoneId, ...(await upstreamOf(db, zone))]],
  )
}

async function findKeys(
  db: Queryable,
  zone: Zone,
  { read, keys: selections }: NumberKind & { readonly of: 'keys' },
  numbers: readonly NumberLine[],
): Promise<Named[]> {
  const keys = numbers.flatMap(({ line, number }) =>
    read(number).map(({ kind, value }: QueriedKey) => ({
      line,
      kind,
      value,
      origins: selections.find((selection) => selection.kind === kind)?.origins?.join(' ') ?? null,
    })),
  )
  return db.query<Named>(
    `with k as (
       select q.line, k.zone_id, k.mms_id from unnest($3::int[], $4::text[], $5::text[], $6::text[]) as q (line, kind, value, origins)
       join match_key k on k.kind = q.kind and k.value = q.value and k.zone_id = any($2::smallint[])
         and (q.origins is null or k.origin = any(string_to_array(q.origins, ' '))))
     select line, mms_id as member from k where zone_id = $1
     union
     select k.line, b.mms_id from k join bib b on b.linked_mms_id = k.mms_id and b.zone_id = $1 where k.zone_id <> $1`,
    [
      zone.zoneId,
      [zone.zoneId, ...(await upstreamOf(db, zone))],
      keys.map(({ line }) => line),
      textArray(keys.map(({ kind }) => kind)),
      textArray(keys.map(({ value }) => value)),
      textArray(keys.map(({ origins }) => origins)),
    ],
  )
}

async function whyMissing(
  db: Queryable,
  zone: Zone,
  entity: NumberedEntity,
  kind: NumberKind,
  missing: readonly NumberLine[],
): Promise<NamedMembers['missing']> {
  const numbers = missing.flatMap(({ number }) => (/^99\d{6,17}$/.test(number) ? [number] : []))
  const isOfBibs = entity === 'all-titles' && (kind.of === 'mms-id' || kind.of === 'pid')
  const deletions = new Map(
    isOfBibs ? (await findDeletions(db, zone, numbers)).map((one) => [one.mmsId, one]) : [],
  )
  const others = isOfBibs ? (await listZones(db)).filter(({ zoneId }) => zoneId !== zone.zoneId) : []
  return missing.map(({ line, number }) => {
    const why = (code: MissingCode, message: string) => ({ line, number, code, message })
    if (!isWellFormed(kind, entity, number))
      return why('NOT_SUCH_A_NUMBER', `It is no ${nameOf(kind, entity)}.`)
    const deleted = deletions.get(number)
    if (deleted !== undefined) return why('DELETED', `The bib ${deletionWords(deleted)}.`)
    const other = others.find(({ suffix }) => number.endsWith(suffix))
    if (other !== undefined)
      return why('OF_ANOTHER_ZONE', `It is of ${other.code}; no bib of ${zone.code} is linked to it.`)
    return why('NOT_FOUND', `No ${entityWords[entity]} of ${zone.code} has it.`)
  })
}

const pidPrefixes = { 'all-titles': '99|22|23|53', 'physical-items': '23', 'electronic-portfolios': '53' }

function isWellFormed(kind: NumberKind, entity: NumberedEntity, number: string): boolean {
  switch (kind.of) {
    case 'keys':
      return kind.read(number).length > 0
    case 'barcode':
      return true
    case 'mms-id':
      return /^99\d{6,17}$/.test(number)
    case 'pid':
      return new RegExp(`^(?:${pidPrefixes[entity]})\\d{6,17}$`).test(number)
  }
}

const nameOf = ({ of, name }: NumberKind, entity: NumberedEntity): string =>
  of === 'pid' && entity !== 'all-titles' ? `number of an ${entityWords[entity]}` : name
