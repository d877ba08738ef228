import type { BibState } from '../rules/bib-state.ts'
import { type Undone, undoChange } from '../rules/undo.ts'
import type { CombinedResult } from './batch.ts'
import type { MovedWithBib } from './combined-inventory.ts'
import type { ChangedInventory } from './undo-changed.ts'
import type { MadeInventory } from './undo-inventory.ts'
import type { UndoStates } from './undo-states.ts'

/** What a record of a job did with its bib, and with others. */
export type DoneRecord = {
  readonly position: number
  readonly outcome: string
  readonly mmsId: string
  readonly versionBefore: number | null
  readonly versionAfter: number
  readonly linkedMmsId: string | null
  /** In the order in which it was done. */
  readonly combined: readonly CombinedResult[]
  readonly movedInventory: readonly MovedWithBib[]
  readonly madeInventory: MadeInventory
  readonly changedInventory: readonly ChangedInventory[]
}

const changesBib = new Set(['created', 'merged', 'overlaid', 'deleted'])

/**
 * Takes back a record, three ways: all of it, or, where its bib or one that was combined into it is not free
 * to change, nothing but the link that the job made. What others have done since with what hung on the bibs
 * stays, and is named.
 */
export function undoRecord(record: DoneRecord, ofJobId: string, states: UndoStates): Undone {
  const { position, outcome, mmsId, versionBefore, versionAfter } = record
  const shared = record.combined.find(({ became }) => became === 'linked')
  if (shared) return undoShared(record, shared, states)
  const kept = dropMade(record, states)
  const before = states.mark()
  const { blocked, notes } = takeApart(record, states)
  removeLink(record, ofJobId, states)
  if (!changesBib.has(outcome))
    return { result: 'nothing', to: null, conflicts: [...kept, ...restoreChanged(record, states)] }
  const undone =
    blocked ??
    undoChange({
      before: states.at(mmsId, versionBefore),
      after: states.at(mmsId, versionAfter),
      current: states.current(mmsId),
    })
  if (undone.result === 'conflict' || undone.result === 'gone' || undone.result === 'nothing') {
    states.backTo(before)
    removeLink(record, ofJobId, states)
    return { ...undone, conflicts: [...undone.conflicts, ...kept] }
  }
  states.put(mmsId, undone.to, position)
  return { ...undone, conflicts: [...undone.conflicts, ...notes, ...kept, ...restoreChanged(record, states)] }
}

/** What the record changed or took away is again what it was, where its bib is and nobody has touched it since. */
function restoreChanged({ changedInventory }: DoneRecord, states: UndoStates): string[] {
  return changedInventory.flatMap(({ zoneId, id, mmsId, result, version }) => {
    const what = `${id.startsWith('22') ? 'holdings record' : 'portfolio'} ${id}`
    if (version === null) return [`${what} has been changed since, and stays as it is`]
    if (result === 'removed' && states.current(mmsId) === null)
      return [`${what} does not come back: bib ${mmsId} is not there any more`]
    states.restore({ zoneId, id, version }, mmsId)
    return []
  })
}

/**
 * What the record made of inventory goes where nobody has touched it since, whatever becomes of the bib; the rest
 * stays, and is named.
 */
function dropMade({ madeInventory: { untouched, touched } }: DoneRecord, states: UndoStates): string[] {
  for (const id of untouched) states.drop(id)
  return [...touched]
}

/**
 * Takes back that an institution's bib was shared: it is its own again, and the network's bib goes back to what
 * it was. Each stands for itself: others may have come to hang on the network's, and ours is given back
 * all the same.
 */
function undoShared(
  { position, outcome, mmsId, versionBefore, versionAfter }: DoneRecord,
  shared: CombinedResult,
  states: UndoStates,
): Undone {
  const ours = undoLink(shared, states)
  if (ours.to) states.put(shared.mmsId, ours.to, position)
  if (!changesBib.has(outcome)) return ours
  const theirs = undoChange({
    before: states.at(mmsId, versionBefore),
    after: states.at(mmsId, versionAfter),
    current: states.current(mmsId),
  })
  const isUndone = theirs.result !== 'conflict' && theirs.result !== 'gone' && theirs.result !== 'nothing'
  if (isUndone) states.put(mmsId, theirs.to, position)
  return { ...theirs, conflicts: [...theirs.conflicts, ...ours.conflicts] }
}

