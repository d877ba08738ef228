import { packField, unpack, unpackField } from '../marc/packed.ts'
import type { Field, MarcRecord } from '../marc/record.ts'
import type { BibState } from './bib-state.ts'
import { carrierOf } from './match/carrier.ts'
import { bodyOf, storedRecord } from './prepare.ts'

/** What undoing one change of a bib comes to. `to` is the bib afterwards, but for its brief level; nothing where it goes away. */
export type Undone = {
  readonly result: 'removed' | 'restored' | 'merged' | 'conflict' | 'gone' | 'nothing'
  readonly to: BibState | null
  /** In words: what was touched since, or what hangs on the bib. */
  readonly conflicts: readonly string[]
}

/** The bib before and after the change that is taken back (nothing before: it was made; nothing after: deleted), and as it is now. */
export type UndoQuestion = {
  readonly before: BibState | null
  readonly after: BibState | null
  readonly current: BibState | null
}

/**
 * Takes one change back, three ways: where the bib still is what the change made it, it becomes what it
 * was; where others have changed it since, what this change did goes back and what they did stays, and
 * a field that both touched is a conflict, left as it is.
 */
export function undoChange({ before, after, current }: UndoQuestion): Undone {
  if (current?.lock) return conflict(`${current.lock.holder} has the bib open since ${current.lock.since}`)
  if (before === null) return undoCreation(after, current)
  if (current === null) return after === null ? { result: 'restored', to: before, conflicts: [] } : gone
  if (after === null) return conflict('the bib was deleted by the job, and has been made again since')
  if (sameBib(current, after))
    return { result: 'restored', to: { ...current, ...imageOf(before, current) }, conflicts: [] }
  return undoAmongOthers(before, after, current)
}

const gone: Undone = { result: 'gone', to: null, conflicts: [] }
const conflict = (...conflicts: string[]): Undone => ({ result: 'conflict', to: null, conflicts })

function undoCreation(after: BibState | null, current: BibState | null): Undone {
  if (current === null) return gone
  if (current.hangs.length > 0) return conflict(`the bib has ${current.hangs.join(', ')}`)
  if (after !== null && !sameBib(current, after))
    return conflict('the bib has been changed since it was made')
  return { result: 'removed', to: null, conflicts: [] }
}

function undoAmongOthers(before: BibState, after: BibState, current: BibState): Undone {
  const { record, conflicts } = takeBack(unpack(before.record), unpack(after.record), unpack(current.record))
  const linkedMmsId = current.linkedMmsId === after.linkedMmsId ? before.linkedMmsId : current.linkedMmsId
  const to: BibState = {
    ...current,
    // A linked bib has its local fields alone, and no number and time of its own.
    record:
      linkedMmsId === null
        ? storedRecord(
            record.leader,
            current.mmsId,
            stampOf(current.record) || stampOf(before.record),
            bodyOf(record),
          )
        : record.leader + bodyOf(record),
    carrier: carrierOf(record),
    suppressed: current.suppressed === after.suppressed ? before.suppressed : current.suppressed,
    publishToOclc:
      current.publishToOclc === after.publishToOclc ? before.publishToOclc : current.publishToOclc,
    linkedMmsId,
    ...(isSameSource(current, after) ? sourceOfBib(before) : {}),
  }
  return sameBib(to, current)
    ? { result: 'conflict', to: null, conflicts }
    : { result: 'merged', to, conflicts }
}

/** What a bib was imported from last. */
const sourceOfBib = ({ originatingSystem, originatingNumber, originatingVersion }: BibState) => ({
  originatingSystem,
  originatingNumber,
  originatingVersion,
})

const isSameSource = (one: BibState, other: BibState): boolean =>
  one.originatingSystem === other.originatingSystem &&
  one.originatingNumber === other.originatingNumber &&
  one.originatingVersion === other.originatingVersion

/** The fields that the change added go, those that it took away come back, the rest stays as it is now. */
function takeBack(
  before: MarcRecord,
  after: MarcRecord,
  current: MarcRecord,
): { record: MarcRecord; conflicts: string[] } {
  const was = new Set(before.fields.map(packField))
  const became = new Set(after.fields.map(packField))
  const is = new Set(current.fields.map(packField))
  const conflicts: string[] = []
  for (const text of became) {
    if (!was.has(text) && !is.has(text) && !isOurs(text))
      conflicts.push(`${text.slice(0, 3)} has been changed since`)
  }
  const fields = current.fields.filter((field) => {
    const text = packField(field)
    return was.has(text) || !became.has(text)
  })
  for (const text of was)
    if (!became.has(text) && !is.has(text) && !isOurs(text)) insertByTag(fields, unpackField(text))
  const leader = current.leader === after.leader ? before.leader : current.leader
  return { record: { leader, fields }, conflicts }
}

/** Number and time of our own save are no content. */
const isOurs = (text: string) => text.startsWith('001') || text.startsWith('005')

function insertByTag(fields: Field[], field: Field): void {
  const at = fields.findIndex(({ tag }) => tag > field.tag)
  fields.splice(at === -1 ? fields.length : at, 0, field)
}

const stampOf = (record: string) => /\x1e005([^\x1e]*)/.exec(record)?.[1] ?? ''

/** All of a bib that a change can be taken back to; number and version go their own way. */
function imageOf(before: BibState, current: BibState): Partial<BibState> {
  const {
    record,
    briefLevel,
    carrier,
    suppressed,
    publishToOclc,
    originatingSystem,
    originatingNumber,
    originatingVersion,
    linkedMmsId,
    sourceHash,
    passed,
  } = before
  return {
    record,
    briefLevel,
    carrier,
    suppressed,
    publishToOclc,
    originatingSystem,
    originatingNumber,
    originatingVersion,
    linkedMmsId,
    sourceHash,
    passed,
    hangs: current.hangs,
  }
}

/** Equal but for number, version and time. */
function sameBib(a: BibState, b: BibState): boolean {
  return (
    a.suppressed === b.suppressed &&
    a.publishToOclc === b.publishToOclc &&
    a.linkedMmsId === b.linkedMmsId &&
    contentOfStored(a.record) === contentOfStored(b.record)
  )
}

const contentOfStored = (record: string) =>
  record.slice(5, 12) + record.slice(17, 24) + bodyOf(unpack(record))
