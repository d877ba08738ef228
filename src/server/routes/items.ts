import { getZone } from '../../catalog/zone.ts'
import { takeFromBib } from '../../import/settle-bib.ts'
import { addItem, addItemAt, removeItemWith, updateItem } from '../../inventory/change-item.ts'
import { getHoldings } from '../../inventory/holdings.ts'
import { emptyItem, findItemByBarcode, getItem, type ItemContent, listItems } from '../../inventory/item.ts'
import { byPerson } from '../../inventory/revision.ts'
import { BibParams } from '../api/bib.ts'
import { ApiError } from '../api/error.ts'
import {
  AddedItem,
  BarcodeQuery,
  HoldingsParams,
  Item,
  ItemChange,
  ItemPage,
  ItemPageQuery,
  ItemParams,
  ItemRemoval,
  ItemToAdd,
  ItemToAddAt,
  Removed,
} from '../api/inventory.ts'
import { ZoneParams } from '../api/zone.ts'
import { byOf } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { emptying } from '../emptying.ts'
import { notFound } from '../refusal.ts'
import { withoutBlanks } from '../without-blanks.ts'

const edits = { config: { access: { may: 'inventory.physical.edit', in: 'zone' } } } as const

/** The pieces of physical holdings. */
export function itemRoutes(app: App, { db }: ServerContext): void {
  app.get(
    '/api/zones/:zone/holdings/:id/items',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['inventory'],
        summary: 'The items of holdings',
        params: HoldingsParams,
        querystring: ItemPageQuery,
        response: { 200: ItemPage, '4xx': ApiError },
      },
    },
    async ({ params, query: { after, limit = 50 } }) => {
      const zone = await getZone(db, params.zone)
      await getHoldings(db, zone, params.id)
      const more = after === undefined ? {} : { after }
      const items = await listItems(db, zone, params.id, { limit: limit + 1, ...more })
      const rows = items.slice(0, limit)
      return { rows, next: items.length > limit ? (rows.at(-1)?.itemId ?? null) : null }
    },
  )

  app.post(
    '/api/zones/:zone/holdings/:id/items',
    {
      ...edits,
      schema: {
        tags: ['inventory'],
        summary: 'Adds an item to holdings',
        params: HoldingsParams,
        body: ItemToAdd,
        response: { 200: AddedItem, '4xx': ApiError },
      },
    },
    async (request) => {
      const { params, body } = request
      const zone = await getZone(db, params.zone)
      return await db.transaction(async (tx) => {
        const by = byPerson(byOf(request))
        const { itemId, bib } = await addItem(tx, zone, params.id, contentOf(body), by)
        return { item: await getItem(tx, zone, itemId), mmsId: bib.mmsId, isNewBib: bib.isNew }
      })
    },
  )

  app.post(
    '/api/zones/:zone/bibs/:mmsId/items',
    {
      ...edits,
      schema: {
        tags: ['inventory'],
        summary: 'Adds an item to a bib at a library and location, with holdings where there are none',
        params: BibParams,
        body: ItemToAddAt,
        response: { 200: AddedItem, '4xx': ApiError },
      },
    },
    async (request) => {
      const {
        params,
        body: { library, location, item },
      } = request
      const zone = await getZone(db, params.zone)
      return await db.transaction(async (tx) => {
        const by = byPerson(byOf(request))
        const place = { library, location }
        const { itemId, bib } = await addItemAt(tx, zone, params.mmsId, place, contentOf(item), by)
        return { item: await getItem(tx, zone, itemId), mmsId: bib.mmsId, isNewBib: bib.isNew }
      })
    },
  )

  app.get(
    '/api/zones/:zone/items',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['inventory'],
        summary: 'The item with a barcode',
        params: ZoneParams,
        querystring: BarcodeQuery,
        response: { 200: Item, '4xx': ApiError },
      },
    },
    async ({ params, query: { barcode } }) => {
      const zone = await getZone(db, params.zone)
      const item = await findItemByBarcode(db, zone, barcode.trim())
      return item ?? notFound(`No item of ${zone.name} (${zone.code}) has the barcode ${barcode}.`)
    },
  )

  app.get(
    '/api/zones/:zone/items/:id',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['inventory'],
        summary: 'An item',
        params: ItemParams,
        response: { 200: Item, '4xx': ApiError },
      },
    },
    async ({ params }) => getItem(db, await getZone(db, params.zone), params.id),
  )

  app.put(
    '/api/zones/:zone/items/:id',
    {
      ...edits,
      schema: {
        tags: ['inventory'],
        summary: 'Gives an item other content; what is left out is empty',
        params: ItemParams,
        body: ItemChange,
        response: { 200: Item, '4xx': ApiError },
      },
    },
    async (request) => {
      const {
        params,
        body: { version, item },
      } = request
      const zone = await getZone(db, params.zone)
      return await db.transaction(async (tx) => {
        await updateItem(tx, zone, params.id, version, contentOf(item), byPerson(byOf(request)))
        return await getItem(tx, zone, params.id)
      })
    },
  )

  app.delete(
    '/api/zones/:zone/items/:id',
    {
      ...edits,
      schema: {
        tags: ['inventory'],
        summary: 'Deletes an item, and does what is asked with holdings and bib that are left without',
        params: ItemParams,
        querystring: ItemRemoval,
        response: { 200: Removed, '4xx': ApiError },
      },
    },
    async (request) => {
      const {
        params: { zone: code, id },
        query: { version, holdings = 'keep', bib },
      } = request
      const zone = await getZone(db, code)
      const item = await getItem(db, zone, id)
      const asked = emptying(request, zone, bib)
      // The bib is asked about where its holdings go with their last item.
      const settling = holdings === 'delete' ? asked : { ...asked, empty: 'keep' as const }
      const { left, became } = await takeFromBib(db, zone, item.mmsId, settling, (tx) =>
        removeItemWith(tx, zone, item, version, holdings, byPerson(settling.by)),
      )
      return { left, became }
    },
  )
}

const contentOf = (item: ItemToAdd): ItemContent => ({ ...emptyItem, ...withoutBlanks(item) })
