import { findBibPages } from '../catalog/bib-page.ts'
import type { Zone } from '../catalog/zone.ts'
import type { Queryable, Tx } from '../db/database.ts'
import { addImported } from '../inventory/add-imported.ts'
import { callNumberTable } from '../inventory/call-number-table.ts'
import { reserveInventoryIds } from '../inventory/inventory-id.ts'
import { type Library, listLibraries } from '../inventory/place.ts'
import { holdingsOf } from '../rules/inventory/holdings-of.ts'
import type { InventorySettings } from '../rules/inventory/inventory-settings.ts'
import {
  type InventoryPlan,
  type InventoryRequest,
  type InventoryStep,
  planInventory,
  taken,
} from '../rules/inventory/plan-inventory.ts'
import type { Plan } from '../rules/plan.ts'
import type { ReadyRecord } from '../rules/prepare.ts'
import { stampOf } from '../rules/save-stamp.ts'
import type { BatchRun } from './batch.ts'
import { comesToBib } from './link-targets.ts'
import { findPresent } from './present-inventory.ts'
import { writePreviewInventory } from './preview-inventory.ts'

type ReadyAt = { readonly position: number; readonly ready: ReadyRecord }

const none: ReadonlyMap<number, readonly InventoryStep[]> = new Map()

/**
 * Step 5 for inventory: what the records ask for is planned against what their bibs have, and written in the batch's
 * transaction. By the position of the record. The bibs are written; `bibOf` leads from the bib of a plan to that of
 * the institution.
 */
export async function importInventory(
  tx: Tx,
  run: BatchRun,
  ready: readonly ReadyAt[],
  plans: readonly Plan[],
  bibOf: (mmsId: string | null) => string | null,
): Promise<ReadonlyMap<number, readonly InventoryStep[]>> {
  const { inventory: settings } = run.profile
  // Of what a person or a program sends one by one there is no ledger, and a replay is about bibs alone.
  if (!settings || run.share || run.edit || run.asOf || (run.mode === 'apply' && !run.job)) return none
  const wanting = new Map(
    ready.flatMap((record) =>
      record.ready.inventory && !record.ready.isDelete ? [[record.position, record.ready]] : [],
    ),
  )
  const hanging = plans.filter((plan) => wanting.has(plan.position) && comesToBib(plan))
  if (hanging.length === 0) return none
  const targets =
    run.mode === 'apply'
      ? await heldBibs(tx, run, hanging, bibOf)
      : await previewBibs(tx, run, hanging, bibOf)
  const requests = hanging.flatMap(({ position, mmsId }): InventoryRequest[] => {
    const record = wanting.get(position)
    return record?.inventory
      ? [
          {
            position,
            mmsId: targets.get(mmsId ?? '') ?? null,
            wanted: record.inventory,
            contentKey: contentKeyOf(run, position, record),
          },
        ]
      : []
  })
  const libraries = await listLibraries(tx, run.inventoryZone)
  const plan = planInventory(requests, {
    present: await findPresent(tx, run, requests),
    places: new Map(
      libraries.map(({ code, locations }) => [code, locations.map((location) => location.code)]),
    ),
    newId: await newIds(tx, run, requests),
  })
  if (run.mode === 'preview') {
    if (run.job) await writePreviewInventory(tx, run.job.jobId, plan)
    return plan.steps
  }
  const lost = await addPlanned(tx, run, settings, plan, libraries)
  return lost.size === 0 ? plan.steps : withoutLost(plan.steps, lost)
}

/** Where a record came from: its place in a file with these bytes, or where there is none its content. */
const contentKeyOf = ({ job }: BatchRun, position: number, { sourceHash }: ReadyRecord): string => {
  const file = job?.file ?? job?.source
  return file === undefined ? `=${sourceHash}` : `${file}:${position}`
}

/** By the bib of its plan the bib of the institution, locked so that it neither goes nor gets inventory meanwhile. */
async function heldBibs(
  tx: Tx,
  { inventoryZone }: BatchRun,
  plans: readonly Plan[],
  bibOf: (mmsId: string | null) => string | null,
): Promise<Map<string, string>> {
  const wanted = new Map(plans.flatMap(({ mmsId }) => (mmsId === null ? [] : [[mmsId, bibOf(mmsId)]])))
  const rows = await tx.query<{ mmsId: string }>(
    `select mms_id as "mmsId" from bib where zone_id = $1 and mms_id = any($2::text[])
     order by mms_id for no key update`,
    [inventoryZone.zoneId, [...wanted.values()].filter((mmsId) => mmsId !== null)],
  )
  const there = new Set(rows.map(({ mmsId }) => mmsId))
  return new Map(
    [...wanted].flatMap(([of, mmsId]) => (mmsId !== null && there.has(mmsId) ? [[of, mmsId]] : [])),
  )
}

