import { makeLink, makeLinks } from '../catalog/share-bib.ts'
import type { Zone } from '../catalog/zone.ts'
import type { Tx } from '../db/database.ts'
import { textArray } from '../db/text-array.ts'
import { InventoryRefusal } from './refusal.ts'

/** The bib that inventory hangs on. */
export type BibOfInventory = {
  readonly mmsId: string
  /** The institution's linked bib was made for it now (D3). */
  readonly isNew: boolean
}

/**
 * The bib of the zone that inventory for a bib is to hang on: the bib itself, or for one of the network or the
 * community zone the institution's linked bib, which is made where there is none (D3). It cannot be deleted or
 * combined before the transaction ends.
 *
 * @throws {InventoryRefusal}
 */
export async function bibOfInventory(
  tx: Tx,
  zone: Zone,
  mmsId: string,
  kind: 'physical' | 'electronic',
  by: string | null,
): Promise<BibOfInventory> {
  if (kind === 'physical' && zone.kind !== 'institution')
    throw new InventoryRefusal(
      'invalid',
      'NO_PHYSICAL_INVENTORY',
      `${zone.name} (${zone.code}) has no physical inventory: that is always an institution’s.`,
      'Add it in your institution zone; a linked bib is made there for the bib.',
    )
  if (mmsId.endsWith(zone.suffix) || zone.kind !== 'institution') {
    await holdBib(tx, zone, mmsId)
    return { mmsId, isNew: false }
  }
  const linked = await makeLink(tx, zone, mmsId, by)
  if (!linked.ok) {
    const { code, message, remedy } = linked
    throw new InventoryRefusal(code === 'NO_SUCH_BIB' ? 'missing' : 'invalid', code, message, remedy)
  }
  await holdBib(tx, zone, linked.mmsId)
  return { mmsId: linked.mmsId, isNew: linked.isNew }
}

/**
 * The institution's linked bibs of bibs of the community zone, by the numbers of those; made where there are none.
 * They cannot be deleted or combined before the transaction ends.
 *
 * @throws {InventoryRefusal} where one of the bibs is not there any more
 */
export async function linkedBibsOf(
  tx: Tx,
  zone: Zone,
  communityZoneId: number,
  mmsIds: readonly string[],
  by: string | null,
): Promise<ReadonlyMap<string, BibOfInventory>> {
  const linked = await makeLinks(tx, zone, communityZoneId, mmsIds, by)
  const gone = mmsIds.find((mmsId) => !linked.has(mmsId))
  if (gone !== undefined) throw noSuchBib(zone, gone)
  const ids = [...linked.values()].map(({ mmsId }) => mmsId)
  await tx.query(
    `select from bib where zone_id = $1 and mms_id = any($2::text[]) order by mms_id for key share`,
    [zone.zoneId, textArray(ids)],
  )
  return linked
}

/** Others may change the bib meanwhile, but for its number: it neither goes nor becomes one with another. */
async function holdBib(tx: Tx, zone: Zone, mmsId: string): Promise<void> {
  const found = await tx.query(`select from bib where zone_id = $1 and mms_id = $2 for key share`, [
    zone.zoneId,
    mmsId,
  ])
  if (found.length === 0) throw noSuchBib(zone, mmsId)
}

const noSuchBib = ({ code }: Zone, mmsId: string) =>
  new InventoryRefusal(
    'missing',
    'NO_SUCH_BIB',
    `There is no bib ${mmsId} in zone ${code}.`,
    'Check the number; the bib may have been deleted, or combined into another.',
  )
