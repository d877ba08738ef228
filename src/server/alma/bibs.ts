import { Type } from 'typebox'
import { findBibOrigins } from '../../catalog/bib-origin.ts'
import { type BibPage, findBibPages } from '../../catalog/bib-page.ts'
import { findBibVersion } from '../../catalog/bib-past.ts'
import { findByHoldings, findByNumber, findLinkedTo } from '../../catalog/find-by-number.ts'
import { protectedFields } from '../../catalog/protected-fields.ts'
import { listZones, type Zone } from '../../catalog/zone.ts'
import type { Queryable } from '../../db/database.ts'
import { unpack } from '../../marc/packed.ts'
import type { MarcRecord } from '../../marc/record.ts'
import { insertField } from '../../rules/insert-field.ts'
import { localProtection } from '../../rules/merge/protect.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { askedOf } from './asked.ts'
import { expandingOf, withAvailability } from './availability.ts'
import { bibAnswer, bibsAnswer, linkNumber, type ShownBib } from './bib-answer.ts'
import { AlmaError } from './errors.ts'
import { countOf, oneOf, type Parameters } from './parameters.ts'
import { sendAnswer } from './reply.ts'

const views = ['full', 'brief', 'local_fields'] as const
type View = (typeof views)[number]

/** Bibs that are asked for by their numbers, and bibs in a list. */
const mostBibs = 100

export const AlmaBibParams = Type.Object({ mms_id: Type.String() })

/** Bibs as they are read. */
export function almaBibRoutes(scope: App, { db }: ServerContext): void {
  scope.get(
    '/almaws/v1/bibs',
    {
      config: { access: { may: 'zone.view', in: 'key' } },
      schema: {
        tags: ['alma'],
        summary: 'Bibs by their numbers: mms_id, nz_mms_id, cz_mms_id, holdings_id, other_system_id',
      },
    },
    async (request, reply) => {
      const { parameters, zone } = await askedOf(db, request)
      const view = oneOf(parameters, 'view', views)
      const found = await findAsked(db, zone, parameters)
      const limit = countOf(parameters, 'limit', mostBibs, mostBibs)
      const offset = countOf(parameters, 'offset', 0, 1_000_000)
      const page = found.slice(offset, offset + limit)
      const bibs = await showBibs(db, zone, page, view)
      const shown: ShownBib[] = []
      for (const bib of bibs) shown.push(await expanded(db, zone, bib, parameters))
      return sendAnswer(request, reply, bibsAnswer(shown, found.length, rootOf(request)))
    },
  )

  scope.get(
    '/almaws/v1/bibs/:mms_id',
    {
      config: { access: { may: 'zone.view', in: 'key' } },
      schema: { tags: ['alma'], summary: 'A bib', params: AlmaBibParams },
    },
    async (request, reply) => {
      const { parameters, zone } = await askedOf(db, request)
      const view = oneOf(parameters, 'view', views)
      const bib = await getShown(db, zone, mmsIdOf(request.params.mms_id), view)
      const shown = await expanded(db, zone, bib, parameters)
      return sendAnswer(request, reply, bibAnswer(shown, rootOf(request)))
    },
  )
}

/** A bib with the availability that is asked for in its record. */
async function expanded(db: Queryable, zone: Zone, bib: ShownBib, parameters: Parameters): Promise<ShownBib> {
  const { record, page } = bib
  if (record === null) return bib
  return { ...bib, record: await withAvailability(db, zone, page.mmsId, record, expandingOf(parameters)) }
}

/** The numbers of the bibs of the zone that a list is asked for by. @throws {AlmaError} 402203 */
async function findAsked(db: Queryable, zone: Zone, parameters: Parameters): Promise<readonly string[]> {
  const { mms_id, nz_mms_id, cz_mms_id, holdings_id, other_system_id } = parameters
  if (mms_id !== undefined) {
    const asked = [...new Set(mms_id.split(',').map((text) => text.trim()))]
    if (asked.length > mostBibs || !asked.every((text) => /^\d{1,20}$/.test(text)))
      throw new AlmaError('402203', {
        about: 'list',
        more: `mms_id is a list of 1 to ${mostBibs} numbers, with commas between them.`,
      })
    return (await findBibPages(db, zone, asked)).map(({ mmsId }) => mmsId)
  }
  const upstream = nz_mms_id ?? cz_mms_id
  if (upstream !== undefined) return findLinkedTo(db, zone, upstream)
  if (holdings_id !== undefined) return findByHoldings(db, zone, holdings_id)
  if (other_system_id !== undefined) return findByNumber(db, zone, other_system_id)
  throw new AlmaError('402203', {
    about: 'list',
    more: 'Name bibs by mms_id, nz_mms_id, cz_mms_id, holdings_id or other_system_id.',
  })
}

/** @throws {AlmaError} 402204 for what is no number */
export function mmsIdOf(text: string): string {
  if (!/^\d{1,20}$/.test(text)) throw new AlmaError('402204', { about: text.slice(0, 40) })
  return text
}

/** @throws {AlmaError} 402203 where the zone has no such bib */
export async function getShown(
  db: Queryable,
  zone: Zone,
  mmsId: string,
  view: View = 'full',
  warnings: readonly string[] = [],
): Promise<ShownBib> {
  const [bib] = await showBibs(db, zone, [mmsId], view)
  if (!bib) throw new AlmaError('402203', { about: mmsId })
  return { ...bib, warnings }
}

/** Bibs of a zone, in order; those that are not there are left out. */
async function showBibs(
  db: Queryable,
  zone: Zone,
  mmsIds: readonly string[],
  view: View,
): Promise<ShownBib[]> {
  const pages = await findBibPages(db, zone, mmsIds)
  const origins = await findBibOrigins(db, zone.zoneId, mmsIds)
  const zones = await listZones(db)
  const shown: ShownBib[] = []
  for (const page of pages) {
    const { linkedMmsId } = page
    const linkedTo =
      linkedMmsId === null ? null : (zones.find(({ suffix }) => linkedMmsId.endsWith(suffix)) ?? null)
    shown.push({
      page,
      origin: origins.find(({ mmsId }) => mmsId === page.mmsId),
      linkedTo,
      record: await recordOf(db, zone, page, linkedTo, view),
      warnings: [],
    })
  }
  return shown
}

async function recordOf(
  db: Queryable,
  zone: Zone,
  page: BibPage,
  linkedTo: Zone | null,
  view: View,
): Promise<MarcRecord | null> {
  const { mmsId, version, linkedMmsId, record } = page
  if (view === 'brief') return null
  if (view === 'local_fields') {
    if (linkedMmsId !== null) {
      const stored = await findBibVersion(db, zone.zoneId, mmsId, version)
      return stored && unpack(stored.record)
    }
    const protect = await protectedFields(db, zone)
    return { ...record, fields: record.fields.filter((field) => localProtection(field, protect) !== null) }
  }
  return linkedTo === null || linkedMmsId === null
    ? record
    : insertField(record, linkNumber(linkedTo, linkedMmsId))
}

/** The address of the API as the client knows it. */
export const rootOf = ({ protocol, host }: { readonly protocol: string; readonly host: string }): string =>
  `${protocol}://${host}/almaws/v1`
