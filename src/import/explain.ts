import type { Zone } from '../catalog/zone.ts'
import type { Database } from '../db/database.ts'
import type { Format } from '../marc/frame.ts'
import { openMarc } from '../marc/read.ts'
import type { RunProfile } from '../rules/import-profile.ts'
import { type BatchResult, type BatchRun, importBatch, type PreparedRecord } from './batch.ts'
import { prepareFrame } from './prepare-frame.ts'
import { openSource } from './source.ts'

/** A record with what each step made of it: decode and prepare in `prepared`, find and plan in `result`. */
export type Explained = {
  /** Which file of an archive; nothing for a file that is none. */
  readonly entry: string | null
  readonly format: Format
  readonly prepared: PreparedRecord
  readonly result: BatchResult
}

export type ExplainRun = {
  readonly profile: RunProfile
  readonly bibZone: Zone
  readonly inventoryZone: Zone
}

/** Told of each record in its turn, and of a file that is no MARC file. */
export type ExplainTo = {
  record(explained: Explained): Promise<void>
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
  const explainBatch = async (records: readonly PreparedRecord[]) => {
    const results = await importBatch(db, run, records, () => Promise.resolve())
    for (const [at, prepared] of records.entries())
      await tell.record({ entry, format, prepared, result: results[at] as BatchResult })
  }
  let records: PreparedRecord[] = []
  for await (const frames of opened.frames) {
    for (const frame of frames) {
      if (frame.kind === 'junk') continue
      records.push(prepareFrame(format, frame, run.profile))
      if (records.length < batchSize) continue
      await explainBatch(records)
      records = []
    }
  }
  if (records.length > 0) await explainBatch(records)
}
