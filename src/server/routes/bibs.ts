import { findBibPages, listBibVersions } from '../../catalog/bib-page.ts'
import { findSuccessor } from '../../catalog/find-successor.ts'
import { type HeldLock, findLock, lockBib, releaseBib } from '../../catalog/lock.ts'
import { getZone, type Zone } from '../../catalog/zone.ts'
import { displayTitle } from '../../rules/display-title.ts'
import {
  Bib,
  BibParams,
  BibQuery,
  BibVersionPage,
  BibVersionQuery,
  type Lock,
  Released,
  TakenLock,
} from '../api/bib.ts'
import { ApiError } from '../api/error.ts'
import { bytesOf } from '../api/shape.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { attachment } from '../headers.ts'
import { encodeAs } from '../marc-file.ts'
import { notFound, Refusal } from '../refusal.ts'

export function bibRoutes(app: App, { db, person }: ServerContext): void {
  const noSuchBib = async (zone: Zone, mmsId: string): Promise<never> => {
    const successor = await findSuccessor(db, zone, mmsId)
    const combined = successor === null ? '' : ` It was combined into ${successor}.`
    return notFound(
      `There is no bib ${mmsId} in ${zone.name} (${zone.code}).${combined}`,
      successor === null ? 'It may have been deleted: its versions tell.' : `Look at ${successor}.`,
    )
  }

  const lockOf = ({ holder, since, seenAt, until }: HeldLock): Lock => ({
    holder,
    since,
    seenAt,
    until,
    yours: holder === person,
  })

  app.get(
    '/api/zones/:zone/bibs/:mmsId',
    {
      schema: {
        tags: ['catalogue'],
        summary: 'A bib, or with `format` its record as a file',
        params: BibParams,
        querystring: BibQuery,
        response: {
          200: {
            description: 'The bib; a file where `format` asks for one.',
            content: {
              'application/json': { schema: Bib },
              ...bytesOf(
                'application/marc',
                'application/marcxml+xml',
                'application/marc-in-json',
                'text/plain',
              ).content,
            },
          },
          '4xx': ApiError,
        },
      },
    },
    async ({ params, query: { format } }, reply) => {
      const zone = await getZone(db, params.zone)
      const [found] = await findBibPages(db, zone, [params.mmsId])
      if (found === undefined) return await noSuchBib(zone, params.mmsId)
      if (format !== undefined) {
        const file = encodeAs(format, found.record)
        return reply
          .type(file.contentType)
          .header('content-disposition', attachment(`${found.mmsId}.${format}`))
          .send(file.bytes)
      }
      const lock = await findLock(db, zone.zoneId, found.mmsId)
      return {
        ...found,
        zone: zone.code,
        title: displayTitle(found.record),
        lock: lock === undefined ? null : lockOf(lock),
      }
    },
  )

  app.get(
    '/api/zones/:zone/bibs/:mmsId/versions',
    {
      schema: {
        tags: ['catalogue'],
        summary: 'What the bib has been, newest first, of a deleted one too',
        params: BibParams,
        querystring: BibVersionQuery,
        response: { 200: BibVersionPage, '4xx': ApiError },
      },
    },
    async ({ params, query: { after, limit = 20 } }) => {
      const zone = await getZone(db, params.zone)
      const [below] = after === undefined ? [] : readCursor(after, ['number'])
      const versions = await listBibVersions(db, zone, params.mmsId, {
        limit: limit + 1,
        ...(below === undefined ? {} : { below }),
      })
      if (versions.length === 0 && after === undefined) {
        return notFound(`There is and was no bib ${params.mmsId} in ${zone.name} (${zone.code}).`)
      }
      const rows = versions.slice(0, limit)
      const last = rows.at(-1)
      return {
        rows,
        next: versions.length > limit && last !== undefined ? writeCursor([last.version]) : null,
      }
    },
  )

  app.post(
    '/api/zones/:zone/bibs/:mmsId/lock',
    {
      schema: {
        tags: ['catalogue'],
        summary: 'Locks the bib for an hour after the last sign of life, or gives one',
        params: BibParams,
        response: { 200: TakenLock, '4xx': ApiError },
      },
    },
    async ({ params }) => {
      const zone = await getZone(db, params.zone)
      const result = await lockBib(db, zone.zoneId, params.mmsId, person, zone.zoneId)
      if (result.ok) return { token: result.lock.token, until: result.lock.until }
      if (result.why === 'not-found') return await noSuchBib(zone, params.mmsId)
      const { holder, since, until } = result.lock
      throw new Refusal(409, 'LOCKED', `${holder} has had the bib open since ${since}.`, {
        remedy: `Ask ${holder} to release it; otherwise it ends at ${until}.`,
      })
    },
  )

  app.delete(
    '/api/zones/:zone/bibs/:mmsId/lock',
    {
      schema: {
        tags: ['catalogue'],
        summary: 'Releases the lock, whoever holds it',
        params: BibParams,
        response: { 200: Released, '4xx': ApiError },
      },
    },
    async ({ params }) => {
      const zone = await getZone(db, params.zone)
      return { released: await releaseBib(db, zone.zoneId, params.mmsId) }
    },
  )
}