/** What the bib of the institution goes back to; one that others have unlinked or linked elsewhere stays as it is. */
function undoLink(part: CombinedResult, states: UndoStates): Undone {
  const { mmsId, into, versionBefore, versionAfter } = part
  const current = states.current(mmsId)
  if (current === null) return { result: 'gone', to: null, conflicts: [] }
  const sentence = (why: string) => `bib ${mmsId}, which was linked, ${why}`
  if (current.lock) return conflictOf(sentence(openWords(current.lock)))
  if (current.linkedMmsId !== into)
    return conflictOf(
      sentence(
        current.linkedMmsId === null
          ? 'has been unlinked since'
          : `has been linked to ${current.linkedMmsId} since`,
      ),
    )
  const undone = undoChange({
    before: states.at(mmsId, versionBefore),
    after: states.at(mmsId, versionAfter),
    current,
  })
  return { ...undone, conflicts: undone.conflicts.map((why) => `bib ${mmsId}: ${why}`) }
}

const conflictOf = (why: string): Undone => ({ result: 'conflict', to: null, conflicts: [why] })

type Apart = { readonly blocked: Undone | null; readonly notes: readonly string[] }

/** Bibs that were combined come back, and what hung on them goes back to them. */
function takeApart({ position, combined, movedInventory }: DoneRecord, states: UndoStates): Apart {
  const notes: string[] = []
  for (const part of combined.toReversed()) {
    const { mmsId, became, versionBefore, versionAfter } = part
    if (versionAfter === versionBefore) continue
    const was = states.at(mmsId, versionBefore)
    const current = states.current(mmsId)
    if (current?.lock) return { blocked: conflict(part, openWords(current.lock)), notes }
    const wasDeleted = became === 'deleted' || became === 'joined'
    if (wasDeleted && current) return { blocked: conflict(part, 'has been made again since'), notes }
    if (!wasDeleted && !current) {
      notes.push(`bib ${mmsId} is not there any more`)
      continue
    }
    const target = was?.linkedMmsId ?? null
    if (target !== null && !states.current(target)) {
      notes.push(`bib ${mmsId} is not linked to ${target} again, which is not there any more`)
      continue
    }
    const undone = undoChange({ before: was, after: states.at(mmsId, versionAfter), current })
    if (undone.to) states.put(mmsId, undone.to, position)
    if (undone.to === null || undone.conflicts.length > 0)
      notes.push(`bib ${mmsId} has been changed since${undone.to === null ? ', and is left as it is' : ''}`)
  }
  for (const { inventoryId, from, into } of movedInventory) {
    const what = `${inventoryId.startsWith('22') ? 'holdings' : 'portfolio'} ${inventoryId}`
    const on = states.bibOf(inventoryId)
    if (on === null) notes.push(`${what}: not there any more`)
    else if (on !== into) notes.push(`${what}: moved to bib ${on} since, and left there`)
    else if (states.current(from) === null)
      notes.push(`${what}: left on bib ${into}, since bib ${from} is not there any more`)
    else states.carry(inventoryId, from)
  }
  return { blocked: null, notes }
}

const conflict = ({ mmsId }: CombinedResult, why: string): Undone =>
  conflictOf(`bib ${mmsId}, which was combined, ${why}`)

const openWords = ({ holder, since }: NonNullable<BibState['lock']>) => `is open to ${holder} since ${since}`

/** A linked bib that the job made and nobody has touched goes with it. */
function removeLink({ position, linkedMmsId }: DoneRecord, ofJobId: string, states: UndoStates): void {
  if (linkedMmsId === null) return
  const made = states.at(linkedMmsId, 1)
  const current = states.current(linkedMmsId)
  if (!made || !current || made.jobId !== ofJobId || current.lock || current.hangs.length > 0) return
  if (isSame(made, current)) states.put(linkedMmsId, null, position)
}

const isSame = (one: BibState, other: BibState): boolean =>
  one.record === other.record &&
  one.linkedMmsId === other.linkedMmsId &&
  one.suppressed === other.suppressed &&
  one.publishToOclc === other.publishToOclc
