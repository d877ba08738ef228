import type { Tx } from '../db/database.ts'
import type { CopyBuffer } from '../db/copy.ts'
import { copyRows } from '../db/copy-rows.ts'
import { textArray } from '../db/text-array.ts'
import type { BibChange, BibState, Derived } from '../rules/bib-state.ts'
import { partOf } from './part.ts'
import { type DerivedState, deriveDifference } from './derived-difference.ts'
import { writeDerived } from './derived-write.ts'

/** Who or what makes the changes of one call. */
export type Provenance = {
  readonly by: string | null
  readonly jobId: string | null
  readonly fileNo: number | null
}

/**
 * Step 5: writes changes of bibs of one zone, set-wise: bibs, superseded versions, match keys,
 * headings and search rows, one statement a table. A bib may come several times, in order; only what
 * it is in the end is written, and each version that it was on the way is kept.
 *
 * The caller holds the rows' locks and those of the keys that it knows.
 */
export async function writeBibs(
  tx: Tx,
  zoneId: number,
  changes: readonly BibChange[],
  provenance: Provenance,
): Promise<void> {
  if (changes.length === 0) return
  const lives = followLives(changes)
  const created = lives.filter((life) => !life.first.before && life.last.after)
  const updated = lives.filter((life) => life.first.before && life.last.after)
  const removed = lives.filter((life) => life.first.before && !life.last.after)
  await keepVersions(tx, zoneId, [...updated, ...removed])
  await addPassedVersions(tx, zoneId, lives, provenance)
  await addBibs(tx, zoneId, created, provenance)
  await updateBibs(tx, zoneId, updated, provenance)
  await removeBibs(tx, zoneId, removed, provenance)
  await writeDerived(
    tx,
    zoneId,
    deriveDifference(
      lives.map(({ first, last }) => ({
        mmsId: first.mmsId,
        before: derivedState(first.before, first.derivedBefore),
        after: derivedState(last.after, last.derivedAfter),
      })),
    ),
  )
}

const derivedState = (state: BibState | null, derived: Derived | null): DerivedState | null =>
  state && derived && { state, derived }

/** All changes of one bib within a call. */
type Life = { readonly first: BibChange; last: BibChange; readonly changes: BibChange[] }

function followLives(changes: readonly BibChange[]): Life[] {
  const lives = new Map<string, Life>()
  for (const change of changes) {
    const life = lives.get(change.mmsId)
    if (!life) lives.set(change.mmsId, { first: change, last: change, changes: [change] })
    else {
      life.last = change
      life.changes.push(change)
    }
  }
  return [...lives.values()]
}

/** Columns that a bib and its versions have alike. */
export const versionColumns = `zone_id, mms_id, version, record, brief_level, carrier, suppressed, publish_to_oclc, originating_system,
  originating_number, originating_version, linked_mms_id, source_hash, passed, action, changed_at, changed_by, job_id, file_no, position, part`

/** Copies what the bibs are now to their past, inside the database. */
async function keepVersions(tx: Tx, zoneId: number, lives: readonly Life[]): Promise<void> {
  if (lives.length === 0) return
  await tx.execute(
    `insert into bib_version (${versionColumns}) select ${versionColumns} from bib where zone_id = $1 and mms_id = any($2::text[])`,
    [zoneId, textArray(lives.map(({ first }) => first.mmsId))],
  )
}

/** Versions that a bib passed through within this call, and the last one of a deleted bib. */
async function addPassedVersions(
  tx: Tx,
  zoneId: number,
  lives: readonly Life[],
  provenance: Provenance,
): Promise<void> {
  await copyRows(tx, `copy bib_version (${copiedColumns}) from stdin (format binary)`, (rows) => {
    for (const { changes } of lives) {
      for (const [at, change] of changes.entries()) {
        const passed =
          at < changes.length - 1
            ? change.after
            : change.after === null
              ? { ...(change.before as BibState), version: (change.before as BibState).version + 1 }
              : null
        if (passed) writeState(rows, zoneId, passed, change, provenance)
      }
    }
  })
}

