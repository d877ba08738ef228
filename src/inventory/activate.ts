import { lockKeys } from '../catalog/key-locks.ts'
import { partOf } from '../catalog/part.ts'
import type { Zone } from '../catalog/zone.ts'
import type { Tx } from '../db/database.ts'
import { bibOfInventory } from './bib-of-inventory.ts'
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
  const sources = new Map(
    (
      await tx.query<{
        id: string
        mmsId: string
        isWithdrawn: boolean
        localId: string | null
        localMmsId: string | null
      }>(
        `select p.portfolio_id as id, p.mms_id as "mmsId", p.withdrawn_at is not null as "isWithdrawn",
           l.portfolio_id as "localId", l.mms_id as "localMmsId"
         from portfolio p join zone z on z.zone_id = p.zone_id and z.kind = 'community'
         left join portfolio l on l.zone_id = $1 and l.source_id = p.portfolio_id
         where p.portfolio_id = any($2::text[])`,
        [zone.zoneId, wanted],
      )
    ).map((row) => [row.id, row]),
  )
  const activated: Activated[] = []
  for (const sourceId of wanted) {
    const source = sources.get(sourceId)
    if (!source)
      throw new InventoryRefusal(
        'missing',
        'NO_SUCH_INVENTORY',
        `There is no portfolio ${sourceId} in the community zone.`,
        'Look at the portfolios of the collection.',
      )
    if (source.localId !== null && source.localMmsId !== null) {
      const portfolioId = source.localId
      const bib =
        onto === undefined
          ? { mmsId: source.localMmsId, isNew: false }
          : await bibOfInventory(tx, zone, onto, 'electronic', by)
      if (bib.mmsId !== source.localMmsId)
        await carryInventory(tx, zone.zoneId, [{ id: portfolioId, into: bib.mmsId, by: byPerson(by) }])
      activated.push({ sourceId, portfolioId, mmsId: bib.mmsId, isNewBib: bib.isNew, wasThere: true })
      continue
    }
    if (source.isWithdrawn)
      throw new InventoryRefusal(
        'conflict',
        'WITHDRAWN',
        `The portfolio ${sourceId} has been withdrawn: the provider’s list has it no more.`,
        'Leave it out.',
      )
    const bib = await bibOfInventory(tx, zone, onto ?? source.mmsId, 'electronic', by)
    const [portfolioId = ''] = await reserveInventoryIds(tx, 'portfolio', zone.suffix, 1)
    await tx.execute(
      `insert into portfolio (zone_id, portfolio_id, mms_id, version, collection_id, service_id, url, availability, coverage,
         public_note, material_type, source_id, follows_url, follows_coverage, action, changed_by, part)
       select $1, $2, $3, 1, collection_id, service_id, url, availability, coverage, public_note, material_type,
         portfolio_id, true, true, 'added', $4, $5
       from portfolio where portfolio_id = $6`,
      [zone.zoneId, portfolioId, bib.mmsId, by, partOf(bib.mmsId), sourceId],
    )
    activated.push({ sourceId, portfolioId, mmsId: bib.mmsId, isNewBib: bib.isNew, wasThere: false })
  }
  return activated
}
