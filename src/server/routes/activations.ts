import { getZone } from '../../catalog/zone.ts'
import { activatePortfolios } from '../../inventory/activate.ts'
import { deactivatePortfolios } from '../../inventory/deactivate.ts'
import { type Chosen, findOpen, planActivation, planDeactivation } from '../../inventory/plan-activation.ts'
import { acknowledgeChanges, listSourceChanges } from '../../inventory/source-change.ts'
import {
  Acknowledged,
  ActivatedList,
  ActivationPlan,
  ChosenPortfolios,
  DeactivatedList,
  DeactivationPlan,
  SeenChanges,
  SourceChanges,
  SourceChangesQuery,
  ToActivate,
} from '../api/activation.ts'
import { ApiError } from '../api/error.ts'
import { ZoneParams } from '../api/zone.ts'
import { byOf } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { Refusal } from '../refusal.ts'

const edits = { config: { access: { may: 'inventory.electronic.edit', in: 'zone' } } } as const

/** Portfolios of a collection that one request takes; who asks for all of it asks again, until nothing is answered. */
const batchSize = 200

/** What institutions activate of the community zone, and what title lists change of it. */
export function activationRoutes(app: App, { db }: ServerContext): void {
  app.post(
    '/api/zones/:zone/activations',
    {
      ...edits,
      schema: {
        tags: ['inventory'],
        summary:
          'Activates portfolios of the community zone, on linked bibs that are made where there are none; of a collection the next 200',
        params: ZoneParams,
        body: ToActivate,
        response: { 200: ActivatedList, '4xx': ApiError },
      },
    },
    async (request) => {
      const { params, body } = request
      const zone = await getZone(db, params.zone)
      const { portfolioIds, collectionId } = chosenOf(body)
      return await db.transaction(async (tx) => {
        const ids = portfolioIds ?? (await findOpen(tx, zone, collectionId, batchSize))
        return await activatePortfolios(tx, zone, ids, { by: byOf(request), onto: body.onto })
      })
    },
  )

  app.post(
    '/api/zones/:zone/activations/plan',
    {
      ...edits,
      schema: {
        tags: ['inventory'],
        summary: 'What it would come to that portfolios are activated; nothing is written',
        params: ZoneParams,
        body: ChosenPortfolios,
        response: { 200: ActivationPlan, '4xx': ApiError },
      },
    },
    async ({ params, body }) => planActivation(db, await getZone(db, params.zone), chosenOf(body)),
  )

  app.post(
    '/api/zones/:zone/deactivations',
    {
      ...edits,
      schema: {
        tags: ['inventory'],
        summary: 'Deletes what the zone has activated of portfolios; of a collection the next 200',
        params: ZoneParams,
        body: ChosenPortfolios,
        response: { 200: DeactivatedList, '4xx': ApiError },
      },
    },
    async (request) => {
      const { params, body } = request
      const zone = await getZone(db, params.zone)
      const chosen = chosenOf(body)
      const limit = chosen.portfolioIds?.length ?? batchSize
      return await db.transaction((tx) =>
        deactivatePortfolios(tx, zone, chosen, { by: byOf(request), limit }),
      )
    },
  )

  app.post(
    '/api/zones/:zone/deactivations/plan',
    {
      ...edits,
      schema: {
        tags: ['inventory'],
        summary: 'What it would come to that portfolios are deactivated; nothing is written',
        params: ZoneParams,
        body: ChosenPortfolios,
        response: { 200: DeactivationPlan, '4xx': ApiError },
      },
    },
    async ({ params, body }) => planDeactivation(db, await getZone(db, params.zone), chosenOf(body)),
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
    async ({ params, query: { limit = 200, unseen = false, collection = null } }) =>
      listSourceChanges(db, await getZone(db, params.zone), {
        isUnseenOnly: unseen,
        collectionId: collection,
        limit,
      }),
  )

  app.post(
    '/api/zones/:zone/activations/changes/seen',
    {
      ...edits,
      schema: {
        tags: ['inventory'],
        summary: 'Notes that what title lists have changed was seen',
        params: ZoneParams,
        body: SeenChanges,
        response: { 200: Acknowledged, '4xx': ApiError },
      },
    },
    async (request) => {
      const { params, body } = request
      const zone = await getZone(db, params.zone)
      return await db.transaction(async (tx) => ({
        acknowledged: await acknowledgeChanges(tx, zone, body.changes, byOf(request)),
      }))
    },
  )
}

/** @throws {Refusal} where nothing is chosen, or both ways at once */
function chosenOf({ portfolios, collection }: ChosenPortfolios): Chosen {
  if (portfolios !== undefined && collection === undefined) return { portfolioIds: portfolios }
  if (portfolios === undefined && collection !== undefined) return { collectionId: collection }
  throw new Refusal(
    422,
    'NOTHING_CHOSEN',
    'Say either which portfolios are meant, or of which collection all.',
    {
      remedy: 'Send portfolios, or collection, and not both.',
    },
  )
}
