import { unpack } from '../marc/packed.ts'
import type { BibChange, BibState, PublishToOclc } from './bib-state.ts'
import { deriveState } from './derive.ts'
import { carrierOf } from './match/carrier.ts'
import type { Judged } from './match/judge.ts'
import { planDelete } from './plan-delete.ts'
import { planNew } from './plan-new.ts'
import { levelOf } from './plan-rules.ts'
import type { Fill, Plan, PlanContext } from './plan.ts'
import { type ReadyRecord, storedBody, storedRecord } from './prepare.ts'
import { sameLeader } from './content.ts'
import type { Trace } from './trace.ts'

/**
 * What a person does with one bib. It stands in place of matching and merging: the record is what the bib
 * becomes, with nothing kept that is not in it; the person has seen the whole.
 */
export type Edit = {
  /** `tag` and `delete` look at no record; a `restore` is a save of what the bib was. */
  readonly do: 'save' | 'tag' | 'restore' | 'delete'
  /** Nothing for a new bib. */
  readonly mmsId: string | null
  /** The version that the person has read; nothing: whichever there is. */
  readonly version: number | null
  /** What the bib was linked to when the record was made ready: a linked one takes its local fields alone (D14). */
  readonly linkedTo: string | null
  readonly tags: EditTags
  /** Other bibs that match the record stop it. */
  readonly checkMatch: boolean
  /** The lock that the bib has is the person's own, or one that the person may pass. */
  readonly passesLock: boolean
  /** A deleted bib that comes back: its last version, and what it had besides its record. */
  readonly revives: Revived | null
}

/** D18: what is not set stays as it is. */
export type EditTags = { readonly suppressed?: boolean; readonly publishToOclc?: PublishToOclc }

export type Revived = { readonly version: number } & Pick<
  BibState,
  'originatingSystem' | 'originatingNumber' | 'originatingVersion' | 'suppressed' | 'publishToOclc'
>

/** The step of a bib's life that an edit is; the guards are those of a person: stale, locked, matched. */
export function planEdit(
  position: number,
  incoming: ReadyRecord,
  edit: Edit,
  judged: Judged,
  trace: Trace,
  context: PlanContext,
  plan: Fill,
): Plan {
  const existing = edit.mmsId === null ? undefined : context.index.bibs.get(edit.mmsId)
  if (edit.mmsId !== null && !existing && !edit.revives) return plan('unresolved', null)
  const stopped = existing && stoppedBy(existing, edit, plan)
  if (stopped) return stopped
  if (edit.checkMatch) {
    const others = judged.matches.filter(({ mmsId }) => mmsId !== edit.mmsId)
    if (others.length > 0)
      return plan('not_imported', 'MATCHES_EXIST', { candidates: others.map(({ mmsId }) => mmsId) })
  }
  if (!existing) return planAdded(position, incoming, edit, context, plan)
  if (edit.do === 'delete') return planDelete(position, { ...existing, lock: null }, incoming, context, plan)
  return planEdited(position, existing, incoming, edit, trace, context, plan)
}

function stoppedBy(existing: BibState, edit: Edit, plan: Fill): Plan | null {
  const { mmsId, version, lock, linkedMmsId } = existing
  const found = { mmsId, versionBefore: version, versionAfter: version }
  const isStale = edit.version !== null && edit.version !== version
  if (isStale || edit.revives || (edit.do !== 'tag' && linkedMmsId !== edit.linkedTo))
    return plan('not_imported', 'STALE_VERSION', found)
  if (!lock || edit.passesLock) return null
  return plan('not_imported', 'NOT_ADDED_LOCKED', {
    ...found,
    trace: { guard: { guard: 'locked', ...lock } },
  })
}

/** A new bib, or a deleted one that comes back under its number. No import made it, so no file is known by it. */
function planAdded(
  position: number,
  incoming: ReadyRecord,
  { mmsId, tags, revives }: Edit,
  context: PlanContext,
  plan: Fill,
): Plan {
  const numbered = mmsId === null ? context : { ...context, newMmsId: () => mmsId }
  const made = planNew(position, incoming, [], numbered, plan)
  const [change] = made.changes
  if (!change?.after) throw new Error('a new bib came to no change')
  const { version = 0, ...had } = revives ?? {}
  const after = { ...change.after, ...had, ...tags, version: version + 1, sourceHash: null }
  const briefLevel = revives ? levelOf(unpack(after.record), context.profile) : after.briefLevel
  const added: BibChange = revives
    ? { ...change, action: 'restored', after: { ...after, briefLevel }, derivedAfter: deriveState(after) }
    : { ...change, after }
  return {
    ...made,
    versionAfter: after.version,
    trace: { ...made.trace, ...(revives ? { edited: 'restored' } : {}) },
    changes: [added],
  }
}

function planEdited(
  position: number,
  existing: BibState,
  incoming: ReadyRecord,
  edit: Edit,
  trace: Trace,
  context: PlanContext,
  plan: Fill,
): Plan {
  const { mmsId, version } = existing
  const record = edit.do === 'tag' ? existing.record : recordAfter(existing, incoming, context)
  const sameRecord =
    storedBody(record) === storedBody(existing.record) &&
    sameLeader(record.slice(0, 24), existing.record.slice(0, 24))
  const tags = {
    suppressed: edit.tags.suppressed ?? existing.suppressed,
    publishToOclc: edit.tags.publishToOclc ?? existing.publishToOclc,
  }
  const sameTags = tags.suppressed === existing.suppressed && tags.publishToOclc === existing.publishToOclc
  const found = { mmsId, versionBefore: version, candidates: [mmsId] }
  if (sameRecord && sameTags) return plan('unchanged', null, { ...found, versionAfter: version, trace })
  const content = unpack(record)
  const after: BibState = {
    ...existing,
    ...tags,
    ...(sameRecord ? {} : { record, sourceHash: null, passed: null }),
    ...(sameRecord || existing.linkedMmsId !== null
      ? {}
      : { briefLevel: levelOf(content, context.profile), carrier: carrierOf(content) }),
    version: version + 1,
    jobId: context.jobId,
  }
  const action = edit.do === 'restore' ? 'restored' : sameRecord ? 'tagged' : 'edited'
  const derivedBefore = deriveState(existing)
  const derivedAfter = sameRecord ? derivedBefore : deriveState(after)
  const change: BibChange = { mmsId, action, before: existing, after, derivedBefore, derivedAfter, position }
  return plan('overlaid', null, {
    ...found,
    versionAfter: after.version,
    headings: derivedAfter.headings.length,
    trace: { ...trace, edited: action },
    changes: [change],
  })
}

/** A linked bib has the leader that it was linked with, and no number and time in its record. */
const recordAfter = (
  { mmsId, linkedMmsId, record }: BibState,
  { leader, body }: ReadyRecord,
  { stamp }: PlanContext,
): string => (linkedMmsId === null ? storedRecord(leader, mmsId, stamp, body) : record.slice(0, 24) + body)
