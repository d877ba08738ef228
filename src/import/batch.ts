import { lockAllKeys, lockKeys } from '../catalog/key-locks.ts'
import { linkBibs } from '../catalog/link.ts'
import type { Zone } from '../catalog/zone.ts'
import { type Provenance, writeBibs } from '../catalog/bib-write.ts'
import type { Database, Tx } from '../db/database.ts'
import { isDataError, retrying } from '../db/errors.ts'
import { beyondScope } from '../db/scope.ts'
import type { Repair } from '../marc/frame.ts'
import type { BibChange } from '../rules/bib-state.ts'
import type { RunProfile } from '../rules/import-profile.ts'
import type { Code, Outcome } from '../rules/outcome.ts'
import type { PlanDetail } from '../rules/detail.ts'
import type { CombinedBib } from '../rules/combine-changes.ts'
import type { Edit } from '../rules/edit.ts'
import type { Decided, Expected } from '../rules/plan.ts'
import { isAsReviewed } from '../rules/inventory/held-inventory.ts'
import type { InventoryStep } from '../rules/inventory/plan-inventory.ts'
import type { Prepared } from '../rules/prepare.ts'
import type { Trace } from '../rules/trace.ts'
import type { AsOf } from './as-of.ts'
import { outcomeOnly, refused, resultOf } from './batch-result.ts'
import { showWriter } from './lease.ts'
import { followCallNumbers } from './follow-call-numbers.ts'
import { importInventory } from './import-inventory.ts'
import { linkTargets, stayingOf } from './link-targets.ts'
import { type MovedWithBib, moveInventory } from './combined-inventory.ts'
import { withdrawPortfolios } from './withdraw-portfolios.ts'
import { planRecords } from './plan-context.ts'
import type { ShareRun } from './share-batch.ts'
import { writePreview } from './preview.ts'

/** A record as it leaves the decoding thread: where it stood, what was mended, and what it was prepared to. */
export type PreparedRecord = {
  /** 1 for the first record of the file. */
  readonly position: number
  /** Bytes in the decompressed file. */
  readonly offset: number
  readonly length: number
  /** First 16 bytes of the SHA-256 of the frame, as hex digits: text crosses threads faster than bytes. */
  readonly hash: string
  readonly repairs: readonly Repair[]
  readonly prepared: Prepared
}

/** What a batch runs under. */
export type BatchRun = {
  readonly profile: RunProfile
  /** Where the bib is matched, merged and numbered (D2). */
  readonly bibZone: Zone
  /** Where inventory and linked bibs belong; the same zone unless the profile says use network zone. */
  readonly inventoryZone: Zone
  readonly by: string | null
  /**
   * `file` is the start of its SHA-256: the same file again changes nothing. `source` is the same of a file whose
   * record a person settles: its items are the ones that the file would have made.
   */
  readonly job: {
    readonly jobId: string
    readonly fileNo: number
    readonly file?: string
    readonly source?: string
  } | null
  /** `preview` decides all and writes nothing but the preview's own tables. */
  readonly mode: 'apply' | 'preview'
  /** By position: what the preview had planned, where this commits one. */
  readonly expected?: ReadonlyMap<number, Expected>
  /** Of these the inventory would come out otherwise than the preview showed: they are left to a person. */
  readonly drifted?: ReadonlySet<number>
  /** The catalogue is what it was for another job; of a preview alone. */
  readonly asOf?: AsOf
  /** The bib that is taken as the match, in place of what matching would find. */
  readonly against?: string
  /** By position, where it is asked for: what each record goes through. */
  readonly details?: Map<number, PlanDetail>
  /** A person's decision on the one record of the batch. */
  readonly decided?: Decided
  /** The records are bibs of the inventory zone, and each is linked to what its record comes to (D27). */
  readonly share?: ShareRun
  /** What a person does with one bib, in place of matching and merging. */
  readonly edit?: BibEdit
  /** What comes first in the transaction, such as taking away what hangs on a bib that is to be deleted. */
  readonly first?: (tx: Tx) => Promise<void>
}

/** An edit before the catalogue is asked whose lock the bib has. */
export type BibEdit = Omit<Edit, 'passesLock'> & {
  /** The token of one's own lock, where one has it. */
  readonly lock: string | null
  /** Somebody else's lock is no hindrance. */
  readonly overrideLock: boolean
}

