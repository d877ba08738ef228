import { findCandidates } from '../catalog/find-candidates.ts'
import { reserveMmsIds } from '../catalog/mms-id.ts'
import type { Tx } from '../db/database.ts'
import { defaultProtect } from '../rules/merge/protect.ts'
import type { PlanContext } from '../rules/plan.ts'
import type { ReadyRecord } from '../rules/prepare.ts'
import type { BatchRun } from './batch.ts'
import { joinPreview } from './preview.ts'
import { stampOf } from '../rules/save-stamp.ts'

type ReadyAt = { readonly position: number; readonly ready: ReadyRecord }

/** Step 3 of the path of a record: what the records of a batch are planned against. */
export async function planContext(tx: Tx, run: BatchRun, ready: readonly ReadyAt[]): Promise<PlanContext> {
  const lookups = ready.flatMap((record) => record.ready.steps.flatMap((step) => step.lookups))
  const into = run.decided?.into
  const index = await findCandidates(tx, run.bibZone, lookups, {
    alsoBibs: into === undefined ? [] : [into],
    forUpdate: run.mode === 'apply',
  })
  if (run.mode === 'preview' && run.job) await joinPreview(tx, run.job.jobId, lookups, index)
  const numbers = run.mode === 'preview' ? [] : await reserveMmsIds(tx, run.bibZone.suffix, ready.length)
  const newMmsId = (position: number) => numbers.pop() ?? previewMmsId(run.job?.fileNo ?? 0, position)
  numbers.reverse()
  return {
    profile: run.profile,
    protect: {
      ...(run.bibZone.settings.protect ?? defaultProtect),
      fields: [...(run.bibZone.settings.protect ?? defaultProtect).fields, ...run.profile.protect],
    },
    index,
    newMmsId,
    stamp: stampOf(new Date()),
    jobId: run.job?.jobId ?? null,
    file: run.job?.file ?? '',
    ...(run.expected ? { expected: run.expected } : {}),
    ...(run.decided ? { decided: run.decided } : {}),
  }
}

/** The number that a bib has in a preview, before it has one. */
const previewMmsId = (fileNo: number, position: number): string => `new:${fileNo}:${position}`
    withLinkedRecords: ready.some((record) => record.ready.features !== null),
