import { getZone } from '../../catalog/zone.ts'
import { getLoad, listLoads } from '../../import/collection-load.ts'
import { loadCollection } from '../../import/load-collection.ts'
import { addCollection, getCollection, listCollections } from '../../inventory/electronic-collection.ts'
import { listOffered } from '../../inventory/offered-portfolio.ts'
import {
  Collection,
  CollectionParams,
  Collections,
  CollectionToAdd,
  KeptLoad,
  LoadParams,
  LoadQuery,
  LoadReport,
  Loads,
  OfferedPage,
  OfferedQuery,
} from '../api/collection.ts'
import { ApiError } from '../api/error.ts'
import { ZoneParams } from '../api/zone.ts'
import { byOf } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { takeCollectionFiles, collectionFileBody } from '../collection-file-body.ts'
import { bodyUnchecked } from '../draft-profile.ts'

const edits = { config: { access: { may: 'inventory.electronic.edit', in: 'zone' } } } as const

/** Electronic collections, and the files that are loaded into them. */
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
    async ({ params, query: { after = null, limit = 100, q, state } }) => {
      const zone = await getZone(db, params.zone)
      const collection = await getCollection(db, zone, params.id)
      const rows = await listOffered(db, zone, collection, { after, limit, q, state })
      return { rows, next: rows.length < limit ? null : (rows.at(-1)?.portfolioId ?? null) }
    },
  )

  app.get(
    '/api/zones/:zone/collections/:id/loads',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['inventory'],
        summary: 'The last 100 files that were loaded into a collection, the last first',
        params: CollectionParams,
        response: { 200: Loads, '4xx': ApiError },
      },
    },
    async ({ params }) =>
      listLoads(db, await getCollection(db, await getZone(db, params.zone), params.id), mostLoads),
  )

  app.get(
    '/api/zones/:zone/collections/:id/loads/:load',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['inventory'],
        summary: 'What a file that was loaded into a collection came to',
        params: LoadParams,
        response: { 200: KeptLoad, '4xx': ApiError },
      },
    },
    async ({ params }) =>
      getLoad(db, await getCollection(db, await getZone(db, params.zone), params.id), params.load),
  )

  await app.register(async (scope: App) => {
    takeCollectionFiles(scope)
    scope.post(
      '/api/zones/:zone/collections/:id/titles',
      {
        ...edits,
        schema: {
          tags: ['inventory'],
          summary:
            'Loads a title list (KBART) or MARC records into a collection; withdraws what is there no more',
          params: CollectionParams,
          querystring: LoadQuery,
          ...collectionFileBody,
          response: { 200: LoadReport, '4xx': ApiError },
        },
        validatorCompiler: bodyUnchecked,
        bodyLimit: mostBytes,
      },
      async (request) => {
        const { params, query, body } = request
        const { service, fileName = 'title list', dryRun = false, whole, withdrawMost = false } = query
        return loadCollection(db, await getZone(db, params.zone), params.id, {
          ...(service === undefined ? {} : { serviceId: service }),
          fileName,
          file: [body ?? new Uint8Array()],
          by: byOf(request),
          isDryRun: dryRun,
          isWhole: whole,
          mayWithdrawMost: withdrawMost,
        })
      },
    )
  })
}

/** Loads that are listed. */
const mostLoads = 100

/** Of a file that is sent; larger ones are loaded by the command line. */
const mostBytes = 64 * 1024 * 1024
