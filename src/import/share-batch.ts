import { createHash } from 'node:crypto'
import { bibStateColumns, findBibsForUpdate } from '../catalog/bib-state.ts'
import { findHanging } from '../catalog/find-hanging.ts'
import { protectedFields } from '../catalog/protected-fields.ts'
import type { Zone } from '../catalog/zone.ts'
import type { Queryable, Tx } from '../db/database.ts'
import { textArray } from '../db/text-array.ts'
import { unpack } from '../marc/packed.ts'
import type { Field, MarcRecord } from '../marc/record.ts'
import type { BibState } from '../rules/bib-state.ts'
import type { RunProfile } from '../rules/import-profile.ts'
import type { MatchIndex } from '../rules/match/match-index.ts'
import { prepare, type PrepareOptions, type ReadyRecord } from '../rules/prepare.ts'
import { type OwnBib, partForShare, type ShareTerms, type Sharing } from '../rules/share.ts'
import type { BatchRun, PreparedRecord } from './batch.ts'
import { joinHanging } from './preview.ts'

/** A bib of the inventory zone that a record of a batch was prepared from. */
export type Ours = { readonly mmsId: string; readonly version: number }

/** What a batch is told of the bibs that are shared. */
export type ShareRun = Pick<Sharing, 'keepsMatch' | 'contributesSuppressed'> & {
  /** By position. */
  readonly ours: ReadonlyMap<number, Ours>
}

/** A bib has been changed after its record was prepared: the batch is to be prepared anew. */
export class OursChanged extends Error {
  override name = 'OursChanged'
}

/**
 * The bibs of an institution by number. Those that are to be changed stay locked until the transaction ends;
 * a preview sees them as its earlier batches would leave them.
 */
export async function findOurs(
  db: Queryable,
  { zoneId }: Zone,
  mmsIds: readonly string[],
  { lock, preview }: { readonly lock: boolean; readonly preview: string | null },
): Promise<Map<string, BibState>> {
  const bibs = lock
    ? await findBibsForUpdate(db, zoneId, mmsIds)
    : await db.query<BibState>(
        `select ${bibStateColumns} from bib b where b.zone_id = $1 and b.mms_id = any($2::text[])`,
        [zoneId, textArray(mmsIds)],
      )
  const found = new Map(bibs.map((bib) => [bib.mmsId, bib]))
  if (preview === null) return found
  const planned = await db.query<{ state: BibState; record: string | null }>(
    `select state, record from preview_bib where job_id = $1 and mms_id = any($2::text[])`,
    [preview, textArray(mmsIds)],
  )
  for (const { state, record } of planned) if (record !== null) found.set(state.mmsId, { ...state, record })
  return found
}

/** The bibs of a batch as they are now. @throws {OursChanged} where one is not what its record was prepared from */
export async function holdOurs(
  tx: Tx,
  { inventoryZone, mode, job }: BatchRun,
  { ours }: ShareRun,
  ready: readonly { readonly position: number; readonly ready: ReadyRecord }[],
): Promise<Map<number, BibState>> {
  const wanted = ready.flatMap(({ position }) => {
    const own = ours.get(position)
    return own ? [{ position, ...own }] : []
  })
  const bibs = await findOurs(
    tx,
    inventoryZone,
    wanted.map(({ mmsId }) => mmsId),
    { lock: mode === 'apply', preview: mode === 'preview' ? (job?.jobId ?? null) : null },
  )
  return new Map(
    wanted.map(({ position, mmsId, version }) => {
      const bib = bibs.get(mmsId)
      if (bib?.version !== version)
        throw new OursChanged(`bib ${mmsId} is not of version ${version} any more`)
      return [position, bib]
    }),
  )
}

/** What the plans of a batch go by, when its candidates are known and held. */
export async function sharingOf(
  tx: Tx,
  { bibZone, inventoryZone, mode, job, by }: BatchRun,
  { keepsMatch, contributesSuppressed }: ShareRun,
  ours: ReadonlyMap<number, BibState>,
  { bibs }: MatchIndex,
): Promise<Sharing> {
  const terms = await shareTerms(tx, inventoryZone, bibZone)
  const candidates = [...bibs.keys()]
  const known = candidates.length === 0 ? [] : await findHanging(tx, candidates)
  const linked =
    mode === 'preview' && job && candidates.length > 0
      ? await joinHanging(tx, job.jobId, candidates, known)
      : known
  return {
    zoneId: inventoryZone.zoneId,
    ours: new Map(
      [...ours].map(([position, bib]): [number, OwnBib] => [
        position,
        { bib, parted: partForShare(unpack(bib.record), terms) },
      ]),
    ),
    linked: new Map(
      linked.flatMap(({ zoneId, bib }) =>
        zoneId === inventoryZone.zoneId && bib.linkedMmsId !== null ? [[bib.linkedMmsId, bib.mmsId]] : [],
      ),
    ),
    keepsMatch,
    contributesSuppressed,
    by,
  }
}

/** Which fields of an institution's bibs stay with it. */
export const shareTerms = async (db: Queryable, institution: Zone, network: Zone): Promise<ShareTerms> => ({
  institution: await protectedFields(db, institution),
  network: await protectedFields(db, network),
  zones: [institution.code, network.code],
})

/** Where a record stands in the list of those that are shared, and its line there. */
export type ListPlace = Pick<PreparedRecord, 'position' | 'offset' | 'length'> & { readonly text: string }

/** A bib as a record that enters the network: what goes up of it, under the number and the time of its source. */
export function prepareOurs(
  bib: BibState,
  terms: ShareTerms,
  profile: RunProfile,
  place: ListPlace,
  options: PrepareOptions = {},
): PreparedRecord {
  const { up } = partForShare(unpack(bib.record), terms)
  const record = withSource(up, bib)
  return outOfList(place, prepare(record, profile, options))
}

/** A line of a list with what it was prepared to. */
export const outOfList = (
  { position, offset, length, text }: ListPlace,
  prepared: PreparedRecord['prepared'],
): PreparedRecord => ({
  position,
  offset,
  length,
  hash: createHash('sha256').update(text).digest('hex').slice(0, 32),
  repairs: [],
  prepared,
})

/** The record with the 001, 003 and 005 that it came from its source with: by these the network may know it. */
function withSource(
  { leader, fields }: MarcRecord,
  { originatingNumber, originatingVersion }: BibState,
): MarcRecord {
  const source: Field[] = []
  const [, system = '', number = ''] = /^\(([^)]*)\)(.*)$/s.exec(originatingNumber ?? '') ?? []
  if (number !== '') source.push({ tag: '001', value: number })
  if (system !== '') source.push({ tag: '003', value: system })
  if (originatingVersion !== null) source.push({ tag: '005', value: originatingVersion })
  return { leader, fields: [...source, ...fields] }
}
