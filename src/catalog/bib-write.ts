import type { Tx } from '../db/database.ts'
import { createCopyBuffer } from '../db/copy.ts'
import type { BibChange, BibState, Derived } from '../rules/bib-state.ts'
import type { MatchKey } from '../rules/match-key.ts'
import { lockKeys } from './key-locks.ts'
import { partOf } from './part.ts'
import { type DerivedDifference, deriveDifference } from './derived-difference.ts'

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
 * The caller holds the rows' locks (`findBibsForUpdate`) and those of the keys that it knows.
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
        before: first.derivedBefore,
        after: last.derivedAfter,
      })),
    ),
  )
}

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

const versionColumns = `zone_id, mms_id, version, record, brief_level, carrier, suppressed, publish_to_oclc, originating_system,
  originating_number, originating_version, linked_mms_id, source_hash, passed, action, changed_at, changed_by, job_id, file_no, position, part`

/** Copies what the bibs are now to their past, inside the database. */
async function keepVersions(tx: Tx, zoneId: number, lives: readonly Life[]): Promise<void> {
  if (lives.length === 0) return
  await tx.execute(
    `insert into bib_version (${versionColumns}) select ${versionColumns} from bib where zone_id = $1 and mms_id = any($2::text[])`,
    [zoneId, lives.map(({ first }) => first.mmsId)],
  )
}

/** Versions that a bib passed through within this call, and the last one of a deleted bib. */
async function addPassedVersions(
  tx: Tx,
  zoneId: number,
  lives: readonly Life[],
  provenance: Provenance,
): Promise<void> {
  const rows = createCopyBuffer()
  let count = 0
  for (const { changes } of lives) {
    for (const [at, change] of changes.entries()) {
      const passed =
        at < changes.length - 1
          ? change.after
          : change.after === null
            ? { ...(change.before as BibState), version: (change.before as BibState).version + 1 }
            : null
      if (!passed) continue
      count++
      rows.row(20)
      writeState(rows, zoneId, passed, change.after === null)
      writeProvenance(rows, change, provenance)
      rows.int2(partOf(passed.mmsId))
    }
  }
  if (count === 0) return
  const columns = versionColumns.replace('changed_at, ', '')
  await tx.copyIn(`copy bib_version (${columns}) from stdin (format binary)`, rows.finish())
}

type CopyBuffer = ReturnType<typeof createCopyBuffer>

function writeState(rows: CopyBuffer, zoneId: number, state: BibState, isDeleted: boolean): void {
  rows.int2(zoneId)
  rows.text(state.mmsId)
  rows.int4(state.version)
  if (isDeleted) rows.null_()
  else rows.text(state.record)
  rows.int2(state.briefLevel)
  rows.text(state.carrier)
  rows.bool(state.suppressed)
  rows.text(state.publishToOclc)
  rows.text(state.originatingSystem)
  textOrNull(rows, state.originatingNumber)
  textOrNull(rows, state.originatingVersion)
  textOrNull(rows, state.linkedMmsId)
  textOrNull(rows, state.sourceHash)
  if (state.passed === null) rows.null_()
  else rows.textArray(state.passed)
}

function writeProvenance(rows: CopyBuffer, change: BibChange, { by, jobId, fileNo }: Provenance): void {
  rows.text(change.action)
  textOrNull(rows, by)
  if (jobId === null) rows.null_()
  else rows.int8(Number(jobId))
  if (fileNo === null) rows.null_()
  else rows.int2(fileNo)
  if (change.position === null) rows.null_()
  else rows.int4(change.position)
}

const textOrNull = (rows: CopyBuffer, value: string | null) =>
  value === null ? rows.null_() : rows.text(value)

