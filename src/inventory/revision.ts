import type { Queryable, Tx } from '../db/database.ts'
import { partOf } from '../catalog/part.ts'
import { prefixes, type InventoryKind } from './inventory-id.ts'
import { type CurrentPiece, InventoryRefusal } from './refusal.ts'

/** Who or what changes inventory. */
export type By = {
  readonly by: string | null
  readonly jobId: string | null
  readonly fileNo: number | null
  /** Of the record in its file. */
  readonly position: number | null
}

/** A person, by hand. */
export const byPerson = (by: string | null): By => ({ by, jobId: null, fileNo: null, position: null })

/** The columns of each table that are its content; the others number it and say what made its version. */
const contentColumns: Readonly<Record<InventoryKind, readonly string[]>> = {
  holdings: ['record', 'library', 'location', 'call_number', 'call_number_sort', 'suppressed'],
  item: [
    'holdings_id',
    'barcode',
    'status',
    'policy',
    'material_type',
    'copy_number',
    'description',
    'enumeration',
    'chronology',
    'public_note',
    'fulfilment_note',
    'internal_note',
    'inventory_number',
    'received_on',
    'temporary_library',
    'temporary_location',
    'source',
  ],
  portfolio: [
    'collection_id',
    'service_id',
    'url',
    'availability',
    'library',
    'coverage',
    'public_note',
    'internal_note',
    'authentication_note',
    'proxy',
    'material_type',
    'source',
    'title_key',
    'source_id',
    'follows_url',
    'follows_coverage',
    'withdrawn_at',
    'source_changed_at',
    'source_seen_at',
    'source_seen_by',
  ],
}

/** What a piece of inventory is called in sentences. */
const kindWords: Readonly<Record<InventoryKind, string>> = {
  holdings: 'holdings record',
  item: 'item',
  portfolio: 'portfolio',
}

const idColumn = (kind: InventoryKind) => `${kind}_id`

const versionColumns =
  'zone_id, inventory_id, version, mms_id, content, action, changed_at, changed_by, job_id, file_no, position, part'

/** Keeps what pieces of inventory are now, before they are changed. The caller holds their rows. */
export async function keepVersions(
  tx: Tx,
  kind: InventoryKind,
  zoneId: number,
  ids: readonly string[],
): Promise<void> {
  const content = contentColumns[kind].map((column) => `'${column}', t.${column}`).join(', ')
  await tx.execute(
    `insert into inventory_version (${versionColumns})
     select t.zone_id, t.${idColumn(kind)}, t.version, t.mms_id, jsonb_build_object(${content}),
       t.action, t.changed_at, t.changed_by, t.job_id, t.file_no, t.position, t.part
     from ${kind} t where t.zone_id = $1 and t.${idColumn(kind)} = any($2::text[])`,
    [zoneId, ids],
  )
}

/** Takes pieces of inventory away; their past stays, and says by whom. The caller holds their rows. */
export async function removePieces(
  tx: Tx,
  kind: InventoryKind,
  zoneId: number,
  ids: readonly string[],
  { by, jobId, fileNo, position }: By,
): Promise<void> {
  await keepVersions(tx, kind, zoneId, ids)
  await tx.execute(
    `with gone as (delete from ${kind} t where t.zone_id = $1 and t.${idColumn(kind)} = any($2::text[]) returning t.*)
     insert into inventory_version (${versionColumns})
     select zone_id, ${idColumn(kind)}, version + 1, mms_id, null, 'deleted', now(), $3, $4, $5, $6, part from gone`,
    [zoneId, ids, by, jobId, fileNo, position],
  )
}

/** A piece of inventory that is to be again what it was in a version; one that is gone comes back on its bib. */
export type Restored = { readonly zoneId: number; readonly id: string; readonly version: number }

/**
 * Gives pieces of inventory the content of an earlier version; one that has gone to another bib since stays as it is.
 * The caller holds the rows of those that are there.
 */
