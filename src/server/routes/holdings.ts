import { getZone } from '../../catalog/zone.ts'
import { takeFromBib } from '../../import/settle-bib.ts'
import {
  addHoldings,
  type HoldingsToAdd as ToAdd,
  removeHoldings,
  takeCallNumber,
  updateHoldings,
} from '../../inventory/change-holdings.ts'
import { getHoldings, listHoldings } from '../../inventory/holdings.ts'
import { relinkInventory } from '../../inventory/move.ts'
import { byPerson } from '../../inventory/revision.ts'
import { BibParams } from '../api/bib.ts'
import { ApiError } from '../api/error.ts'
import {
  AddedHoldings,
  Holdings,
  HoldingsChange,
  HoldingsList,
  HoldingsParams,
  HoldingsToAdd,
  Relink,
  Relinked,
  Removal,
  Removed,
  Seen,
} from '../api/inventory.ts'
import { byOf } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { emptying } from '../emptying.ts'
import { Refusal } from '../refusal.ts'

const edits = { config: { access: { may: 'inventory.physical.edit', in: 'zone' } } } as const

/** What libraries have of bibs, and where. */
export function holdingsRoutes(app: App, { db }: ServerContext): void {
  app.get(
    '/api/zones/:zone/bibs/:mmsId/holdings',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['inventory'],
        summary: 'The holdings of a bib',
        params: BibParams,
        response: { 200: HoldingsList, '4xx': ApiError },
      },
    },
    async ({ params }) => listHoldings(db, await getZone(db, params.zone), params.mmsId),
  )

  app.post(
    '/api/zones/:zone/bibs/:mmsId/holdings',
    {
      ...edits,
      schema: {
        tags: ['inventory'],
        summary: 'Adds holdings to a bib; of a network or community bib, to the institution’s linked one',
        params: BibParams,
        body: HoldingsToAdd,
        response: { 200: AddedHoldings, '4xx': ApiError },
      },
    },
    async (request) => {
      const { params, body } = request
      const zone = await getZone(db, params.zone)
      return await db.transaction(async (tx) => {
        const by = byPerson(byOf(request))
        const { holdingsId, bib } = await addHoldings(tx, zone, params.mmsId, toAddOf(body), by)
        return {
          holdings: await getHoldings(tx, zone, holdingsId),
          mmsId: bib.mmsId,
          isNewBib: bib.isNew,
        }
      })
    },
  )

  app.get(
    '/api/zones/:zone/holdings/:id',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['inventory'],
        summary: 'Holdings, with their record',
        params: HoldingsParams,
        response: { 200: Holdings, '4xx': ApiError },
      },
    },
    async ({ params }) => getHoldings(db, await getZone(db, params.zone), params.id),
  )

  app.put(
    '/api/zones/:zone/holdings/:id',
    {
      ...edits,
      schema: {
        tags: ['inventory'],
        summary: 'Gives holdings another record; 001, 004 and 005 stay ours',
        params: HoldingsParams,
        body: HoldingsChange,
        response: { 200: Holdings, '4xx': ApiError },
      },
    },
    async (request) => {
      const { params, body } = request
      const zone = await getZone(db, params.zone)
      return await db.transaction(async (tx) => {
        await updateHoldings(tx, zone, params.id, body.version, body, byPerson(byOf(request)))
        return await getHoldings(tx, zone, params.id)
      })
    },
  )

  app.post(
    '/api/zones/:zone/holdings/:id/call-number',
    {
      ...edits,
      schema: {
        tags: ['inventory'],
        summary: 'Update from bibliographic: the holdings take the call number of their bib',
        params: HoldingsParams,
        body: Seen,
        response: { 200: Holdings, '4xx': ApiError },
      },
    },
    async (request) => {
      const { params, body } = request
      const zone = await getZone(db, params.zone)
      return await db.transaction(async (tx) => {
        await takeCallNumber(tx, zone, params.id, body.version, byPerson(byOf(request)))
        return await getHoldings(tx, zone, params.id)
      })
    },
  )

  app.put(
    '/api/zones/:zone/holdings/:id/bib',
    {
      ...edits,
      schema: {
        tags: ['inventory'],
        summary: 'Brings holdings and their items to another bib',
        params: HoldingsParams,
        body: Relink,
        response: { 200: Relinked, '4xx': ApiError },
      },
    },
    async (request) => {
      const {
        params: { zone: code, id },
        body: { version, mmsId, bib: asked },
      } = request
      const zone = await getZone(db, code)
      const { mmsId: from } = await getHoldings(db, zone, id)
      const settling = emptying(request, zone, asked)
      const { taken, left, became } = await takeFromBib(db, zone, from, settling, (tx) =>
        relinkInventory(tx, zone, 'holdings', id, version, mmsId, byPerson(settling.by)),
      )
      const { bib } = taken
      return { mmsId: bib.mmsId, isNewBib: bib.isNew, left, became }
    },
  )

  app.delete(
    '/api/zones/:zone/holdings/:id',
    {
      ...edits,
      schema: {
        tags: ['inventory'],
        summary: 'Deletes holdings that have no items, and says what is left on the bib',
        params: HoldingsParams,
        querystring: Removal,
        response: { 200: Removed, '4xx': ApiError },
      },
    },
    async (request) => {
      const {
        params: { zone: code, id },
        query: { version, bib },
      } = request
      const zone = await getZone(db, code)
      const { mmsId } = await getHoldings(db, zone, id)
      const settling = emptying(request, zone, bib)
      const { left, became } = await takeFromBib(db, zone, mmsId, settling, (tx) =>
        removeHoldings(tx, zone, id, version, byPerson(settling.by)),
      )
      return { left, became }
    },
  )
}

/** @throws {Refusal} where it is said neither by a record nor by a place what the holdings are */
function toAddOf({
  record,
  library,
  location,
  callNumberType,
  suppressed,
}: {
  readonly record?: Extract<ToAdd, { record: unknown }>['record']
  readonly library?: string
  readonly location?: string
  readonly callNumberType?: Exclude<ToAdd, { record: unknown }>['callNumberType']
  readonly suppressed?: boolean
}): ToAdd {
  const tags = suppressed === undefined ? {} : { suppressed }
  if (record !== undefined && library === undefined && location === undefined) return { record, ...tags }
  if (record === undefined && library !== undefined && location !== undefined)
    return { library, location, ...(callNumberType === undefined ? {} : { callNumberType }), ...tags }
  throw new Refusal(
    422,
    'HOLDINGS_UNSAID',
    'The holdings are given by a record or by library and location, and not by both or by half.',
    { remedy: 'Send record, or library and location.' },
  )
}
