import { type Tags, tagsColumn } from '../catalog/bib-tags.ts'
import type { Queryable } from '../db/database.ts'
import type { Repair } from '../marc/frame.ts'
import { decodeFrame } from '../marc/read.ts'
import type { MarcRecord } from '../marc/record.ts'
import { codeRemedies, codeSentences, type Code, type Outcome } from '../rules/outcome.ts'
import type { Trace } from '../rules/trace.ts'
import { ImportRefusal } from './refusal.ts'

/** An export as lists show it. */
export type GatewayExport = {
  readonly id: number
  readonly zone: string
  readonly bibZone: string
  readonly receivedAt: string
  readonly logon: string
  readonly oclcUser: string
  readonly sentBy: string
  readonly address: string
  readonly outcome: Outcome | null
  readonly code: Code | 'NO_INTEGRATION_PROFILE' | null
  readonly sentence: string | null
  readonly remedy: string | null
  readonly mmsId: string | null
  readonly linkedMmsId: string | null
  /** Of the bib as it is now (D18); nothing where there is none. */
  readonly tags: Tags | null
  readonly versionBefore: number | null
  readonly versionAfter: number | null
  readonly title: string
  readonly oclcNumber: string | null
  /** The export whose success this one was answered with. */
  readonly replayOf: number | null
  readonly issue: { readonly id: number; readonly resolution: string | null } | null
}

export type WholeExport = GatewayExport & {
  readonly trace: Trace | null
  /** What stood before the record, the secret masked. */
  readonly header: string
  /** What the client was told. */
  readonly reply: string
  readonly repairs: readonly Repair[]
  /** Nothing where the bytes are no record. */
  readonly incoming: MarcRecord | null
}

export type ExportFilter = {
  /** Only those into these zones; all where nothing is said. */
  readonly zones?: readonly string[]
  readonly zone?: string
  readonly sentBy?: string
  /** Only those that were imported, or only those that were not. */
  readonly imported?: boolean
}

type Row = Omit<GatewayExport, 'sentence' | 'remedy' | 'issue'> & {
  readonly issue: number | null
  readonly resolution: string | null
}

const columns = `
  e.export_id as id, z.code as zone, bz.code as "bibZone", e.received_at as "receivedAt", e.logon,
  e.oclc_user as "oclcUser", e.sent_by as "sentBy", e.address, e.outcome, e.code, e.mms_id as "mmsId",
  e.linked_mms_id as "linkedMmsId",
  ${tagsColumn('e.bib_zone_id', 'e.mms_id')} as tags, e.version_before as "versionBefore", e.version_after as "versionAfter", e.title,
  e.oclc_number as "oclcNumber", e.replay_of as "replayOf", i.issue_id as issue, i.resolution`

const from = `
  from gateway_export e
  join zone z on z.zone_id = e.zone_id
  join zone bz on bz.zone_id = e.bib_zone_id
  left join import_issue i on i.export_id = e.export_id`

/** Exports, the newest first. */
export async function listExports(
  db: Queryable,
  {
    zone,
    sentBy,
    imported,
    below,
    limit,
    zones,
  }: ExportFilter & { readonly below?: number; readonly limit: number },
): Promise<GatewayExport[]> {
  const rows = await db.query<Row>(
    `select ${columns} ${from}
     where ($1::text is null or e.zone_id = (select zone_id from zone where code = $1))
       and ($2::text is null or e.sent_by = $2)
       and ($3::bool is null or coalesce(e.outcome in ('created', 'merged', 'overlaid', 'unchanged'), false) = $3)
       and ($4::bigint is null or e.export_id < $4)
       and ($6::text[] is null or e.zone_id in (select zone_id from zone where code = any($6)))
     order by e.export_id desc limit $5`,
    [zone ?? null, sentBy ?? null, imported ?? null, below ?? null, limit, zones ?? null],
  )
  return rows.map(exportOf)
}

function exportOf({ issue, resolution, ...row }: Row): GatewayExport {
  return {
    ...row,
    ...wordsOf(row.code),
    issue: issue === null ? null : { id: issue, resolution },
  }
}

function wordsOf(code: Row['code']): Pick<GatewayExport, 'sentence' | 'remedy'> {
  if (code === null) return { sentence: null, remedy: null }
  if (code !== 'NO_INTEGRATION_PROFILE') return { sentence: codeSentences[code], remedy: codeRemedies[code] }
  return {
    sentence: 'The zone has no active integration profile.',
    remedy: 'Activate it, then export the record again.',
  }
}

/** An export with its record and how its outcome came about. @throws {ImportRefusal} where there is no such export */
export async function getExport(db: Queryable, id: number): Promise<WholeExport> {
  const [row] = await db.query<Row & { trace: Trace | null; header: string; reply: string; record: Buffer }>(
    `select ${columns}, e.trace, e.header, e.reply, e.record ${from} where e.export_id = $1`,
    [id],
  )
  if (!row) throw noSuchExport(id)
  const { trace, header, reply, record, ...listed } = row
  const decoded = decodeFrame('iso2709', frameOf(record), 'repair')
  return {
    ...exportOf(listed),
    trace,
    header,
    reply,
    repairs: decoded.repairs,
    incoming: decoded.ok ? decoded.record : null,
  }
}

/** The record of an export as it came, byte for byte. @throws {ImportRefusal} where there is no such export */
export async function getExportBytes(db: Queryable, id: number): Promise<Uint8Array> {
  const [row] = await db.query<{ record: Buffer }>(`select record from gateway_export where export_id = $1`, [
    id,
  ])
  if (!row) throw noSuchExport(id)
  return row.record
}

export const noSuchExport = (id: number | string): ImportRefusal =>
  new ImportRefusal(
    'missing',
    'NO_SUCH_EXPORT',
    `There is no export ${id}.`,
    'List the exports of the gateway to see their numbers.',
  )

/** One record that came alone, as a frame. */
export const frameOf = (bytes: Uint8Array) =>
  ({ kind: 'record', position: 1, offset: 0, bytes, repairs: [] }) as const