export async function restorePieces(
  tx: Tx,
  kind: Exclude<InventoryKind, 'item'>,
  zoneId: number,
  pieces: readonly Restored[],
  { by, jobId, fileNo, position }: By,
): Promise<void> {
  if (pieces.length === 0) return
  const columns = contentColumns[kind]
  const wanted = `unnest($2::text[], $3::int[]) as n (id, version)
    join inventory_version v on v.zone_id = $1 and v.inventory_id = n.id and v.version = n.version
    left join ${kind} t on t.zone_id = $1 and t.${idColumn(kind)} = n.id`
  const places = await tx.query<{ id: string; version: number; isGone: boolean; isElsewhere: boolean }>(
    `select n.id, n.version, t.version is null as "isGone", t.mms_id is distinct from v.mms_id as "isElsewhere" from ${wanted}`,
    [zoneId, pieces.map(({ id }) => id), pieces.map(({ version }) => version)],
  )
  const values = (own: readonly Omit<Restored, 'zoneId'>[]) => [
    zoneId,
    own.map(({ id }) => id),
    own.map(({ version }) => version),
    by,
    jobId,
    fileNo,
    position,
  ]
  const there = places.filter(({ isElsewhere }) => !isElsewhere)
  await keepVersions(
    tx,
    kind,
    zoneId,
    there.map(({ id }) => id),
  )
  const content = `cross join jsonb_populate_record(null::${kind}, v.content) w`
  await tx.execute(
    `update ${kind} set version = ${kind}.version + 1, ${columns.map((column) => `${column} = w.${column}`).join(', ')},
       action = 'changed', changed_at = now(), changed_by = $4, job_id = $5, file_no = $6, position = $7
     from ${wanted} ${content}
     where ${kind}.zone_id = $1 and ${kind}.${idColumn(kind)} = n.id`,
    values(there),
  )
  await tx.execute(
    `insert into ${kind} (zone_id, ${idColumn(kind)}, mms_id, version, ${columns.join(', ')}, action, created_at,
       changed_by, job_id, file_no, position, part)
     select $1, n.id, v.mms_id, last.version + 1, ${columns.map((column) => `w.${column}`).join(', ')}, 'added', last.since,
       $4, $5, $6, $7, v.part
     from ${wanted} ${content}
     cross join lateral (
       select max(version) as version, min(changed_at) as since from inventory_version
       where zone_id = $1 and inventory_id = n.id) last`,
    values(places.filter(({ isGone }) => isGone)),
  )
}

/** A piece of inventory goes to a bib of the same zone. */
export type Move = { readonly id: string; readonly into: string; readonly by: By }

/**
 * Brings pieces of inventory of one kind to other bibs; of holdings the items are not among them. `part` is that
 * of the bib, so that a row is taken from where it is and put where it goes. The caller holds the rows.
 */
export async function movePieces(
  tx: Tx,
  kind: InventoryKind,
  zoneId: number,
  moves: readonly Move[],
  stamp: string,
): Promise<void> {
  if (moves.length === 0) return
  await keepVersions(
    tx,
    kind,
    zoneId,
    moves.map(({ id }) => id),
  )
  const columns = contentColumns[kind]
  const moved = columns.map((column) => (column === 'record' ? recordElsewhere : `gone.${column}`))
  await tx.execute(
    `with gone as (
       delete from ${kind} t
       using unnest($2::text[], $3::text[], $4::smallint[], $5::text[], $6::bigint[], $7::smallint[], $8::int[])
         as n (id, into_mms_id, into_part, moved_by, by_job, by_file, by_position)
       where t.zone_id = $1 and t.${idColumn(kind)} = n.id
       returning t.*, n.*)
     insert into ${kind} (zone_id, ${idColumn(kind)}, mms_id, version, ${columns.join(', ')}, action, created_at,
       changed_by, job_id, file_no, position, part)
     select gone.zone_id, gone.id, gone.into_mms_id, gone.version + 1, ${moved.join(', ')}, 'moved', gone.created_at,
       gone.moved_by, gone.by_job, gone.by_file, gone.by_position, gone.into_part
     from gone${kind === 'holdings' ? ', (select $9::text as stamp) as save' : ''}`,
    [
      zoneId,
      moves.map(({ id }) => id),
      moves.map(({ into }) => into),
      moves.map(({ into }) => partOf(into)),
      moves.map(({ by }) => by.by),
      moves.map(({ by }) => by.jobId),
      moves.map(({ by }) => by.fileNo),
      moves.map(({ by }) => by.position),
      ...(kind === 'holdings' ? [stamp] : []),
    ],
  )
}

