import type { JobReport } from '../../../server/api/job.ts'
import { formatCount } from '../../format.ts'
import { text } from '../../text.ts'
import { occurring } from '../../ui/outcome-order.ts'

/** What committing or undoing a job would do to the catalogue, in words. */
export function consequencesOf({ outcomes, link }: Pick<JobReport, 'outcomes' | 'link'>): {
  readonly commit: readonly string[]
  readonly undo: readonly string[]
} {
  const changed = outcomes.merged + outcomes.overlaid
  if (link !== null) return linkConsequences(link)
  const undo: string[] = []
  if (outcomes.created > 0) undo.push(text.undo.created(outcomes.created))
  if (changed > 0) undo.push(text.undo.changed(changed))
  if (outcomes.deleted > 0) undo.push(text.undo.deleted(outcomes.deleted))
  const commit = occurring(outcomes).map(
    ({ outcome, count }) => `${formatCount(count)} ${text.outcomes[outcome]}`,
  )
  return {
    commit: outcomes.created + changed + outcomes.deleted === 0 ? [...commit, text.commit.nothing] : commit,
    undo: undo.length === 0 ? [text.undo.nothing] : undo,
  }
}

/** Of a job that links bibs: an outcome of the network's says nothing of the institution's. */
function linkConsequences({ linked, contributed }: NonNullable<JobReport['link']>): {
  readonly commit: readonly string[]
  readonly undo: readonly string[]
} {
  const { commit, undo } = text.linkJob
  if (linked === 0) return { commit: [commit.nothing], undo: [undo.nothing] }
  return {
    commit: [commit.linked(linked), ...(contributed > 0 ? [commit.contributed(contributed)] : [])],
    undo: [undo.linked(linked), ...(contributed > 0 ? [undo.contributed(contributed)] : [])],
  }
}