async function addBibs(
  tx: Tx,
  zoneId: number,
  lives: readonly Life[],
  provenance: Provenance,
): Promise<void> {
  if (lives.length === 0) return
  const rows = createCopyBuffer()
  for (const { last } of lives) {
    rows.row(20)
    writeState(rows, zoneId, last.after as BibState, false)
    writeProvenance(rows, last, provenance)
    rows.int2(partOf(last.mmsId))
  }
  await tx.copyIn(
    `copy bib (${versionColumns.replace('changed_at, ', '')}) from stdin (format binary)`,
    rows.finish(),
  )
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
      states.map((state) => state.mmsId),
      states.map((state) => state.version),
      states.map((state) => state.record),
      states.map((state) => state.briefLevel),
      states.map((state) => state.carrier),
      states.map((state) => state.suppressed),
      states.map((state) => state.publishToOclc),
      states.map((state) => state.originatingSystem),
      states.map((state) => state.originatingNumber),
      states.map((state) => state.originatingVersion),
      states.map((state) => state.linkedMmsId),
      lives.map(({ last }) => last.action),
      lives.map(({ last }) => last.position),
      states.map((state) => state.passed?.join(',') ?? null),
      states.map((state) => state.sourceHash),
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

/** Rows that follow from the records: the difference only. */
async function writeDerived(tx: Tx, zoneId: number, difference: DerivedDifference): Promise<void> {
  const { keys, headings, search } = difference
  if (keys.remove.length > 0) {
    // A key that goes away must not be read as still there by a batch that holds its lock.
    await lockKeys(
      tx,
      zoneId,
      keys.remove.map(({ key }) => key.value),
    )
    await tx.execute(
      `delete from match_key k using unnest($2::text[], $3::text[], $4::text[], $5::text[]) as d (kind, value, mms_id, origin)
       where k.kind = d.kind and k.value = d.value and k.zone_id = $1 and k.mms_id = d.mms_id and k.origin = d.origin`,
      [
        zoneId,
        keys.remove.map(({ key }) => key.kind),
        keys.remove.map(({ key }) => key.value),
        keys.remove.map(({ mmsId }) => mmsId),
        keys.remove.map(({ key }) => key.origin),
      ],
    )
  }
  if (headings.remove.length > 0) {
    await tx.execute(
      `delete from bib_heading h using unnest($2::text[], $3::text[], $4::text[]) as d (kind, sort_form, mms_id)
       where h.zone_id = $1 and h.kind = d.kind and h.sort_form = d.sort_form and h.mms_id = d.mms_id`,
      [
        zoneId,
        headings.remove.map(({ heading }) => heading.kind),
        headings.remove.map(({ heading }) => heading.sortForm),
        headings.remove.map(({ mmsId }) => mmsId),
      ],
    )
  }
  if (search.remove.length > 0) {
    await tx.execute(`delete from bib_search where zone_id = $1 and mms_id = any($2::text[])`, [
      zoneId,
      search.remove,
    ])
  }
  await addKeys(tx, zoneId, keys.add)
  await addHeadings(tx, zoneId, headings.add)
  await addSearchRows(tx, zoneId, search.add)
}

async function addKeys(
  tx: Tx,
  zoneId: number,
  keys: readonly { mmsId: string; key: MatchKey }[],
): Promise<void> {
  if (keys.length === 0) return
  const rows = createCopyBuffer()
  for (const { mmsId, key } of keys) {
    rows.row(6)
    rows.text(key.kind)
    rows.text(key.value)
    rows.int2(zoneId)
    rows.text(mmsId)
    rows.text(key.origin)
    rows.int2(partOf(key.value))
  }
  await tx.copyIn(
    'copy match_key (kind, value, zone_id, mms_id, origin, part) from stdin (format binary)',
    rows.finish(),
  )
}

async function addHeadings(
  tx: Tx,
  zoneId: number,
  headings: DerivedDifference['headings']['add'],
): Promise<void> {
  if (headings.length === 0) return
  const rows = createCopyBuffer()
  for (const { mmsId, heading } of headings) {
    rows.row(6)
    rows.int2(zoneId)
    rows.text(heading.kind)
    rows.text(heading.sortForm)
    rows.text(mmsId)
    rows.text(heading.form)
    rows.int2(partOf(mmsId))
  }
  await tx.copyIn(
    'copy bib_heading (zone_id, kind, sort_form, mms_id, form, part) from stdin (format binary)',
    rows.finish(),
  )
}

async function addSearchRows(
  tx: Tx,
  zoneId: number,
  search: readonly { mmsId: string; derived: Derived }[],
): Promise<void> {
  if (search.length === 0) return
  const rows = createCopyBuffer()
  for (const { mmsId, derived } of search) {
    rows.row(5)
    rows.int2(zoneId)
    rows.text(mmsId)
    rows.text(derived.title)
    rows.tsvector(derived.words)
    rows.int2(partOf(mmsId))
  }
  await tx.copyIn(
    'copy bib_search (zone_id, mms_id, title, words, part) from stdin (format binary)',
    rows.finish(),
  )
}
