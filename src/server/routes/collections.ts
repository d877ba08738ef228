import { getZone } from '../../catalog/zone.ts'
import { loadCollection } from '../../import/load-collection.ts'
import { activatePortfolios } from '../../inventory/activate.ts'
import {
  addCollection,
  getCollection,
  listCollections,
  listOffered,
  listSourceChanges,
} from '../../inventory/electronic-collection.ts'
import {
  ActivatedList,
  Collection,
  CollectionParams,
  Collections,
  CollectionToAdd,
  LoadQuery,
  LoadReport,
  OfferedPage,
  OfferedQuery,
  SourceChanges,
  SourceChangesQuery,
  ToActivate,
} from '../api/collection.ts'
import { ApiError } from '../api/error.ts'
import { ZoneParams } from '../api/zone.ts'
import { byOf } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { takeTitleLists, titleListBody } from '../title-list-body.ts'
import { bodyUnchecked } from '../draft-profile.ts'

const edits = { config: { access: { may: 'inventory.electronic.edit', in: 'zone' } } } as const

/** Electronic collections, the title lists that are loaded into them, and what institutions activate of them. */
export async function collectionRoutes(app: App, { db }: ServerContext): Promise<void> {
  app.get(
    '/api/zones/:zone/collections',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['inventory'],
        summary: 'The electronic collections of a zone and of the community zone',
        params: ZoneParams,
        response: { 200: Collections, '4xx': ApiError },
      },
    },
    async ({ params }) => listCollections(db, await getZone(db, params.zone)),
  )

  app.post(
    '/api/zones/:zone/collections',
    {
      ...edits,
      schema: {
        tags: ['inventory'],
        summary: 'Adds an electronic collection with a service, Full text',
        params: ZoneParams,
        body: CollectionToAdd,
        response: { 200: Collection, '4xx': ApiError },
      },
    },
    async (request) => {
      const { params, body } = request
      const zone = await getZone(db, params.zone)
      return await db.transaction(async (tx) => {
        const { name, provider = null } = body
        const id = await addCollection(tx, zone, { name, provider }, byOf(request))
        return await getCollection(tx, zone, id)
      })
    },
  )

  app.get(
    '/api/zones/:zone/collections/:id',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['inventory'],
        summary: 'An electronic collection',
        params: CollectionParams,
        response: { 200: Collection, '4xx': ApiError },
      },
    },
    async ({ params }) => getCollection(db, await getZone(db, params.zone), params.id),
  )

  app.get(
    '/api/zones/:zone/collections/:id/portfolios',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['inventory'],
        summary: 'The portfolios of a collection, with what the zone has activated of them',
        params: CollectionParams,
        querystring: OfferedQuery,
        response: { 200: OfferedPage, '4xx': ApiError },
      },
    },
    async ({ params, query: { after = null, limit = 100 } }) => {
      const zone = await getZone(db, params.zone)
      const collection = await getCollection(db, zone, params.id)
      const rows = await listOffered(db, zone, collection, { after, limit })
      return { rows, next: rows.length < limit ? null : (rows.at(-1)?.portfolioId ?? null) }
    },
  )

  app.post(
    '/api/zones/:zone/activations',
    {
      ...edits,
      schema: {
        tags: ['inventory'],
        summary:
          'Activates portfolios of the community zone, on linked bibs that are made where there are none',
        params: ZoneParams,
        body: ToActivate,
        response: { 200: ActivatedList, '4xx': ApiError },
      },
    },
    async (request) => {
      const { params, body } = request
      const zone = await getZone(db, params.zone)
      return await db.transaction((tx) => activatePortfolios(tx, zone, body.portfolios, byOf(request)))
    },
  )

  app.get(
    '/api/zones/:zone/activations/changes',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['inventory'],
        summary: 'Activated portfolios that title lists have changed or withdrawn, the last first',
        params: ZoneParams,
        querystring: SourceChangesQuery,
        response: { 200: SourceChanges, '4xx': ApiError },
      },
    },
    async ({ params, query }) => listSourceChanges(db, await getZone(db, params.zone), query.limit ?? 200),
  )

  await app.register(async (scope: App) => {
    takeTitleLists(scope)
    scope.post(
      '/api/zones/:zone/collections/:id/titles',
      {
        ...edits,
        schema: {
          tags: ['inventory'],
          summary: 'Loads a title list (KBART) into a collection; withdraws what it has no more',
          params: CollectionParams,
          querystring: LoadQuery,
          ...titleListBody,
          response: { 200: LoadReport, '4xx': ApiError },
        },
        validatorCompiler: bodyUnchecked,
        bodyLimit: mostBytes,
      },
      async (request) => {
        const { params, query, body } = request
        const { service, fileName = 'title list', dryRun = false, withdrawMost = false } = query
        return loadCollection(db, await getZone(db, params.zone), params.id, {
          ...(service === undefined ? {} : { serviceId: service }),
          fileName,
          file: [body ?? new Uint8Array()],
          by: byOf(request),
          isDryRun: dryRun,
          mayWithdrawMost: withdrawMost,
        })
      },
    )
  })
}

/** Of a title list that is sent; larger ones are loaded by the command line. */
const mostBytes = 64 * 1024 * 1024
