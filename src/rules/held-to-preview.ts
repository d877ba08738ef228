import type { BibState } from './bib-state.ts'
import { hash64 } from './hash.ts'
import type { Plan, PlanContext } from './plan.ts'

/** The commit of a preview does what was reviewed, or nothing. */
export function holdToPreview(planned: Plan, context: PlanContext): Plan {
  const expected = context.expected?.get(planned.position)
  if (!expected) return planned
  const target = planned.outcome === 'created' ? null : planned.mmsId
  const sameTarget =
    expected.mmsId === null
      ? target === null || planned.change?.before?.jobId === context.jobId || planned.duplicateInFile
      : target === expected.mmsId
  const same =
    planned.outcome === expected.outcome &&
    planned.code === expected.code &&
    planned.versionBefore === expected.versionBefore &&
    sameTarget &&
    contentHash(planned) === expected.content
  if (same) return planned
  return {
    ...planned,
    outcome: 'unresolved',
    code: 'PREVIEW_DRIFTED',
    mmsId: null,
    versionBefore: null,
    versionAfter: null,
    headings: 0,
    candidates: planned.mmsId && planned.outcome !== 'created' ? [planned.mmsId] : planned.candidates,
    change: null,
    trace: {
      ...planned.trace,
      reviewed: { outcome: expected.outcome, code: expected.code, mmsId: expected.mmsId },
    },
  }
}

/** What a preview is held to: the body and tags of the result, without number and time. */
export function contentHash(planned: Plan): string | null {
  const after = planned.change?.after
  return after ? stateHash(after) : null
}

function stateHash({ record, suppressed, publishToOclc }: BibState): string {
  const body = record.slice(record.indexOf('\x1e', record.indexOf('\x1e005') + 1))
  return hash64(`${record.slice(5, 12)}${record.slice(17, 24)}${body}${suppressed}${publishToOclc}`)
}
