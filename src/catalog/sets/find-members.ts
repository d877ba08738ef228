import type { Database, Queryable } from '../../db/database.ts'
import { textArray } from '../../db/text-array.ts'
import { findIndex } from '../../rules/search/find-index.ts'
import type { Entity, IdentifierIndex, MmsIdIndex } from '../../rules/search/search-index.ts'
import { readWording } from '../search/asked.ts'
import { countedMost } from '../search/hits.ts'
import { SearchRefusal } from '../search/refusal.ts'
import { search } from '../search/search.ts'
import type { Place } from '../search/sorted-page.ts'
import { upstreamOf } from '../upstream.ts'
import type { Zone } from '../zone.ts'

/** Everything that a search finds now. @throws {SearchRefusal} SET_TOO_LARGE for more than are counted */
export async function membersOfSearch(
  db: Database,
  zone: Zone,
  entity: Entity,
  query: string,
): Promise<readonly string[]> {
  const asked = {
    ...readWording({ entity, query }),
    sort: 'oldest' as const,
    after: null satisfies Place | null,
  }
  const found = await search(db, zone, { ...asked, limit: countedMost })
  if (found.totalIsExact) return found.ids
  throw new SearchRefusal(
    'SET_TOO_LARGE',
    `The search finds more than ${countedMost.toLocaleString('en')}: so many an itemised set can be made of.`,
    'Narrow the search, or save it as a logical set.',
  )
}

/** What the lines of a file of numbers name. */
export type NamedMembers = {
  readonly members: readonly string[]
  /** Lines that name nothing in the zone. */
  readonly missing: readonly string[]
  /** Lines that name several bibs, all of which are members. */
  readonly several: readonly string[]
}

/** The bibs that the lines of a text name, one number a line; a first line that is the name of the index is passed over. */
export async function membersOfNumbers(
  db: Queryable,
  zone: Zone,
  code: string,
  text: string,
): Promise<NamedMembers> {
  const index = findIndex(code)
  if (index === null || (index.kind !== 'identifier' && index.kind !== 'mms-id')) {
    throw new SearchRefusal(
      'UNKNOWN_INDEX',
      `${code.slice(0, 80)} is no index of numbers of bibs.`,
      'GET /api/search/indexes lists those of the group identifiers.',
    )
  }
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim().replace(/^"(.*)"$/, '$1'))
    .filter((line, at) => line !== '' && !(at === 0 && isHeader(line, index)))
  const numbers = [...new Set(lines)]
  const found = await findNumbers(db, zone, index, numbers)
  const byLine = Map.groupBy(found, ({ line }) => line)
  return {
    members: [...new Set(found.map(({ mmsId }) => mmsId))],
    missing: numbers.filter((_, at) => !byLine.has(at)),
    several: numbers.filter((_, at) => new Set(byLine.get(at)?.map(({ mmsId }) => mmsId)).size > 1),
  }
}

const isHeader = (line: string, index: IdentifierIndex | MmsIdIndex): boolean =>
  !/\d/.test(line) || [index.name, index.code].some((name) => name.toLowerCase() === line.toLowerCase())

type Named = { readonly line: number; readonly mmsId: string }

async function findNumbers(
  db: Queryable,
  zone: Zone,
  index: IdentifierIndex | MmsIdIndex,
  numbers: readonly string[],
): Promise<Named[]> {
  const upstream = await upstreamOf(db, zone)
  if (index.kind === 'mms-id') {
    return db.query<Named>(
      `select (q.line - 1)::int as line, b.mms_id as "mmsId" from unnest($2::text[]) with ordinality as q (number, line)
       join bib b on b.zone_id = $1 and (b.mms_id = q.number or b.linked_mms_id = q.number)`,
      [zone.zoneId, textArray(numbers)],
    )
  }
  const keys = numbers.flatMap((number, line) =>
    index.read(number).map(({ kind, value }) => ({
      line,
      kind,
      value,
      origins: index.keys.find((selection) => selection.kind === kind)?.origins?.join(' ') ?? null,
    })),
  )
  return db.query<Named>(
    `with k as (
       select q.line, k.zone_id, k.mms_id from unnest($3::int[], $4::text[], $5::text[], $6::text[]) as q (line, kind, value, origins)
       join match_key k on k.kind = q.kind and k.value = q.value and k.zone_id = any($2::smallint[])
         and (q.origins is null or k.origin = any(string_to_array(q.origins, ' '))))
     select line, mms_id as "mmsId" from k where zone_id = $1
     union
     select k.line, b.mms_id from k join bib b on b.linked_mms_id = k.mms_id and b.zone_id = $1 where k.zone_id <> $1`,
    [
      zone.zoneId,
      [zone.zoneId, ...upstream],
      keys.map(({ line }) => line),
      textArray(keys.map(({ kind }) => kind)),
      textArray(keys.map(({ value }) => value)),
      textArray(keys.map(({ origins }) => origins)),
    ],
  )
}