/** A holdings record names its bib in 004, and in 005 when it was saved. */
const recordElsewhere = `regexp_replace(
  replace(gone.record, e'\\x1e004' || gone.mms_id || e'\\x1e', e'\\x1e004' || gone.into_mms_id || e'\\x1e'),
  e'\\x1e005[^\\x1e]*', e'\\x1e005' || save.stamp)`

export type LockedPiece = CurrentPiece & { readonly mmsId: string }

/**
 * The bib and the version of a piece of inventory, whose row stays locked until the transaction ends. Asked for
 * twice: one that was moved to another bib meanwhile is another row.
 *
 * @throws {InventoryRefusal}
 */
export async function lockPiece(
  tx: Tx,
  kind: InventoryKind,
  zone: { readonly zoneId: number; readonly code: string },
  id: string,
): Promise<LockedPiece> {
  const ask = () =>
    tx.query<LockedPiece>(
      `select mms_id as "mmsId", version, changed_at as "changedAt", changed_by as "changedBy"
       from ${kind} where zone_id = $1 and ${idColumn(kind)} = $2 for update`,
      [zone.zoneId, id],
    )
  const [found = (await ask())[0]] = await ask()
  if (!found) throw noSuchPiece(kind, zone.code, id)
  return found
}

export const noSuchPiece = (kind: InventoryKind, zone: string, id: string) =>
  new InventoryRefusal(
    'missing',
    'NO_SUCH_INVENTORY',
    `There is no ${kindWords[kind]} ${id} in zone ${zone}.`,
    id.startsWith(prefixes[kind])
      ? 'It may have been deleted: its versions tell.'
      : `Check the number: those of a ${kindWords[kind]} start with ${prefixes[kind]}.`,
  )

/** A change is made to the version that somebody has seen, or not at all. @throws {InventoryRefusal} */
export function holdToVersion(
  kind: InventoryKind,
  id: string,
  seen: number,
  { version, changedAt, changedBy }: CurrentPiece,
): void {
  if (version === seen) return
  throw new InventoryRefusal(
    'conflict',
    'CHANGED_SINCE',
    `The ${kindWords[kind]} ${id} has been changed${changedBy === null ? '' : ` by ${changedBy}`} since you read it: it is version ${version}, and not ${seen}.`,
    'Look at what is there now, and make your change to that.',
    { version, changedAt, changedBy },
  )
}

/** A step in the life of a piece of inventory. */
export type InventoryVersion = {
  readonly version: number
  readonly action: 'added' | 'changed' | 'moved' | 'deleted'
  readonly isCurrent: boolean
  /** The bib that it was on. */
  readonly mmsId: string
  /** Its columns, by name; nothing where the step was the deletion. */
  readonly content: Readonly<Record<string, unknown>> | null
  readonly changedAt: string
  readonly changedBy: string | null
  readonly job: number | null
  readonly file: number | null
  readonly position: number | null
}

/** What a piece of inventory has been, newest first; a deleted one has its past only. */
export async function listInventoryVersions(
  db: Queryable,
  zoneId: number,
  kind: InventoryKind,
  id: string,
  limit: number,
): Promise<InventoryVersion[]> {
  const content = contentColumns[kind].map((column) => `'${column}', t.${column}`).join(', ')
  const common = `action, mms_id as "mmsId", changed_at as "changedAt", changed_by as "changedBy",
    job_id as job, file_no as file, position`
  return db.query<InventoryVersion>(
    `select version, true as "isCurrent", jsonb_build_object(${content}) as content, ${common}
     from ${kind} t where zone_id = $1 and ${idColumn(kind)} = $2
     union all
     select version, false, content, ${common}
     from inventory_version where zone_id = $1 and inventory_id = $2
     order by version desc limit $3`,
    [zoneId, id, limit],
  )
}
