import { linkedRecord } from '../catalog/linked-record.ts'
import { listZones, type Zone } from '../catalog/zone.ts'
import type { Queryable, Tx } from '../db/database.ts'
import { callNumberTable, callNumberUpdate } from '../inventory/call-number-table.ts'
import { type Renumbered, renumberHoldings } from '../inventory/renumber.ts'
import { unpack } from '../marc/packed.ts'
import type { MarcRecord } from '../marc/record.ts'
import type { BibState } from '../rules/bib-state.ts'
import { type CallNumber, findCallNumber } from '../rules/holdings/call-number-mapping.ts'
import { readHoldings, withCallNumber } from '../rules/holdings/holdings-record.ts'
import type { InventoryStep } from '../rules/inventory/plan-inventory.ts'
import type { Plan } from '../rules/plan.ts'
import { stampOf } from '../rules/save-stamp.ts'
import type { BatchRun } from './batch.ts'

/** A bib as it was before the batch and as it is after it, whole. */
type Changed = {
  readonly mmsId: string
  /** Of the last record that changed it. */
  readonly position: number | null
  readonly before: MarcRecord
  readonly after: MarcRecord
}

/**
 * Gives holdings the call number of their bib anew where a batch changes that, in zones whose table says `always`
 * and by a profile that does. A network's bib reaches the holdings of every institution that is linked to it. By the
 * position of the record; a preview says the same and writes nothing.
 */
export async function followCallNumbers(
  tx: Tx,
  run: BatchRun,
  plans: readonly Plan[],
): Promise<ReadonlyMap<number, readonly InventoryStep[]>> {
  const steps = new Map<number, InventoryStep[]>()
  if (run.asOf) return steps
  const states = changedStates(plans)
  if (states.length === 0) return steps
  const zones = await followingZones(tx, run)
  if (zones.length === 0) return steps
  const changed = await wholeOf(tx, states)
  for (const zone of zones) {
    const own = zone.zoneId === run.bibZone.zoneId ? changed : await linkedOf(tx, run, zone, changed)
    for (const { position, ...step } of await renumber(tx, run, zone, own))
      if (position !== null) steps.set(position, [...(steps.get(position) ?? []), step])
  }
  return steps
}

type ChangedState = Pick<Changed, 'mmsId' | 'position'> & {
  readonly before: BibState
  readonly after: BibState
}

/** The bibs of the zone whose records a batch changes, each from what it was to what it is in the end. */
function changedStates(plans: readonly Plan[]): ChangedState[] {
  const states = new Map<string, ChangedState>()
  for (const { changes } of plans)
    for (const { zoneId, mmsId, before, after, position } of changes) {
      if (zoneId !== undefined) continue
      const known = states.get(mmsId)
      if (after === null || (before === null && known === undefined)) states.delete(mmsId)
      else if (known || before)
        states.set(mmsId, { mmsId, position, before: (known?.before ?? before) as BibState, after })
    }
  return [...states.values()].filter(({ before, after }) => before.record !== after.record)
}

async function followingZones(tx: Queryable, { profile, bibZone, inventoryZone }: BatchRun): Promise<Zone[]> {
  const { operations = 'none', physical } = profile.inventory ?? {}
  const byProfile = operations !== 'none' && physical?.bibCallNumber === 'always'
  const zones = await listZones(tx)
  return zones.filter(
    (zone) =>
      zone.kind === 'institution' &&
      ((byProfile && zone.zoneId === inventoryZone.zoneId) ||
        (callNumberUpdate(zone) === 'always' &&
          (bibZone.kind !== 'institution' || zone.zoneId === bibZone.zoneId))),
  )
}

/** With what a linked bib is linked to. */
async function wholeOf(tx: Queryable, states: readonly ChangedState[]): Promise<Changed[]> {
  const linked = states.flatMap(({ before, after }) =>
    [before.linkedMmsId ?? [], after.linkedMmsId ?? []].flat(),
  )
  const rows =
    linked.length === 0
      ? []
      : await tx.query<{ mmsId: string; record: string }>(
          `select mms_id as "mmsId", record from bib where mms_id = any($1::text[])`,
          [[...new Set(linked)]],
        )
  const shared = new Map(rows.map(({ mmsId, record }) => [mmsId, unpack(record)]))
  const whole = ({ mmsId, record, linkedMmsId }: BibState): MarcRecord => {
    const own = unpack(record)
    const upstream = linkedMmsId === null ? undefined : shared.get(linkedMmsId)
    return upstream ? linkedRecord(upstream, own, mmsId) : own
  }
  return states.map(({ before, after, ...bib }) => ({ ...bib, before: whole(before), after: whole(after) }))
}