/** Of the columns of a version, those that are not left to the database. */
const copiedColumns = versionColumns.replace('changed_at, ', '')

function writeState(
  rows: CopyBuffer,
  zoneId: number,
  state: BibState,
  { action, after, position }: BibChange,
  { by, jobId, fileNo }: Provenance,
): void {
  rows.row(20)
  rows.int2(zoneId)
  rows.text(state.mmsId)
  rows.int4(state.version)
  rows.text(after === null ? null : state.record)
  rows.int2(state.briefLevel)
  rows.text(state.carrier)
  rows.bool(state.suppressed)
  rows.text(state.publishToOclc)
  rows.text(state.originatingSystem)
  rows.text(state.originatingNumber)
  rows.text(state.originatingVersion)
  rows.text(state.linkedMmsId)
  rows.text(state.sourceHash)
  rows.textArray(state.passed)
  rows.text(action)
  rows.text(by)
  rows.int8(jobId === null ? null : Number(jobId))
  rows.int2(fileNo)
  rows.int4(position)
  rows.int2(partOf(state.mmsId))
}

async function addBibs(
  tx: Tx,
  zoneId: number,
  lives: readonly Life[],
  provenance: Provenance,
): Promise<void> {
  await copyRows(tx, `copy bib (${copiedColumns}) from stdin (format binary)`, (rows) => {
    for (const { last } of lives) writeState(rows, zoneId, last.after as BibState, last, provenance)
  })
}

async function updateBibs(
  tx: Tx,
  zoneId: number,
  lives: readonly Life[],
  { by, jobId, fileNo }: Provenance,
): Promise<void> {
  if (lives.length === 0) return
  const states = lives.map(({ last }) => last.after as BibState)
  await tx.execute(
    `update bib b set
       version = n.version, record = n.record, brief_level = n.brief_level, carrier = n.carrier, suppressed = n.suppressed,
       publish_to_oclc = n.publish_to_oclc, originating_system = n.originating_system, originating_number = n.originating_number,
       originating_version = n.originating_version, linked_mms_id = n.linked_mms_id, action = n.action,
       source_hash = n.source_hash, passed = string_to_array(n.passed, ','), position = n.position,
       changed_at = now(), changed_by = $2, job_id = $3, file_no = $4
     from unnest($5::text[], $6::int[], $7::text[], $8::smallint[], $9::text[], $10::bool[], $11::text[], $12::text[], $13::text[],
                 $14::text[], $15::text[], $16::text[], $17::int[], $18::text[], $19::text[])
       as n (mms_id, version, record, brief_level, carrier, suppressed, publish_to_oclc, originating_system, originating_number,
             originating_version, linked_mms_id, action, position, passed, source_hash)
     where b.zone_id = $1 and b.mms_id = n.mms_id`,
    [
      zoneId,
      by,
      jobId,
      fileNo,
      textArray(states.map((state) => state.mmsId)),
      states.map((state) => state.version),
      textArray(states.map((state) => state.record)),
      states.map((state) => state.briefLevel),
      textArray(states.map((state) => state.carrier)),
      states.map((state) => state.suppressed),
      textArray(states.map((state) => state.publishToOclc)),
      textArray(states.map((state) => state.originatingSystem)),
      textArray(states.map((state) => state.originatingNumber)),
      textArray(states.map((state) => state.originatingVersion)),
      textArray(states.map((state) => state.linkedMmsId)),
      textArray(lives.map(({ last }) => last.action)),
      lives.map(({ last }) => last.position),
      textArray(states.map((state) => state.passed?.join(',') ?? null)),
      textArray(states.map((state) => state.sourceHash)),
    ],
  )
}

async function removeBibs(
  tx: Tx,
  zoneId: number,
  lives: readonly Life[],
  _provenance: Provenance,
): Promise<void> {
  if (lives.length === 0) return
  const mmsIds = lives.map(({ first }) => first.mmsId)
  await tx.execute(`delete from bib where zone_id = $1 and mms_id = any($2::text[])`, [zoneId, mmsIds])
  await tx.execute(`delete from bib_lock where zone_id = $1 and mms_id = any($2::text[])`, [zoneId, mmsIds])
}
