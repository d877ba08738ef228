import { findBibsForUpdate } from '../catalog/bib-state.ts'
import { findLastVersions, findVersions } from '../catalog/bib-past.ts'
import { getZoneById } from '../catalog/zone.ts'
import type { Tx } from '../db/database.ts'
import { unpack } from '../marc/packed.ts'
import type { BibChange, BibState } from '../rules/bib-state.ts'
import type { BriefLevels } from '../rules/brief-level.ts'
import { deriveState } from '../rules/derive.ts'
import { holdingsOn, linkedBibs, portfoliosOn } from '../rules/hanging.ts'
import type { Restored } from '../inventory/revision.ts'
import type { MovedWithBib } from './combined-inventory.ts'
import { findBriefLevels } from './brief-rule.ts'

/** A bib that an undo is about, in which zone, and the versions of it that matter. */
export type NamedBib = {
  readonly zoneId: number
  readonly mmsId: string
  readonly versions: readonly (number | null)[]
}

/** The bibs that a batch of an undo is about: as they were, as they are, and as it leaves them one by one. */
export type UndoStates = {
  /** A bib in a version that was current once or is; nothing where that is its deletion. */
  readonly at: (mmsId: string, version: number | null) => BibState | null
  readonly current: (mmsId: string) => BibState | null
  /** Gives a bib a state as its next version, or removes it. */
  readonly put: (mmsId: string, to: BibState | null, position: number) => void
  /** What was put, in order. */
  readonly changes: readonly BibChange[]
  /** The bib that holdings or a portfolio are on; nothing where they are not there, or on none of these bibs. */
  readonly bibOf: (inventoryId: string) => string | null
  /** Brings them to another bib. */
  readonly carry: (inventoryId: string, to: string) => void
  /** What is to be carried, to where it is in the end. */
  readonly carried: ReadonlyMap<string, string>
  /** Takes holdings or a portfolio away. */
  readonly drop: (inventoryId: string) => void
  /** What is to be taken away. */
  readonly dropped: ReadonlySet<string>
  /** Gives holdings or a portfolio what they were in a version; what is gone comes back on a bib. */
  readonly restore: (restored: Restored, mmsId: string) => void
  /** What is to be so, by number: of several versions the one that was asked for last. */
  readonly restored: ReadonlyMap<string, Restored>
  /** What has been done so far, so that it can be gone back to. */
  readonly mark: () => UndoMark
  /** Takes back what was put and carried since. */
  readonly backTo: (mark: UndoMark) => void
}

export type UndoMark = { readonly changes: number; readonly carries: number }

/** Reads bibs with their past, and where inventory is that was moved with them. The rows of the bibs stay locked until the transaction ends. */
export async function loadStates(
  tx: Tx,
  named: readonly NamedBib[],
  moved: readonly MovedWithBib[],
  jobId: string,
): Promise<UndoStates> {
  const zoneOf = new Map(named.map(({ mmsId, zoneId }) => [mmsId, zoneId]))
  const current = new Map<string, BibState>()
  const past = new Map<string, BibState>()
  const last = new Map<string, number>()
  const levels = new Map<number, BriefLevels>()
  for (const [zoneId, own] of Map.groupBy(named, (bib) => bib.zoneId)) {
    const mmsIds = [...new Set(own.map(({ mmsId }) => mmsId))]
    levels.set(zoneId, await findBriefLevels(tx, await getZoneById(tx, zoneId)))
    for (const bib of await findBibsForUpdate(tx, zoneId, mmsIds)) current.set(bib.mmsId, bib)
    for (const bib of await findVersions(tx, zoneId, versionsOf(own)))
      past.set(`${bib.mmsId} ${bib.version}`, bib)
    for (const { mmsId, version } of await findLastVersions(tx, zoneId, mmsIds)) last.set(mmsId, version)
  }
  const linked = await findLinked(tx, [...zoneOf.keys()])
  const inventory = await findInventory(tx, named, moved)
  const carries: { readonly inventoryId: string; readonly from: string }[] = []
  const carried = new Map<string, string>()
  const dropped = new Set<string>()
  const restored = new Map<string, Restored>()
  const changes: BibChange[] = []
  const become = (mmsId: string, from: BibState | null, to: BibState | null) => {
    if (from?.linkedMmsId != null) linked.get(from.linkedMmsId)?.delete(mmsId)
    if (to?.linkedMmsId != null)
      linked.set(to.linkedMmsId, (linked.get(to.linkedMmsId) ?? new Set()).add(mmsId))
    if (to) current.set(mmsId, to)
    else current.delete(mmsId)
  }
  return {
    changes,
    carried,
    dropped,
    drop: (inventoryId) => {
      inventory.drop(inventoryId)
      dropped.add(inventoryId)
    },
    restored,
    restore: (piece, mmsId) => {
      if (inventory.bibOf(piece.id) === null) inventory.put(piece.id, mmsId)
      restored.set(piece.id, piece)
    },
    bibOf: (inventoryId) => inventory.bibOf(inventoryId),
    carry: (inventoryId, to) => {
      carries.push({ inventoryId, from: inventory.bibOf(inventoryId) ?? to })
      inventory.put(inventoryId, to)
      carried.set(inventoryId, to)
    },
    mark: () => ({ changes: changes.length, carries: carries.length }),
    at: (mmsId, version) => {
      const state = past.get(`${mmsId} ${version}`) ?? current.get(mmsId)
      return state?.version === version && state.record !== '' ? state : null
    },
    current: (mmsId) => {
      const bib = current.get(mmsId)
      if (!bib) return null
      return {
        ...bib,
        hangs: [...((linked.get(mmsId)?.size ?? 0) > 0 ? [linkedBibs] : []), ...inventory.hangsOn(mmsId)],
      }
    },
    put: (mmsId, to, position) => {
      const before = current.get(mmsId) ?? null
      if (before) past.set(`${mmsId} ${before.version}`, before)
      const version = (last.get(mmsId) ?? 0) + 1
      last.set(mmsId, version)
      const zoneId = zoneOf.get(mmsId) as number
      const after = to && { ...levelled(to, levels.get(zoneId)), mmsId, version, jobId }
      become(mmsId, before, after)
      changes.push({
        mmsId,
        zoneId,
        action: after ? 'restored' : 'deleted',
        before,
        after,
        derivedBefore: before && deriveState(before),
        derivedAfter: after && deriveState(after),
        position,
      })
    },
    backTo: (mark) => {
      for (const { mmsId, before, after } of changes.splice(mark.changes).toReversed()) {
        last.set(mmsId, (last.get(mmsId) ?? 0) - 1)
        become(mmsId, after, before)
      }
      for (const { inventoryId, from } of carries.splice(mark.carries).toReversed()) {
        inventory.put(inventoryId, from)
        if (inventory.wasOn(inventoryId) === from) carried.delete(inventoryId)
        else carried.set(inventoryId, from)
      }
    },
  }
}