/** The same in a preview: what would be made has a number that stands for it. */
async function previewBibs(
  tx: Queryable,
  { bibZone, inventoryZone }: BatchRun,
  plans: readonly Plan[],
  bibOf: (mmsId: string | null) => string | null,
): Promise<Map<string, string>> {
  const isElsewhere = bibZone.zoneId !== inventoryZone.zoneId
  const mmsIds = [...new Set(plans.flatMap(({ mmsId }) => mmsId ?? []))]
  if (!isElsewhere) return new Map(mmsIds.map((mmsId) => [mmsId, bibOf(mmsId) ?? mmsId]))
  const rows = await tx.query<{ mmsId: string; linkedMmsId: string }>(
    `select mms_id as "mmsId", linked_mms_id as "linkedMmsId" from bib
     where zone_id = $1 and linked_mms_id = any($2::text[])`,
    [inventoryZone.zoneId, mmsIds],
  )
  const linked = new Map(rows.map(({ mmsId, linkedMmsId }) => [linkedMmsId, mmsId]))
  return new Map(mmsIds.map((mmsId) => [mmsId, linked.get(mmsId) ?? `new:linked:${mmsId}`]))
}

/** Numbers for all that may be made, in three queries; of a preview such that stand for them. */
async function newIds(
  tx: Tx,
  { mode, job, inventoryZone }: BatchRun,
  requests: readonly InventoryRequest[],
): Promise<(kind: InventoryStep['kind']) => string> {
  if (mode === 'preview') {
    let given = 0
    const first = requests[0]?.position ?? 0
    return (kind) => `new:${kind}:${job?.fileNo ?? 0}:${first}:${++given}`
  }
  const physical = requests.flatMap(({ wanted }) => wanted.physical)
  const counts = {
    holdings: physical.length,
    item: physical.filter(({ item }) => item !== null).length,
    portfolio: requests.reduce((sum, { wanted }) => sum + wanted.portfolios.length, 0),
  }
  const { suffix } = inventoryZone
  const ids = {
    holdings: await reserveInventoryIds(tx, 'holdings', suffix, counts.holdings),
    item: await reserveInventoryIds(tx, 'item', suffix, counts.item),
    portfolio: await reserveInventoryIds(tx, 'portfolio', suffix, counts.portfolio),
  }
  const given = { holdings: 0, item: 0, portfolio: 0 }
  return (kind) => {
    const id = ids[kind][given[kind]++]
    if (id === undefined) throw new Error(`more ${kind} are planned than were asked for`)
    return id
  }
}

/** Writes a plan, and answers the items whose barcode others took in the same moment: they are not there. */
async function addPlanned(
  tx: Tx,
  { profile, inventoryZone: zone, by, job }: BatchRun,
  settings: InventorySettings,
  plan: InventoryPlan,
  libraries: readonly Library[],
): Promise<ReadonlySet<string>> {
  const now = stampOf(new Date())
  const bibs = await bibsOf(tx, zone, plan)
  const schemes = new Map(
    libraries.flatMap(({ code, locations }) =>
      locations.map((location) => [`${code}\n${location.code}`, location.callNumberType] as const),
    ),
  )
  const records = plan.holdings.map((holdings) => {
    const bib = bibs.get(holdings.mmsId)
    if (!bib || !settings.physical) throw new Error(`profile ${profile.code} plans holdings of no bib`)
    const record = holdingsOf(holdings, {
      settings: settings.physical,
      callNumberType: schemes.get(`${holdings.library}\n${holdings.location}`) ?? null,
      bib,
      table: callNumberTable(zone),
      entered: now.slice(2, 8),
    })
    return { ...holdings, record }
  })
  return addImported(
    tx,
    zone,
    {
      holdings: records,
      items: plan.items,
      portfolios: plan.portfolios,
      availability: settings.electronic?.activate === true ? 'available' : 'unavailable',
      collectionId: settings.electronic?.collection ?? null,
      serviceId: settings.electronic?.service ?? null,
    },
    { by, jobId: job?.jobId ?? null, fileNo: job?.fileNo ?? null, stamp: now },
  )
}

/** Of a linked bib with the record that it is linked to. */
async function bibsOf(tx: Tx, zone: Zone, { holdings }: InventoryPlan) {
  if (holdings.length === 0) return new Map()
  const pages = await findBibPages(tx, zone, [...new Set(holdings.map(({ mmsId }) => mmsId))])
  return new Map(pages.map(({ mmsId, record }) => [mmsId, record]))
}

const withoutLost = (
  steps: InventoryPlan['steps'],
  lost: ReadonlySet<string>,
): Map<number, readonly InventoryStep[]> =>
  new Map(
    [...steps].map(([position, own]) => [
      position,
      own.map((step) =>
        step.id !== null && lost.has(step.id)
          ? { ...step, ...taken(step.barcode ?? '', null), result: 'refused' as const, id: null }
          : step,
      ),
    ]),
  )
