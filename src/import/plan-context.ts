import { findCandidates } from '../catalog/find-candidates.ts'
import { findHanging, findInventoryHanging } from '../catalog/find-hanging.ts'
import { renewLock } from '../catalog/lock.ts'
import { reserveMmsIds } from '../catalog/mms-id.ts'
import { protectedFields } from '../catalog/protected-fields.ts'
import type { Tx } from '../db/database.ts'
import { compiledProfile } from '../rules/compiled-profile.ts'
import {
  addInventory,
  createHangingIndex,
  type Hanging,
  type InventoryHanging,
  noInventory,
  nothingHangs,
} from '../rules/hanging.ts'
import type { KeyLookup } from '../rules/match/lookup.ts'
import { guardLookups } from '../rules/oclc-guards.ts'
import { type Plan, type PlanContext, planBatch } from '../rules/plan.ts'
import { redirectLookups } from '../rules/redirect.ts'
import { unpack } from '../marc/packed.ts'
import type { ReadyRecord } from '../rules/prepare.ts'
import { turnBack } from './as-of.ts'
import type { BatchRun, BibEdit } from './batch.ts'
import { findPlannedCombined, joinHanging, joinPreview } from './preview.ts'
import { holdOurs, sharingOf } from './share-batch.ts'
import type { PortfolioOn } from '../rules/withdraw.ts'
import { findPortfoliosOn } from './withdraw-portfolios.ts'
import { stampOf } from '../rules/save-stamp.ts'

type ReadyAt = { readonly position: number; readonly ready: ReadyRecord }

/**
 * Steps 3 and 4 of the path of a record, for those of a batch. What hangs on bibs is read where they are to
 * become one, which few batches come to: the plans are then made anew.
 */
export async function planRecords(tx: Tx, run: BatchRun, ready: readonly ReadyAt[]): Promise<Plan[]> {
  const numbers = run.mode === 'preview' ? [] : await reserveMmsIds(tx, run.bibZone.suffix, ready.length)
  let hanging = new Map<string, Hanging>()
  let portfolios: ReadonlyMap<string, readonly PortfolioOn[]> = new Map()
  for (;;) {
    const context = await planContext(tx, run, ready, numbers, { hanging, portfolios })
    const plans = planBatch(ready, context)
    const { asked, askedPortfolios } = context.hanging
    if (asked.size === 0 && askedPortfolios.size === 0) return plans
    if (asked.size > 0) hanging = await hangingOf(tx, run, new Set([...hanging.keys(), ...asked]), context)
    if (askedPortfolios.size > 0)
      portfolios = await findPortfoliosOn(
        tx,
        run.bibZone.zoneId,
        [...new Set([...portfolios.keys(), ...askedPortfolios])],
        { forUpdate: run.mode === 'apply' },
      )
  }
}

async function hangingOf(
  tx: Tx,
  run: BatchRun,
  mmsIds: ReadonlySet<string>,
  { index }: PlanContext,
): Promise<Map<string, Hanging>> {
  const keys = [...mmsIds].flatMap((mmsId) => {
    const bib = index.bibs.get(mmsId)
    return bib ? index.derivedOf(bib).keys.map(({ value }) => value) : []
  })
  const found = await findHanging(tx, [...mmsIds], run.mode === 'apply' ? { lockedWith: keys } : {})
  const linked =
    run.mode === 'preview' && run.job ? await joinHanging(tx, run.job.jobId, [...mmsIds], found) : found
  const inventory = await inventoryOf(tx, run, [...mmsIds])
  const hanging = new Map<string, Hanging>(
    [...mmsIds].map((mmsId) => [mmsId, { linked: [], inventory: inventory.get(mmsId) ?? noInventory }]),
  )
  for (const each of linked) {
    const on = each.bib.linkedMmsId ?? ''
    const { linked: others, inventory: own } = hanging.get(on) ?? nothingHangs
    hanging.set(on, { linked: [...others, each], inventory: own })
  }
  return hanging
}

