import { findBibPages } from '../../catalog/bib-page.ts'
import { getZone } from '../../catalog/zone.ts'
import { previewShare } from '../../import/share-preview.ts'
import { shareBib, undoShare } from '../../import/share-one.ts'
import { findImpact } from '../../inventory/impact.ts'
import { actorOfRequest, byOf } from '../access.ts'
import { BibParams } from '../api/bib.ts'
import { ApiError } from '../api/error.ts'
import { Impact, Shared, ShareOrder, SharePreview, ShareQuery, Unshared } from '../api/share.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { holdToZone } from '../hold-to.ts'
import { notFound } from '../refusal.ts'

/** What an institution gives to its network, and whom changes there reach. */
export function shareNetworkRoutes(app: App, { db, dataDir }: ServerContext): void {
  app.get(
    '/api/zones/:zone/bibs/:mmsId/impact',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['catalogue'],
        summary: 'Whom a change of the bib would reach: the institutions that are linked to it',
        params: BibParams,
        response: { 200: Impact, '4xx': ApiError },
      },
    },
    async ({ params }) => {
      const zone = await getZone(db, params.zone)
      const impact = await findImpact(db, zone, params.mmsId)
      return impact ?? notFound(`There is no bib ${params.mmsId} in ${zone.name} (${zone.code}).`)
    },
  )

  app.get(
    '/api/zones/:zone/bibs/:mmsId/share',
    {
      config: { access: { may: 'bib.contribute', in: 'zone' } },
      schema: {
        tags: ['catalogue'],
        summary:
          'Every way to share the bib with the network, with what each would make of both; nothing is written',
        description:
          'With `with` that bib of the network is taken as the match, in place of what matching finds.',
        params: BibParams,
        querystring: ShareQuery,
        response: { 200: SharePreview, '4xx': ApiError },
      },
    },
    async (request) => {
      const { params, query } = request
      const zone = await getZone(db, params.zone)
      return previewShare(db, zone, { mmsId: params.mmsId, by: byOf(request), ...query })
    },
  )

  app.post(
    '/api/zones/:zone/bibs/:mmsId/share',
    {
      config: { access: { may: 'bib.contribute', in: 'zone' } },
      schema: {
        tags: ['catalogue'],
        summary: 'Shares the bib with the network in one of the ways that the preview showed',
        description:
          'It takes the permission in the network too. Where either bib has changed since the preview, it is refused and nothing is done.',
        params: BibParams,
        body: ShareOrder,
        response: { 200: Shared, '4xx': ApiError },
      },
    },
    async (request) => {
      const { params, body } = request
      const shared = await shareBib(db, dataDir, {
        ...params,
        as: body.as,
        into: body.into ?? null,
        preview: body.preview,
        by: byOf(request),
        holdTo: (network) => holdToZone(actorOfRequest(request), 'bib.contribute', network),
      })
      const zone = await getZone(db, params.zone)
      const [bib] = await findBibPages(db, zone, [params.mmsId])
      if (!bib) return notFound(`Bib ${params.mmsId} of ${zone.name} (${zone.code}) is not there any more.`)
      return { ...shared, suppressed: bib.suppressed, publishToOclc: bib.publishToOclc }
    },
  )

  app.post(
    '/api/zones/:zone/bibs/:mmsId/share/undo',
    {
      config: { access: { may: 'bib.contribute', in: 'zone' } },
      schema: {
        tags: ['catalogue'],
        summary:
          'Takes back the last share of the bib: both bibs are what they were, but for what others have changed since',
        description: 'It takes the permission in the network too.',
        params: BibParams,
        response: { 200: Unshared, '4xx': ApiError },
      },
    },
    async (request) => {
      const { params } = request
      const zone = await getZone(db, params.zone)
      return undoShare(db, dataDir, zone, params.mmsId, {
        by: byOf(request),
        holdTo: (network) => holdToZone(actorOfRequest(request), 'bib.contribute', network),
      })
    },
  )
}
