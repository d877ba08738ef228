import type { BibState } from './bib-state.ts'
import { hash64 } from './hash.ts'
import { wordsOf } from './inventory/held-inventory.ts'
import type { Expected, Plan, PlanContext } from './plan.ts'

/** The commit of a preview does what was reviewed, or nothing. */
export function holdToPreview(planned: Plan, context: PlanContext): Plan {
  const expected = context.expected?.get(planned.position)
  if (!expected) return planned
  const target = planned.outcome === 'created' ? null : planned.mmsId
  const sameTarget =
    expected.mmsId === null
      ? target === null || planned.changes[0]?.before?.jobId === context.jobId || planned.duplicateInFile
      : target === expected.mmsId
  const hasDrifted = context.drifted?.has(planned.position) === true
  const same =
    !hasDrifted &&
    planned.outcome === expected.outcome &&
    planned.code === expected.code &&
    planned.versionBefore === expected.versionBefore &&
    sameTarget &&
    contentHash(planned) === expected.content &&
    isSameCombining(planned, expected, context)
  if (same) return planned
  const { combined: _, ...trace } = planned.trace ?? {}
  return {
    ...planned,
    outcome: 'unresolved',
    code: 'PREVIEW_DRIFTED',
    mmsId: null,
    versionBefore: null,
    versionAfter: null,
    headings: 0,
    candidates: planned.mmsId && planned.outcome !== 'created' ? [planned.mmsId] : planned.candidates,
    changes: [],
    combined: [],
    hanging: new Map(),
    withdrawn: [],
    trace: {
      ...trace,
      reviewed: {
        outcome: expected.outcome,
        code: expected.code,
        mmsId: expected.mmsId,
        ...(hasDrifted ? { inventory: (expected.inventory ?? []).map(wordsOf) } : {}),
      },
    },
  }
}

/** The same bibs in the same order; of a bib that was still to be made only that this job has made it. */
function isSameCombining({ combined }: Plan, expected: Expected, { jobId }: PlanContext): boolean {
  return (
    combined.length === expected.combined.length &&
    combined.every(({ before, became }, at) => {
      const planned = expected.combined[at]
      return (
        planned?.became === became &&
        planned.versionBefore === before.version &&
        (planned.mmsId.startsWith('new:') ? before.jobId === jobId : planned.mmsId === before.mmsId)
      )
    })
  )
}

/** What a preview is held to: the body and tags of the result, without number and time. */
export function contentHash(planned: Plan): string | null {
  const after = planned.changes.find(({ zoneId }) => zoneId === undefined)?.after
  return after ? stateHash(after) : null
}

/** The same of a stored bib. */
export function stateHash({
  record,
  suppressed,
  publishToOclc,
}: Pick<BibState, 'record' | 'suppressed' | 'publishToOclc'>): string {
  const body = maskNumbers(record.slice(record.indexOf('\x1e', record.indexOf('\x1e005') + 1)))
  return hash64(`${record.slice(5, 12)}${record.slice(17, 24)}${body}${suppressed}${publishToOclc}`)
}

/** A bib that was combined into this one is named by its number, which it has not in a preview where the job makes it. */
const maskNumbers = (body: string): string =>
  body.includes('\x1e035')
    ? body.replaceAll(/(?<=\x1e035..\x1fa\([^)\x1e\x1f]*\))(?:99\d{6,17}|new:\d+:\d+)(?=[\x1e\x1f]|$)/g, '')
    : body
