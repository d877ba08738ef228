import type { Queryable, Tx } from '../db/database.ts'
import { hash64 } from '../rules/hash.ts'
import {
  type InventoryPlan,
  type InventoryRequest,
  placeKey,
  type PresentInventory,
  sourceKey,
  urlKey,
} from '../rules/inventory/plan-inventory.ts'

/*
 * What earlier batches of a preview would have made of inventory, so that later ones find it.
 */

const keyOf = (what: 'place' | 'barcode' | 'source' | 'url', text: string): string =>
  hash64(`${what} ${text}`)

type Planned = { readonly key: string; readonly inventoryId: string; readonly mmsId: string }

/** Keeps what a batch of a preview would make. */
export async function writePreviewInventory(tx: Tx, jobId: string, plan: InventoryPlan): Promise<void> {
  const planned: Planned[] = [
    ...plan.holdings.map(({ holdingsId: inventoryId, mmsId, ...place }) => ({
      key: keyOf('place', placeKey(mmsId, place)),
      inventoryId,
      mmsId,
    })),
    ...plan.items.flatMap(({ itemId: inventoryId, mmsId, source, wanted: { barcode } }) => [
      { key: keyOf('source', source), inventoryId, mmsId },
      ...(barcode === null ? [] : [{ key: keyOf('barcode', barcode), inventoryId, mmsId }]),
    ]),
    ...plan.portfolios.flatMap(({ portfolioId: inventoryId, mmsId, source, wanted: { url } }) => [
      { key: keyOf('source', source), inventoryId, mmsId },
      { key: keyOf('url', urlKey(mmsId, url)), inventoryId, mmsId },
    ]),
  ]
  if (planned.length === 0) return
  await tx.execute(
    `insert into preview_inventory (job_id, key, inventory_id, mms_id)
     select $1, n.* from unnest($2::text[], $3::text[], $4::text[]) as n
     on conflict do nothing`,
    [
      jobId,
      planned.map(({ key }) => key),
      planned.map(({ inventoryId }) => inventoryId),
      planned.map(({ mmsId }) => mmsId),
    ],
  )
}

/** Adds to what there is what earlier batches of the preview would have made. */
export async function joinPreviewInventory(
  tx: Queryable,
  jobId: string,
  requests: readonly InventoryRequest[],
  present: PresentInventory,
): Promise<void> {
  const adds = new Map<string, (planned: Planned) => void>()
  for (const { mmsId, wanted, contentKey } of requests) {
    if (mmsId === null) continue
    wanted.physical.forEach(({ library, location, item }, at) => {
      if (library !== null && location !== null) {
        const place = placeKey(mmsId, { library, location })
        adds.set(keyOf('place', place), ({ inventoryId }) => void present.holdings.set(place, inventoryId))
      }
      addSource(sourceKey(contentKey, 'item', at))
      const barcode = item?.barcode ?? null
      if (barcode !== null)
        adds.set(
          keyOf('barcode', barcode),
          (planned) =>
            void present.barcodes.set(barcode, { itemId: planned.inventoryId, mmsId: planned.mmsId }),
        )
    })
    wanted.portfolios.forEach(({ url }, at) => {
      const key = urlKey(mmsId, url)
      adds.set(keyOf('url', key), ({ inventoryId }) => void present.portfolios.set(key, inventoryId))
      addSource(sourceKey(contentKey, 'portfolio', at))
    })
  }
  const rows = await tx.query<Planned>(
    `select key, inventory_id as "inventoryId", mms_id as "mmsId" from preview_inventory
     where job_id = $1 and key = any($2::text[])`,
    [jobId, [...adds.keys()]],
  )
  for (const planned of rows) adds.get(planned.key)?.(planned)

  function addSource(source: string) {
    adds.set(keyOf('source', source), ({ inventoryId }) => void present.sources.set(source, inventoryId))
  }
}