/** The one value that report, reply, screen and log render. */
export type BatchResult = {
  readonly position: number
  readonly outcome: Outcome
  readonly code: Code | null
  readonly mmsId: string | null
  readonly versionBefore: number | null
  readonly versionAfter: number | null
  readonly linkedMmsId: string | null
  readonly matched: number
  readonly duplicateInFile: boolean
  readonly headings: number
  readonly candidates: readonly string[]
  readonly trace: Trace | null
  /** What became of other bibs by it, in order. */
  readonly combined: readonly CombinedResult[]
  /** Inventory that went with these bibs to others; none in a preview. */
  readonly movedInventory: readonly MovedWithBib[]
  /** What became of the inventory that the record asked for. */
  readonly inventory: readonly InventoryStep[]
  /** Of a preview: the bib as it is and as it would be, packed, and the hash that its commit is held to. */
  readonly before: string | null
  readonly after: string | null
  readonly content: string | null
}

/** What became of a bib that was combined into another, or hung on one that was. */
export type CombinedResult = Omit<CombinedBib, 'before' | 'zoneId'> & {
  readonly zoneId: number
  readonly mmsId: string
  readonly versionBefore: number
}

/**
 * Imports a batch: one outcome a record, in file order, in one transaction. A single record is a
 * batch of one. File jobs, the gateway, the editor and the API all enter here.
 *
 * `alongside` runs in the same transaction: the ledger commits with the effects. It may run several
 * times, for parts of the batch, where the database refused the batch and the record at fault had to
 * be found; what a rolled-back run wrote is gone. Transient failures repeat the batch and reject nothing.
 *
 * It reaches every zone, `alongside` too: what becomes of a record does not depend on who sends it, and bibs of
 * other institutions may hang on what it changes.
 */
export function importBatch(
  db: Database,
  run: BatchRun,
  records: readonly PreparedRecord[],
  alongside: (tx: Tx, results: readonly BatchResult[]) => Promise<void>,
): Promise<readonly BatchResult[]> {
  return beyondScope(() =>
    retrying(async () => {
      try {
        return await db.transaction(async (tx) => {
          await begin(tx, run, records)
          return importTogether(tx, run, records, alongside)
        })
      } catch (error) {
        if (!isDataError(error)) throw error
        return db.transaction(async (tx) => {
          await begin(tx, run, records)
          return importApart(tx, run, records, alongside)
        })
      }
    }),
  )
}

async function begin(tx: Tx, run: BatchRun, records: readonly PreparedRecord[]): Promise<void> {
  await lockForBatch(tx, run, records)
  await run.first?.(tx)
}

/** Keys of the records and what they will be looked up by, in every zone that may be written. */
async function lockForBatch(tx: Tx, run: BatchRun, records: readonly PreparedRecord[]): Promise<void> {
  if (run.job) await showWriter(tx, run.job.jobId)
  if (run.mode === 'preview') return
  const zones = new Set([run.bibZone.zoneId, run.inventoryZone.zoneId])
  for (const zoneId of [...zones].toSorted((a, b) => a - b)) {
    if (mayCombine(run)) await lockAllKeys(tx, zoneId)
    else await lockKeys(tx, zoneId, keyValues(records))
  }
}

/** Bibs that become one bring in keys which no record of the batch has, and which nobody may look up meanwhile. */
const mayCombine = ({ profile, decided }: BatchRun): boolean =>
  Boolean(profile.match.multi.combine) || Boolean(profile.redirect) || decided?.as === 'combine'

function* keyValues(records: readonly PreparedRecord[]): Generator<string> {
  for (const { prepared } of records) {
    if (prepared.status !== 'ready') continue
    for (const { value } of prepared.ready.derived.keys) yield value
    // Most are among them; a number of 024 that is looked up as a source's own is not.
    for (const { lookups } of prepared.ready.steps) for (const { value } of lookups) yield value
  }
}

type Alongside = (tx: Tx, results: readonly BatchResult[]) => Promise<void>

/** All at once; where the data stops that, by halves, until the record at fault stands alone. */
async function importApart(
  tx: Tx,
  run: BatchRun,
  records: readonly PreparedRecord[],
  alongside: Alongside,
): Promise<readonly BatchResult[]> {
  try {
    return await tx.savepoint((inner) => importTogether(inner, run, records, alongside))
  } catch (error) {
    if (!isDataError(error)) throw error
    const [only] = records
    if (records.length === 1 && only) {
      const results = [refused(only.position, error)]
      await alongside(tx, results)
      return results
    }
    const half = records.length >> 1
    const first = await importApart(tx, run, records.slice(0, half), alongside)
    return [...first, ...(await importApart(tx, run, records.slice(half), alongside))]
  }
}

