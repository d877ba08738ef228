import { lockKeys } from '../catalog/key-locks.ts'
import { partOf } from '../catalog/part.ts'
import type { Zone } from '../catalog/zone.ts'
import type { Tx } from '../db/database.ts'
import { beyondScope } from '../db/scope.ts'
import { textArray } from '../db/text-array.ts'
import { type BibOfInventory, bibOfInventory, linkedBibsOf } from './bib-of-inventory.ts'
import { reserveInventoryIds } from './inventory-id.ts'
import { carryInventory } from './move.ts'
import { InventoryRefusal } from './refusal.ts'
import { byPerson } from './revision.ts'

/** What an activation came to. */
export type Activated = {
  /** The portfolio of the community zone. */
  readonly sourceId: string
  readonly portfolioId: string
  /** The institution's bib that it is on. */
  readonly mmsId: string
  readonly isNewBib: boolean
  /** Nothing was done: the institution has it already. */
  readonly wasThere: boolean
}

export type Activation = {
  readonly by: string | null
  /** The institution's own bib, or the one that it has of this one, that they are to be on; else each is on its linked bib. */
  readonly onto?: string | undefined
}

/**
 * Activates portfolios of the community zone for an institution: each becomes one of its own, on its linked bib,
 * which is made where there is none (D3), and follows its source in address and coverage. One that it has already
 * stays as it is, but goes to the bib `onto` where that is named.
 *
 * @throws {InventoryRefusal} and nothing is activated
 */
export async function activatePortfolios(
  tx: Tx,
  zone: Zone,
  sourceIds: readonly string[],
  { by, onto }: Activation,
): Promise<Activated[]> {
  if (zone.kind !== 'institution')
    throw new InventoryRefusal(
      'invalid',
      'NOT_AN_INSTITUTION',
      `${zone.name} (${zone.code}) is no institution: portfolios are activated for readers of one.`,
      'Activate it in an institution zone.',
    )
  const wanted = [...new Set(sourceIds)].toSorted()
  // Two who activate the same at once come to one portfolio.
  await lockKeys(
    tx,
    zone.zoneId,
    wanted.map((id) => `activated ${id}`),
  )
  const sources = await findSources(tx, zone, wanted)
  for (const id of wanted) holdToActivatable(id, sources.get(id))
  const found = [...sources.values()].toSorted((a, b) => (a.sourceId < b.sourceId ? -1 : 1))
  const bibs = await bibsFor(tx, zone, found, { by, onto })
  await holdSources(tx, found)
  const bibOf = ({ mmsId }: Source) => bibs.get(onto ?? mmsId) as BibOfInventory
  const added = await addPortfolios(
    tx,
    zone,
    found.filter(({ local }) => local === null).map((source) => ({ ...source, bib: bibOf(source) })),
    by,
  )
  // What is there already stays where it is, unless it is to come to another bib.
  const there = found.flatMap((source) => {
    if (source.local === null) return []
    const bib = onto === undefined ? { mmsId: source.local.mmsId, isNew: false } : bibOf(source)
    return [{ source, local: source.local, bib }]
  })
  await carryInventory(
    tx,
    zone.zoneId,
    there.flatMap(({ local, bib }) =>
      bib.mmsId === local.mmsId ? [] : [{ id: local.portfolioId, into: bib.mmsId, by: byPerson(by) }],
    ),
  )
  // A bib that was linked now for several of them is new with the first.
  const seen = new Set<string>()
  return found.map((source): Activated => {
    const known = there.find((each) => each.source === source)
    const bib = known?.bib ?? bibOf(source)
    const isNewBib = bib.isNew && !seen.has(bib.mmsId)
    seen.add(bib.mmsId)
    return {
      sourceId: source.sourceId,
      portfolioId: known?.local.portfolioId ?? (added.get(source.sourceId) as string),
      mmsId: bib.mmsId,
      isNewBib,
      wasThere: known !== undefined,
    }
  })
}

type Source = {
  readonly sourceId: string
  readonly zoneId: number
  readonly mmsId: string
  readonly isWithdrawn: boolean
  /** What the institution has of it. */
  readonly local: { readonly portfolioId: string; readonly mmsId: string } | null
}

