import { findBibPages, listBibVersions } from '../../catalog/bib-page.ts'
import { deletionWords, findDeletedBib } from '../../catalog/deleted-bib.ts'
import { findLock, lockBib, releaseBib } from '../../catalog/lock.ts'
import { getZone, type Zone } from '../../catalog/zone.ts'
import { may } from '../../people/permissions.ts'
import { displayTitle } from '../../rules/display-title.ts'
import {
  Bib,
  BibParams,
  BibQuery,
  BibVersionPage,
  BibVersionQuery,
  DeletedBib,
  Released,
  TakenLock,
} from '../api/bib.ts'
import { ApiError } from '../api/error.ts'
import { bytesOf } from '../api/shape.ts'
import { actorOfRequest, byOf } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { attachment } from '../headers.ts'
import { encodeAs } from '../marc-file.ts'
import { notFound, Refusal } from '../refusal.ts'
import { shownLock } from '../shown-lock.ts'

const notYours = (holder: string): Refusal =>
  new Refusal(403, 'NOT_ALLOWED', `The lock is ${holder}’s.`, {
    remedy: `Ask ${holder}, or a Catalog Administrator of the zone, to release it.`,
  })

export function bibRoutes(app: App, { db }: ServerContext): void {
  const noSuchBib = async (zone: Zone, mmsId: string): Promise<never> => {
    const deleted = await findDeletedBib(db, zone, mmsId)
    if (deleted === null)
      return notFound(
        `There is and was no bib ${mmsId} in ${zone.name} (${zone.code}).`,
        'Look at the number, or search for it.',
      )
    const { successor } = deleted
    const combined = successor === null ? '' : ` It was combined into ${successor.into}.`
    throw new Refusal(
      404,
      'BIB_DELETED',
      `Bib ${mmsId} of ${zone.name} (${zone.code}) ${deletionWords(deleted)}.${combined}`,
      {
        remedy:
          successor === null ? 'Its versions are there, and can be restored.' : `Look at ${successor.into}.`,
      },
    )
  }

  app.get(
    '/api/zones/:zone/bibs/:mmsId',
    {
      config: { access: 'catalogue' },
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
    async (request, reply) => {
      const {
        params,
        query: { format },
      } = request
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
        lock: lock === undefined ? null : shownLock(lock, byOf(request)),
      }
    },
  )

  app.get(
    '/api/zones/:zone/deleted-bibs/:mmsId',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['catalogue'],
        summary: 'A bib that was deleted: when, by whom, what it was, and where what it had went',
        params: BibParams,
        response: { 200: DeletedBib, '4xx': ApiError },
      },
    },
    async ({ params }) => {
      const zone = await getZone(db, params.zone)
      const deleted = await findDeletedBib(db, zone, params.mmsId)
      if (deleted === null)
        return notFound(`No bib ${params.mmsId} of ${zone.name} (${zone.code}) was deleted.`)
      const { version: _, ...shown } = deleted
      return { ...shown, zone: zone.code, title: displayTitle(deleted.record) }
    },
  )

  app.get(
    '/api/zones/:zone/bibs/:mmsId/versions',
    {
      config: { access: 'catalogue' },
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
      config: { access: { may: 'bib.lock', in: 'zone' } },
      schema: {
        tags: ['catalogue'],
        summary: 'Locks the bib for an hour after the last sign of life, or gives one',
        params: BibParams,
        response: { 200: TakenLock, '4xx': ApiError },
      },
    },
    async (request) => {
      const { params } = request
      const zone = await getZone(db, params.zone)
      const result = await lockBib(db, zone.zoneId, params.mmsId, byOf(request), zone.zoneId)
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
      config: { access: { may: 'bib.lock', in: 'zone' } },
      schema: {
        tags: ['catalogue'],
        summary: 'Releases one’s own lock; administrators release anybody’s',
        params: BibParams,
        response: { 200: Released, '4xx': ApiError },
      },
    },
    async (request) => {
      const { params } = request
      const zone = await getZone(db, params.zone)
      const own = may(actorOfRequest(request), 'bib.release', zone.code) ? undefined : byOf(request)
      const released = await releaseBib(db, zone.zoneId, params.mmsId, own)
      const lock = released ? undefined : await findLock(db, zone.zoneId, params.mmsId)
      if (lock !== undefined) throw notYours(lock.holder)
      return { released }
    },
  )
}