/**
 * What inventory comes to is known when the bibs are written. Where it is not what the preview showed, all is taken
 * back and done again with these records left to a person.
 */
async function importTogether(
  tx: Tx,
  run: BatchRun,
  records: readonly PreparedRecord[],
  alongside: Alongside,
): Promise<readonly BatchResult[]> {
  if (!run.expected) return importOnce(tx, run, records, alongside)
  for (let drifted: ReadonlySet<number> = new Set(); ; ) {
    try {
      return await tx.savepoint((inner) => importOnce(inner, { ...run, drifted }, records, alongside))
    } catch (error) {
      if (!(error instanceof InventoryDrift)) throw error
      drifted = drifted.union(error.positions)
    }
  }
}

class InventoryDrift extends Error {
  readonly positions: ReadonlySet<number>

  constructor(positions: ReadonlySet<number>) {
    super('inventory would come out otherwise than the preview showed')
    this.positions = positions
  }
}

/** @throws {InventoryDrift} */
function holdInventory({ expected }: BatchRun, results: readonly BatchResult[]): void {
  const drifted = results.filter(({ position, code, inventory }) => {
    const reviewed = expected?.get(position)?.inventory
    return reviewed !== undefined && code !== 'PREVIEW_DRIFTED' && !isAsReviewed(inventory, reviewed)
  })
  if (drifted.length > 0) throw new InventoryDrift(new Set(drifted.map(({ position }) => position)))
}

async function importOnce(
  tx: Tx,
  run: BatchRun,
  records: readonly PreparedRecord[],
  alongside: Alongside,
): Promise<readonly BatchResult[]> {
  const ready = records.flatMap(({ position, prepared }) =>
    prepared.status === 'ready' ? [{ position, ready: prepared.ready }] : [],
  )
  const plans = ready.length === 0 ? [] : await planRecords(tx, run, ready)
  await writeChanges(
    tx,
    run,
    plans.flatMap(({ changes }) => changes),
  )
  const moved = run.mode === 'apply' ? await moveInventory(tx, run, plans, provenanceOf(run)) : new Map()
  const withdrawn = await withdrawPortfolios(tx, run, plans)
  // Before new holdings come, which may have a number of their own.
  const renumbered = await followCallNumbers(tx, run, plans)
  const isElsewhere = run.inventoryZone.zoneId !== run.bibZone.zoneId
  const linked =
    run.mode === 'apply' && isElsewhere && !run.share
      ? await linkBibs(tx, run.inventoryZone, await linkTargets(tx, run, plans), provenanceOf(run))
      : new Map<string, string>()
  const stays = stayingOf(plans)
  const linkedOf = (mmsId: string | null) => linked.get(stays(mmsId) ?? '') ?? null
  const inventory = await importInventory(tx, run, ready, plans, (mmsId) =>
    isElsewhere ? linkedOf(mmsId) : stays(mmsId),
  )
  const planned = new Map(plans.map((plan) => [plan.position, plan]))
  const results = records.map(({ position, prepared }) => {
    const plan = planned.get(position)
    return plan
      ? resultOf(plan, run, {
          linkedMmsId: linkedOf(plan.mmsId),
          movedInventory: moved.get(position) ?? [],
          inventory: [
            ...(withdrawn.get(position) ?? []),
            ...(renumbered.get(position) ?? []),
            ...(inventory.get(position) ?? []),
          ],
        })
      : outcomeOnly(position, prepared)
  })
  holdInventory(run, results)
  await alongside(tx, results)
  return results
}

async function writeChanges(tx: Tx, run: BatchRun, changes: readonly BibChange[]): Promise<void> {
  if (run.mode === 'preview') {
    if (run.job) await writePreview(tx, run.job, changes)
    return
  }
  const byZone = Map.groupBy(changes, ({ zoneId }) => zoneId ?? run.bibZone.zoneId)
  for (const [zoneId, own] of byZone) await writeBibs(tx, zoneId, own, provenanceOf(run))
}

const provenanceOf = ({ by, job }: BatchRun): Provenance => ({
  by,
  jobId: job?.jobId ?? null,
  fileNo: job?.fileNo ?? null,
})