/** The bibs of an institution that are linked to those that were changed; they stay while the batch goes on. */
async function linkedOf(
  tx: Queryable,
  { mode }: BatchRun,
  { zoneId }: Zone,
  changed: readonly Changed[],
): Promise<Changed[]> {
  const rows = await tx.query<{ mmsId: string; linkedMmsId: string; record: string }>(
    `select mms_id as "mmsId", linked_mms_id as "linkedMmsId", record from bib
     where zone_id = $1 and linked_mms_id = any($2::text[]) order by mms_id${mode === 'apply' ? ' for key share' : ''}`,
    [zoneId, changed.map(({ mmsId }) => mmsId)],
  )
  const byUpstream = new Map(changed.map((bib) => [bib.mmsId, bib]))
  return rows.flatMap(({ mmsId, linkedMmsId, record }) => {
    const upstream = byUpstream.get(linkedMmsId)
    if (!upstream) return []
    const local = unpack(record)
    const { position, before, after } = upstream
    return [
      {
        mmsId,
        position,
        before: linkedRecord(before, local, mmsId),
        after: linkedRecord(after, local, mmsId),
      },
    ]
  })
}

async function renumber(
  tx: Tx,
  { mode, by, job }: BatchRun,
  zone: Zone,
  changed: readonly Changed[],
): Promise<(InventoryStep & Pick<Changed, 'position'>)[]> {
  if (changed.length === 0) return []
  const bibs = new Map(changed.map((bib) => [bib.mmsId, bib]))
  const rows = await tx.query<{ holdingsId: string; mmsId: string; record: string; callNumber: string }>(
    `select holdings_id as "holdingsId", mms_id as "mmsId", record, call_number as "callNumber" from holdings
     where zone_id = $1 and mms_id = any($2::text[]) order by holdings_id${mode === 'apply' ? ' for update' : ''}`,
    [zone.zoneId, [...bibs.keys()]],
  )
  const renumbered: Renumbered[] = []
  const steps: (InventoryStep & Pick<Changed, 'position'>)[] = []
  for (const { holdingsId, mmsId, record: stored, callNumber } of rows) {
    const bib = bibs.get(mmsId)
    const record = unpack(stored)
    const next = bib && renumberedRecord(record, bib, zone)
    const facts = next && readHoldings(next)
    if (!bib || !next || !facts || 'message' in facts || facts.callNumber === callNumber) continue
    const { position } = bib
    const from = {
      by,
      jobId: job?.jobId ?? null,
      fileNo: job?.fileNo ?? null,
      position: job ? position : null,
    }
    renumbered.push({ holdingsId, mmsId, record: next, by: from })
    steps.push({
      position,
      kind: 'holdings',
      result: 'changed',
      code: null,
      why: `Call number ${callNumber === '' ? 'none' : callNumber} → ${facts.callNumber}`,
      id: holdingsId,
      library: facts.library,
      location: facts.location,
      barcode: null,
      url: null,
      mmsId,
    })
  }
  if (mode === 'apply') await renumberHoldings(tx, zone.zoneId, renumbered, stampOf(new Date()))
  return steps
}

/** Nothing where the bib has the number for the scheme of the holdings that it had, or none any more. */
function renumberedRecord(record: MarcRecord, { before, after }: Changed, zone: Zone): MarcRecord | null {
  const facts = readHoldings(record)
  if ('message' in facts) return null
  const table = callNumberTable(zone)
  const number = findCallNumber(after, facts.scheme, facts.source, table)
  const was = findCallNumber(before, facts.scheme, facts.source, table)
  return number === null || isSame(number, was) ? null : withCallNumber(record, number)
}

const isSame = (one: CallNumber, other: CallNumber | null): boolean =>
  JSON.stringify(one) === JSON.stringify(other)