/** D21: a save levels a bib by the zone's rule of now; a linked one has the level of what it is linked to. */
const levelled = (bib: BibState, levels: BriefLevels | undefined): BibState =>
  !levels || bib.linkedMmsId !== null ? bib : { ...bib, briefLevel: levels(unpack(bib.record)).level }

/** Where the inventory of bibs is, as the undo leaves it piece by piece. */
type InventoryPlaces = {
  readonly bibOf: (id: string) => string | null
  /** The same as it was before. */
  readonly wasOn: (id: string) => string | null
  readonly put: (id: string, mmsId: string) => void
  readonly drop: (id: string) => void
  /** In the words in which a bib says what hangs on it. */
  readonly hangsOn: (mmsId: string) => string[]
}

async function findInventory(
  tx: Tx,
  named: readonly NamedBib[],
  moved: readonly MovedWithBib[],
): Promise<InventoryPlaces> {
  const rows: { id: string; mmsId: string }[] = []
  for (const [zoneId, own] of Map.groupBy(named, (bib) => bib.zoneId))
    rows.push(
      ...(await tx.query<{ id: string; mmsId: string }>(
        `select holdings_id as id, mms_id as "mmsId" from holdings where zone_id = $1 and mms_id = any($2::text[])
         union
         select holdings_id, mms_id from holdings where zone_id = $1 and holdings_id = any($3::text[])
         union
         select portfolio_id, mms_id from portfolio where zone_id = $1 and mms_id = any($2::text[])
         union
         select portfolio_id, mms_id from portfolio where zone_id = $1 and portfolio_id = any($3::text[])`,
        [zoneId, own.map(({ mmsId }) => mmsId), moved.map(({ inventoryId }) => inventoryId)],
      )),
    )
  const was = new Map(rows.map(({ id, mmsId }) => [id, mmsId]))
  const is = new Map(was)
  const on = new Map<string, Set<string>>()
  for (const [id, mmsId] of is) on.set(mmsId, (on.get(mmsId) ?? new Set()).add(id))
  return {
    bibOf: (id) => is.get(id) ?? null,
    wasOn: (id) => was.get(id) ?? null,
    put: (id, mmsId) => {
      on.get(is.get(id) ?? '')?.delete(id)
      is.set(id, mmsId)
      on.set(mmsId, (on.get(mmsId) ?? new Set()).add(id))
    },
    drop: (id) => {
      on.get(is.get(id) ?? '')?.delete(id)
      is.delete(id)
    },
    hangsOn: (mmsId) => {
      const ids = [...(on.get(mmsId) ?? [])]
      return [
        ...(ids.some((id) => id.startsWith('22')) ? [holdingsOn] : []),
        ...(ids.some((id) => id.startsWith('53')) ? [portfoliosOn] : []),
      ]
    },
  }
}

/** Bibs of other zones that are linked to bibs. */
async function findLinked(tx: Tx, mmsIds: readonly string[]): Promise<Map<string, Set<string>>> {
  const rows = await tx.query<{ mmsId: string; linkedMmsId: string }>(
    `select mms_id as "mmsId", linked_mms_id as "linkedMmsId" from bib where linked_mms_id = any($1::text[])`,
    [mmsIds],
  )
  const linked = Map.groupBy(rows, ({ linkedMmsId }) => linkedMmsId)
  return new Map([...linked].map(([mmsId, own]) => [mmsId, new Set(own.map((row) => row.mmsId))]))
}

const versionsOf = (named: readonly NamedBib[]) =>
  named.flatMap(({ mmsId, versions }) =>
    versions.flatMap((version) => (version === null ? [] : [{ mmsId, version }])),
  )
