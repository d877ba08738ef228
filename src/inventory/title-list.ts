import { partOf } from '../catalog/part.ts'
import type { Zone } from '../catalog/zone.ts'
import type { Queryable, Tx } from '../db/database.ts'
import { textArray } from '../db/text-array.ts'
import { followSources } from './follow-source.ts'
import { reserveInventoryIds } from './inventory-id.ts'
import { byPerson, keepVersions, movePieces } from './revision.ts'

/** A title of a list, whose bib is there. */
export type ListedTitle = {
  /** By what the list knows the title. */
  readonly key: string
  readonly mmsId: string
  readonly url: string | null
  readonly coverage: string | null
  readonly publicNote: string | null
  readonly materialType: string
}

/** Where the portfolios of a list go. */
export type ListPlace = { readonly zone: Zone; readonly collectionId: string; readonly serviceId: string }

export type TitleChange = 'added' | 'changed' | 'unchanged'

/** What becomes of a title, and what its portfolio was before; nothing where there was none. */
export type PlannedTitle = {
  readonly change: TitleChange
  readonly was: Pick<Known, 'url' | 'coverage' | 'isWithdrawn'> | null
}

type Known = {
  readonly key: string
  readonly portfolioId: string
  readonly mmsId: string
  readonly url: string | null
  readonly coverage: string | null
  readonly publicNote: string | null
  readonly isWithdrawn: boolean
}

/** What the titles of a list come to: nothing is written. By key. */
export async function planTitles(
  db: Queryable,
  place: ListPlace,
  titles: readonly ListedTitle[],
): Promise<ReadonlyMap<string, PlannedTitle>> {
  return planned(titles, await findKnown(db, place, titles, false))
}

const planned = (titles: readonly ListedTitle[], known: ReadonlyMap<string, Known>) =>
  new Map(
    titles.map((title): [string, PlannedTitle] => {
      const there = known.get(title.key)
      const was = there ? { url: there.url, coverage: there.coverage, isWithdrawn: there.isWithdrawn } : null
      return [title.key, { change: changeOf(title, there), was }]
    }),
  )

/** Makes portfolios of titles, or changes those that there are; and what was activated from them with them. */
export async function writeTitles(
  tx: Tx,
  place: ListPlace,
  titles: readonly ListedTitle[],
  by: string | null,
): Promise<ReadonlyMap<string, PlannedTitle>> {
  const known = await findKnown(tx, place, titles, true)
  const changes = planned(titles, known)
  await addNew(
    tx,
    place,
    titles.filter(({ key }) => changes.get(key)?.change === 'added'),
    by,
  )
  const changed = titles.flatMap((title) => {
    const there = known.get(title.key)
    return there && changes.get(title.key)?.change === 'changed' ? [{ title, there }] : []
  })
  await changeKnown(tx, place, changed, by)
  await followSources(
    tx,
    [...known.values()].map(({ portfolioId }) => portfolioId),
    by,
  )
  return changes
}

function changeOf(title: ListedTitle, known: Known | undefined): TitleChange {
  if (!known) return 'added'
  const isSame =
    known.mmsId === title.mmsId &&
    known.url === title.url &&
    known.coverage === title.coverage &&
    known.publicNote === title.publicNote &&
    !known.isWithdrawn
  return isSame ? 'unchanged' : 'changed'
}

async function findKnown(
  db: Queryable,
  { zone, collectionId }: ListPlace,
  titles: readonly ListedTitle[],
  isLocked: boolean,
): Promise<Map<string, Known>> {
  const rows = await db.query<Known>(
    `select title_key as key, portfolio_id as "portfolioId", mms_id as "mmsId", url, coverage, public_note as "publicNote",
       withdrawn_at is not null as "isWithdrawn"
     from portfolio where zone_id = $1 and collection_id = $2 and title_key = any($3::text[])
     order by portfolio_id${isLocked ? ' for update' : ''}`,
    [zone.zoneId, collectionId, textArray(titles.map(({ key }) => key))],
  )
  return new Map(rows.map((row) => [row.key, row]))
}

async function addNew(
  tx: Tx,
  { zone, collectionId, serviceId }: ListPlace,
  titles: readonly ListedTitle[],
  by: string | null,
): Promise<void> {
  const ids = await reserveInventoryIds(tx, 'portfolio', zone.suffix, titles.length)
  await tx.execute(
    `insert into portfolio (zone_id, portfolio_id, mms_id, version, collection_id, service_id, url, availability, coverage,
       public_note, material_type, title_key, action, changed_by, part)
     select $1, n.id, n.mms_id, 1, $2, $3, n.url, 'available', n.coverage, n.note, n.material, n.key, 'added', $4, n.part
     from unnest($5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::smallint[])
       as n (id, mms_id, url, coverage, note, material, key, part)`,
    [zone.zoneId, collectionId, serviceId, by, ids, ...columnsOf(titles)],
  )
}