async function findSources(tx: Tx, zone: Zone, ids: readonly string[]): Promise<ReadonlyMap<string, Source>> {
  const rows = await tx.query<Source>(
    `select p.portfolio_id as "sourceId", p.zone_id as "zoneId", p.mms_id as "mmsId",
       p.withdrawn_at is not null as "isWithdrawn",
       (select json_build_object('portfolioId', l.portfolio_id, 'mmsId', l.mms_id) from portfolio l
        where l.zone_id = $1 and l.source_id = p.portfolio_id order by l.portfolio_id limit 1) as local
     from portfolio p join zone z on z.zone_id = p.zone_id and z.kind = 'community'
     where p.portfolio_id = any($2::text[])`,
    [zone.zoneId, textArray(ids)],
  )
  return new Map(rows.map((row) => [row.sourceId, row]))
}

/** @throws {InventoryRefusal} */
function holdToActivatable(id: string, source: Source | undefined): void {
  if (!source)
    throw new InventoryRefusal(
      'missing',
      'NO_SUCH_INVENTORY',
      `There is no portfolio ${id} in the community zone.`,
      'Look at the portfolios of the collection.',
    )
  if (source.isWithdrawn && source.local === null) throw isWithdrawn(id)
}

const isWithdrawn = (id: string) =>
  new InventoryRefusal(
    'conflict',
    'WITHDRAWN',
    `The portfolio ${id} has been withdrawn: the provider’s list has it no more.`,
    'Leave it out.',
  )

/** The bibs that they go to: one that is named, by its number, or the linked ones, by those of the community zone. */
async function bibsFor(
  tx: Tx,
  zone: Zone,
  sources: readonly Source[],
  { by, onto }: Activation,
): Promise<ReadonlyMap<string, BibOfInventory>> {
  if (onto !== undefined) return new Map([[onto, await bibOfInventory(tx, zone, onto, 'electronic', by)]])
  const bibs = new Map<string, BibOfInventory>()
  const fresh = sources.filter(({ local }) => local === null)
  for (const [zoneId, own] of Map.groupBy(fresh, (source) => source.zoneId)) {
    const mmsIds = [...new Set(own.map(({ mmsId }) => mmsId))]
    for (const [of, bib] of await linkedBibsOf(tx, zone, zoneId, mmsIds, by)) bibs.set(of, bib)
  }
  return bibs
}

/**
 * A title list that changes or withdraws one meanwhile waits, and then finds what was activated; one that did so
 * before has it refused here. Beyond the scope of the request: nobody who activates has a role there. After the
 * bibs, in the order in which a list takes them.
 *
 * @throws {InventoryRefusal}
 */
const holdSources = (tx: Tx, sources: readonly Source[]): Promise<void> =>
  beyondScope(async () => {
    const fresh = sources.filter(({ local }) => local === null).map(({ sourceId }) => sourceId)
    const rows = await tx.query<{ id: string; isWithdrawn: boolean }>(
      `select portfolio_id as id, withdrawn_at is not null as "isWithdrawn" from portfolio
       where portfolio_id = any($1::text[]) and zone_id = any($2::smallint[]) order by portfolio_id for share`,
      [textArray(fresh), sources.map(({ zoneId }) => zoneId)],
    )
    for (const row of rows) if (row.isWithdrawn) throw isWithdrawn(row.id)
  })

/** @returns the number of each new portfolio, by that of its source */
async function addPortfolios(
  tx: Tx,
  zone: Zone,
  fresh: readonly (Source & { readonly bib: BibOfInventory })[],
  by: string | null,
): Promise<ReadonlyMap<string, string>> {
  const ids = await reserveInventoryIds(tx, 'portfolio', zone.suffix, fresh.length)
  await tx.execute(
    `insert into portfolio (zone_id, portfolio_id, mms_id, version, collection_id, service_id, url, availability, coverage,
       public_note, material_type, source_id, follows_url, follows_coverage, action, changed_by, part)
     select $1, n.id, n.mms_id, 1, p.collection_id, p.service_id, p.url, p.availability, p.coverage, p.public_note,
       p.material_type, p.portfolio_id, true, true, 'added', $2, n.part
     from unnest($3::text[], $4::smallint[], $5::text[], $6::text[], $7::smallint[]) as n (source_id, source_zone, id, mms_id, part)
     join portfolio p on p.zone_id = n.source_zone and p.portfolio_id = n.source_id`,
    [
      zone.zoneId,
      by,
      fresh.map(({ sourceId }) => sourceId),
      fresh.map(({ zoneId }) => zoneId),
      ids,
      fresh.map(({ bib }) => bib.mmsId),
      fresh.map(({ bib }) => partOf(bib.mmsId)),
    ],
  )
  return new Map(fresh.map(({ sourceId }, at) => [sourceId, ids[at] as string]))
}
