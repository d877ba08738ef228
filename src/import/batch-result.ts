import { contentHash } from '../rules/held-to-preview.ts'
import type { Plan } from '../rules/plan.ts'
import type { Prepared } from '../rules/prepare.ts'
import type { BatchResult, BatchRun } from './batch.ts'

/** What a planned record came to. */
export function resultOf(
  plan: Plan,
  run: BatchRun,
  {
    linkedMmsId,
    movedInventory,
    inventory,
  }: Pick<BatchResult, 'linkedMmsId' | 'movedInventory' | 'inventory'>,
): BatchResult {
  const {
    position,
    outcome,
    code,
    mmsId,
    versionBefore,
    versionAfter,
    matched,
    duplicateInFile,
    headings,
    candidates,
    trace,
    changes,
    combined,
  } = plan
  const isPreview = run.mode === 'preview'
  const change = changes.find(({ zoneId }) => zoneId === undefined)
  const ours = run.share?.ours.get(position)
  return {
    position,
    outcome,
    code,
    mmsId,
    versionBefore,
    versionAfter,
    linkedMmsId:
      ours !== undefined && combined.some(({ became }) => became === 'linked') ? ours.mmsId : linkedMmsId,
    matched,
    duplicateInFile,
    headings,
    candidates,
    trace,
    combined: combined.map(({ zoneId, before, became, into, versionAfter }) => ({
      zoneId: zoneId ?? run.bibZone.zoneId,
      mmsId: before.mmsId,
      became,
      into,
      versionBefore: before.version,
      versionAfter,
    })),
    movedInventory,
    inventory,
    before: isPreview ? (change?.before?.record ?? null) : null,
    after: isPreview ? (change?.after?.record ?? null) : null,
    content: isPreview ? contentHash(plan) : null,
  }
}

const nothing = {
  mmsId: null,
  versionBefore: null,
  versionAfter: null,
  linkedMmsId: null,
  matched: 0,
  duplicateInFile: false,
  headings: 0,
  candidates: [],
  trace: null,
  combined: [],
  movedInventory: [],
  inventory: [],
  before: null,
  after: null,
  content: null,
} as const

/** What a record came to that was out before the catalogue was asked. */
export function outcomeOnly(position: number, prepared: Prepared): BatchResult {
  if (prepared.status === 'ready') throw new Error(`record ${position} was prepared, and not planned`)
  const { problems, filtered, failed } = prepared
  const trace = {
    ...(problems ? { problems } : {}),
    ...(filtered ? { filtered } : {}),
    ...(failed ? { failed } : {}),
  }
  return {
    ...nothing,
    position,
    outcome: prepared.outcome,
    code: prepared.code,
    trace: Object.keys(trace).length === 0 ? null : trace,
  }
}

/** What a record came to that the database would not take. */
export function refused(position: number, error: unknown): BatchResult {
  // The words may quote the record's own bytes; NUL is what a json column cannot hold.
  const words = (error instanceof Error ? error.message : String(error)).replaceAll('\0', '').slice(0, 300)
  return { ...nothing, position, outcome: 'rejected', code: 'DATABASE_REFUSED', trace: { refused: words } }
}