const columnsOf = (titles: readonly ListedTitle[]) => [
  titles.map(({ mmsId }) => mmsId),
  titles.map(({ url }) => url),
  titles.map(({ coverage }) => coverage),
  titles.map(({ publicNote }) => publicNote),
  titles.map(({ materialType }) => materialType),
  titles.map(({ key }) => key),
  titles.map(({ mmsId }) => partOf(mmsId)),
]

async function changeKnown(
  tx: Tx,
  { zone: { zoneId } }: ListPlace,
  changed: readonly { readonly title: ListedTitle; readonly there: Known }[],
  by: string | null,
): Promise<void> {
  // Its record may have come to another bib, where two have become one that had been apart.
  const moves = changed.flatMap(({ title, there }) =>
    title.mmsId === there.mmsId ? [] : [{ id: there.portfolioId, into: title.mmsId, by: byPerson(by) }],
  )
  await movePieces(tx, 'portfolio', zoneId, moves, '')
  const ids = changed.map(({ there }) => there.portfolioId)
  await keepVersions(tx, 'portfolio', zoneId, ids)
  await tx.execute(
    `update portfolio p set version = version + 1, url = n.url, coverage = n.coverage, public_note = n.note,
       availability = case when p.withdrawn_at is null then p.availability else 'available' end, withdrawn_at = null,
       action = 'changed', changed_at = now(), changed_by = $2, job_id = null, file_no = null, position = null
     from unnest($3::text[], $4::text[], $5::text[], $6::text[]) as n (id, url, coverage, note)
     where p.zone_id = $1 and p.portfolio_id = n.id`,
    [
      zoneId,
      by,
      ids,
      changed.map(({ title }) => title.url),
      changed.map(({ title }) => title.coverage),
      changed.map(({ title }) => title.publicNote),
    ],
  )
}

/** A portfolio that the list has no more. */
export type WithdrawnTitle = {
  readonly portfolioId: string
  readonly mmsId: string
  readonly key: string
  readonly title: string
}

/** The portfolios of a collection that titles are withdrawn of: all but those that a whole list names, or those alone. */
export const findWithdrawn = (
  db: Queryable,
  place: ListPlace,
  {
    isWhole,
    keys,
    goneKeys,
  }: { readonly isWhole: boolean; readonly keys: readonly string[]; readonly goneKeys: readonly string[] },
): Promise<WithdrawnTitle[]> => (isWhole ? findUnlisted(db, place, keys) : findListed(db, place, goneKeys))

const findListed = (
  db: Queryable,
  { zone, collectionId }: ListPlace,
  keys: readonly string[],
): Promise<WithdrawnTitle[]> =>
  db.query<WithdrawnTitle>(
    `${withdrawnQuery}
     where p.zone_id = $1 and p.collection_id = $2 and p.title_key = any($3::text[]) and p.withdrawn_at is null
     order by p.portfolio_id`,
    [zone.zoneId, collectionId, textArray(keys)],
  )

const withdrawnQuery = `
  select p.portfolio_id as "portfolioId", p.mms_id as "mmsId", p.title_key as key, s.title
  from portfolio p join bib_search s on s.zone_id = p.zone_id and s.mms_id = p.mms_id`

/** The portfolios of a list's collection whose titles it does not name. */
export const findUnlisted = (
  db: Queryable,
  { zone, collectionId }: ListPlace,
  keys: readonly string[],
): Promise<WithdrawnTitle[]> =>
  db.query<WithdrawnTitle>(
    `${withdrawnQuery}
     where p.zone_id = $1 and p.collection_id = $2 and p.title_key is not null and p.withdrawn_at is null
       and not exists (select from unnest($3::text[]) as n (key) where n.key = p.title_key)
     order by p.portfolio_id`,
    [zone.zoneId, collectionId, textArray(keys)],
  )

/** The titles of a collection that are not withdrawn. */
export async function countTitles(db: Queryable, { zone, collectionId }: ListPlace): Promise<number> {
  const [row] = await db.query<{ titles: number }>(
    `select count(*)::int as titles from portfolio
     where zone_id = $1 and collection_id = $2 and title_key is not null and withdrawn_at is null`,
    [zone.zoneId, collectionId],
  )
  return row?.titles ?? 0
}

/** Marks portfolios as withdrawn and not available, and those that were activated from them. */
export async function withdrawTitles(
  tx: Tx,
  { zone: { zoneId } }: ListPlace,
  withdrawn: readonly WithdrawnTitle[],
  by: string | null,
): Promise<void> {
  const ids = withdrawn.map(({ portfolioId }) => portfolioId)
  await tx.query(
    `select from portfolio where zone_id = $1 and portfolio_id = any($2::text[]) order by portfolio_id for update`,
    [zoneId, ids],
  )
  await keepVersions(tx, 'portfolio', zoneId, ids)
  await tx.execute(
    `update portfolio set version = version + 1, availability = 'unavailable', withdrawn_at = now(), action = 'changed',
       changed_at = now(), changed_by = $3, job_id = null, file_no = null, position = null
     where zone_id = $1 and portfolio_id = any($2::text[])`,
    [zoneId, ids, by],
  )
  await followSources(tx, ids, by)
}