/** In a preview, with that of the bibs that its earlier batches would have combined into them. */
async function inventoryOf(
  tx: Tx,
  { mode, job, bibZone }: BatchRun,
  mmsIds: readonly string[],
): Promise<ReadonlyMap<string, InventoryHanging>> {
  const into = mode === 'preview' && job ? await findPlannedCombined(tx, job.jobId, mmsIds) : new Map()
  const found = await findInventoryHanging(tx, bibZone.zoneId, [...mmsIds, ...into.keys()])
  const inventory = new Map<string, InventoryHanging>()
  for (const [mmsId, counts] of found) {
    const on = into.get(mmsId) ?? mmsId
    inventory.set(on, addInventory(inventory.get(on) ?? noInventory, counts))
  }
  return inventory
}

/** What the records of a batch are planned against. */
async function planContext(
  tx: Tx,
  run: BatchRun,
  ready: readonly ReadyAt[],
  numbers: readonly string[],
  {
    hanging,
    portfolios,
  }: {
    readonly hanging: ReadonlyMap<string, Hanging>
    readonly portfolios: ReadonlyMap<string, readonly PortfolioOn[]>
  },
): Promise<PlanContext> {
  const { profile, decided, edit } = run
  const redirects = redirectsOf(run, ready)
  const lookups =
    edit && !edit.checkMatch
      ? []
      : [
          ...ready.flatMap((record) => record.ready.steps.flatMap((step) => step.lookups)),
          ...ready.flatMap((record) => guardLookups(record.ready, profile.onMatch)),
          ...[...redirects.values()].flat(),
        ]
  const ours = run.share ? await holdOurs(tx, run, run.share, ready) : null
  const index = await findCandidates(tx, run.bibZone, lookups, {
    alsoBibs: [decided?.into ?? [], run.against ?? [], decided?.others ?? [], edit?.mmsId ?? []].flat(),
    forUpdate: run.mode === 'apply',
    withLinkedRecords: ready.some((record) => record.ready.features !== null),
  })
  if (run.asOf) {
    const positions = ready.map(({ position }) => position)
    await turnBack(tx, run.bibZone, run.asOf, positions, index)
  }
  if (run.mode === 'preview' && run.job) await joinPreview(tx, run.job.jobId, lookups, index)
  const protect = await protectedFields(tx, run.bibZone)
  const sharing = run.share && ours ? await sharingOf(tx, run, run.share, ours, index) : undefined
  let given = 0
  return {
    profile,
    zone: run.bibZone.code,
    protect: { ...protect, fields: [...protect.fields, ...profile.protect] },
    mergeRuleOf: compiledProfile(profile).mergeRuleOf,
    index,
    hanging: { ...createHangingIndex(), known: new Map(hanging), portfolios: new Map(portfolios) },
    redirects,
    newMmsId: (position) => numbers[given++] ?? previewMmsId(run.job?.fileNo ?? 0, position),
    stamp: stampOf(new Date()),
    jobId: run.job?.jobId ?? null,
    file: run.job?.file ?? '',
    ...(run.expected ? { expected: run.expected } : {}),
    ...(run.drifted ? { drifted: run.drifted } : {}),
    ...(run.details ? { details: run.details } : {}),
    ...(run.against === undefined ? {} : { against: run.against }),
    ...(decided ? { decided } : {}),
    ...(sharing ? { sharing } : {}),
    ...(edit ? { edit: { ...edit, passesLock: await passesLock(tx, run.bibZone, edit, run.by) } } : {}),
  }
}

/** To save is a sign of life of one's own lock. */
const passesLock = async (
  tx: Tx,
  { zoneId }: BatchRun['bibZone'],
  { mmsId, lock, overrideLock }: BibEdit,
  by: string | null,
): Promise<boolean> =>
  overrideLock ||
  (mmsId !== null && lock !== null && by !== null && (await renewLock(tx, zoneId, mmsId, by, lock)))

/** The number that a bib has in a preview, before it has one. */
const previewMmsId = (fileNo: number, position: number): string => `new:${fileNo}:${position}`

const noRedirects: ReadonlyMap<number, readonly KeyLookup[]> = new Map()

/** The numbers that records name as superseded; bare ones are those of the record's own source. */
function redirectsOf({ profile }: BatchRun, ready: readonly ReadyAt[]): PlanContext['redirects'] {
  const { redirect } = profile
  if (!redirect) return noRedirects
  return new Map(
    ready.map(({ position, ready: { leader, body, originatingNumber } }) => {
      const source = /^\([^)]*\)/.exec(originatingNumber ?? '')?.[0] ?? `(${profile.originatingSystem})`
      return [position, redirectLookups(unpack(leader + body), redirect, source)]
    }),
  )
}
