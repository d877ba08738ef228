import type { Zone } from '../catalog/zone.ts'
import type { Database, Tx } from '../db/database.ts'
import { beyondScope } from '../db/scope.ts'
import type { Format, RecordFrame } from '../marc/frame.ts'
import { openMarc } from '../marc/read.ts'
import { type PlanDetail, prepareDetail, type PrepareDetail } from '../rules/detail.ts'
import type { RunProfile } from '../rules/import-profile.ts'
import { outcomeOnly, resultOf } from './batch-result.ts'
import { type BatchResult, type BatchRun, importBatch, type PreparedRecord } from './batch.ts'
import { explanationOf } from './explanation-of.ts'
import type { Explanation } from './explanation.ts'
import { planRecords } from './plan-context.ts'
import { followCallNumbers } from './follow-call-numbers.ts'
import { withdrawPortfolios } from './withdraw-portfolios.ts'
import { importInventory } from './import-inventory.ts'
import { prepareFrame } from './prepare-frame.ts'
import { openSource } from './source.ts'

export type ExplainRun = {
  readonly profile: RunProfile
  readonly bibZone: Zone
  readonly inventoryZone: Zone
}

/** Told of each record in its turn, and of a file that is no MARC file. */
export type ExplainTo = {
  record(explanation: Explanation): Promise<void>
  notMarc(entry: string | null, message: string): void
}

const batchSize = 100

/**
 * Runs steps 1 to 4 over a file as a preview would, and writes nothing: all of it is one transaction that
 * is rolled back, so that later records see what earlier ones would leave behind, and nobody else does.
 */
export async function explainFile(
  db: Database,
  path: string,
  run: ExplainRun,
  tell: ExplainTo,
): Promise<void> {
  try {
    await db.transaction(async (tx) => {
      const within: Database = { ...db, ...tx, transaction: (work) => tx.savepoint(work) }
      // The preview of a job that does not exist: below zero no number is, and no other session has this one.
      const [session] = await tx.query<{ jobId: string }>(`select (-pg_backend_pid())::text as "jobId"`)
      if (!session) throw new Error('the database does not tell the number of the session')
      let fileNo = 0
      for await (const { name, chunks } of openSource(path)) {
        fileNo++
        const batchRun = { ...run, by: null, job: { ...session, fileNo }, mode: 'preview' } as const
        await explainEntry(within, name, chunks, batchRun, tell)
      }
      throw new RolledBack()
    })
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error
  }
}

/** Ends the transaction of an explanation, as it must end. */
class RolledBack extends Error {}

type ToBatch = { readonly prepared: PreparedRecord; readonly prepare: PrepareDetail }

async function explainEntry(
  db: Database,
  entry: string | null,
  chunks: AsyncIterable<Uint8Array>,
  run: BatchRun,
  tell: ExplainTo,
): Promise<void> {
  const opened = await openMarc(chunks)
  if ('notMarc' in opened) return tell.notMarc(entry, opened.notMarc.message)
  const { format } = opened
  const explainBatch = async (records: readonly ToBatch[]) => {
    const details = new Map<number, PlanDetail>()
    const batch = records.map(({ prepared }) => prepared)
    const results = await importBatch(db, { ...run, details }, batch, () => Promise.resolve())
    for (const [at, { prepared, prepare }] of records.entries()) {
      const plan = details.get(prepared.position) ?? null
      const result = results[at] as BatchResult
      await tell.record(
        explanationOf({ entry, format, profile: run.profile, prepared, prepare, plan, result }),
      )
    }
  }
  let records: ToBatch[] = []
  for await (const frames of opened.frames) {
    for (const frame of frames) {
      if (frame.kind === 'junk') continue
      records.push(prepareToExplain(format, frame, run.profile))
      if (records.length < batchSize) continue
      await explainBatch(records)
      records = []
    }
  }
  if (records.length > 0) await explainBatch(records)
}

function prepareToExplain(format: Format, frame: RecordFrame, profile: RunProfile): ToBatch {
  const prepare = prepareDetail()
  return { prepared: prepareFrame(format, frame, profile, { detail: prepare }), prepare }
}

/** The same for one record, by looking alone: nothing is written, and nothing needs to be taken back. */
export async function explainRecord(
  tx: Tx,
  run: BatchRun & { readonly mode: 'preview' },
  format: Format,
  frame: RecordFrame,
): Promise<Explanation> {
  const { prepared, prepare } = prepareToExplain(format, frame, run.profile)
  const { position, prepared: came } = prepared
  const to = { entry: null, format, profile: run.profile, prepared, prepare }
  if (came.status === 'out') return explanationOf({ ...to, plan: null, result: outcomeOnly(position, came) })
  const details = new Map<number, PlanDetail>()
  // As an import would plan it, which reaches every zone.
  const [plan] = await beyondScope(() =>
    planRecords(tx, { ...run, details }, [{ position, ready: came.ready }]),
  )
  if (!plan) throw new Error(`record ${position} was prepared, and not planned`)
  const ready = [{ position, ready: came.ready }]
  const withdrawn = await withdrawPortfolios(tx, run, [plan])
  const renumbered = await followCallNumbers(tx, run, [plan])
  const inventory = await importInventory(tx, run, ready, [plan], (mmsId) => mmsId)
  return explanationOf({
    ...to,
    plan: details.get(position) ?? null,
    result: resultOf(plan, run, {
      linkedMmsId: null,
      movedInventory: [],
      inventory: [
        ...(withdrawn.get(position) ?? []),
        ...(renumbered.get(position) ?? []),
        ...(inventory.get(position) ?? []),
      ],
    }),
  })
}
