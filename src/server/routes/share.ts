import { copyBib, linkBib, type NotShared, unlinkBib } from '../../catalog/share-bib.ts'
import { findOwnBibs } from '../../catalog/own-bibs.ts'
import { getZone } from '../../catalog/zone.ts'
import { findBriefLevels } from '../../import/brief-rule.ts'
import { BibParams, SharedBib, SharedFrom, UnlinkedBib } from '../api/bib.ts'
import { ApiError } from '../api/error.ts'
import { OwnBibs, OwnBibsQuery } from '../api/search.ts'
import { ZoneParams } from '../api/zone.ts'
import { byOf } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { notFound, Refusal } from '../refusal.ts'

/** What an institution takes of its network and of the community zone. */
export function shareRoutes(app: App, { db }: ServerContext): void {
  app.get(
    '/api/zones/:zone/own-bibs',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['catalogue'],
        summary: 'What the institution has of a bib of its network or of the community zone',
        params: ZoneParams,
        querystring: OwnBibsQuery,
        response: { 200: OwnBibs, '4xx': ApiError },
      },
    },
    async ({ params, query: { of } }) => {
      const rows = await findOwnBibs(db, await getZone(db, params.zone), of)
      return { rows: rows ?? notFound(`There is no bib ${of}.`) }
    },
  )

  app.post(
    '/api/zones/:zone/linked-bibs',
    {
      config: { access: { may: 'bib.share', in: 'zone' } },
      schema: {
        tags: ['catalogue'],
        summary: 'Links the institution to a bib of its network or of the community zone',
        params: ZoneParams,
        body: SharedFrom,
        response: { 200: SharedBib, '4xx': ApiError },
      },
    },
    async (request) => {
      const {
        params,
        body: { of },
      } = request
      return sharedOf(orRefuse(await linkBib(db, await getZone(db, params.zone), of, byOf(request))))
    },
  )

  app.post(
    '/api/zones/:zone/copied-bibs',
    {
      config: { access: { may: 'bib.share', in: 'zone' } },
      schema: {
        tags: ['catalogue'],
        summary: 'Copies a bib of the network or of the community zone into the institution',
        params: ZoneParams,
        body: SharedFrom,
        response: { 200: SharedBib, '4xx': ApiError },
      },
    },
    async (request) => {
      const {
        params,
        body: { of },
      } = request
      const zone = await getZone(db, params.zone)
      const maker = { by: byOf(request), levels: await findBriefLevels(db, zone) }
      return sharedOf(orRefuse(await copyBib(db, zone, of, maker)))
    },
  )

  app.delete(
    '/api/zones/:zone/bibs/:mmsId/link',
    {
      config: { access: { may: 'bib.share', in: 'zone' } },
      schema: {
        tags: ['catalogue'],
        summary: 'Makes a linked bib the institution’s own',
        params: BibParams,
        response: { 200: UnlinkedBib, '4xx': ApiError },
      },
    },
    async (request) => {
      const { params } = request
      const zone = await getZone(db, params.zone)
      const maker = { by: byOf(request), levels: await findBriefLevels(db, zone) }
      const { mmsId, unlinkedFrom, suppressed, publishToOclc } = orRefuse(
        await unlinkBib(db, zone, params.mmsId, maker),
      )
      return { mmsId, unlinkedFrom, suppressed, publishToOclc }
    },
  )
}

const sharedOf = ({ mmsId, isNew, alike, suppressed, publishToOclc, theirs }: SharedBib) => ({
  mmsId,
  isNew,
  alike,
  suppressed,
  publishToOclc,
  theirs,
})

const statuses: Readonly<Record<NotShared['code'], 404 | 409 | 422>> = {
  NO_SUCH_BIB: 404,
  NOT_AN_INSTITUTION: 422,
  NOT_SHARED_WITH_ZONE: 422,
  ALREADY_THERE: 409,
  NOT_LINKED: 409,
  LOCKED: 409,
}

/** @throws {Refusal} in the words of the refusal */
function orRefuse<Done extends { readonly ok: true }>(result: Done | NotShared): Done {
  if (result.ok) return result
  const { code, message, remedy } = result
  throw new Refusal(statuses[code], code, message, { remedy })
}
