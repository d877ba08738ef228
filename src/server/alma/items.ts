import { Type } from 'typebox'
import { type BibPage, findBibPages } from '../../catalog/bib-page.ts'
import type { Zone } from '../../catalog/zone.ts'
import type { Queryable } from '../../db/database.ts'
import { type Holdings, listHoldings } from '../../inventory/holdings.ts'
import { findItem, findItemByBarcode, type Item, listItems } from '../../inventory/item.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { askedOf } from './asked.ts'
import { mmsIdOf, rootOf } from './bibs.ts'
import { AlmaError } from './errors.ts'
import { itemAnswer, itemLink } from './item-answer.ts'
import { countOf } from './parameters.ts'
import { sendAnswer } from './reply.ts'
import { element } from './xml.ts'

export const ItemsParams = Type.Object({ mms_id: Type.String(), holding_id: Type.String() })
export const ItemParams = Type.Object({
  mms_id: Type.String(),
  holding_id: Type.String(),
  item_pid: Type.String(),
})

const reads = { config: { access: { may: 'zone.view', in: 'key' } } } as const

/** Items as they are read. */
export function almaItemRoutes(scope: App, { db }: ServerContext): void {
  scope.get(
    '/almaws/v1/bibs/:mms_id/holdings/:holding_id/items',
    {
      ...reads,
      schema: {
        tags: ['alma'],
        summary: 'Items of holdings, or of all holdings of a bib',
        params: ItemsParams,
      },
    },
    async (request, reply) => {
      const { parameters, zone } = await askedOf(db, request)
      const limit = countOf(parameters, 'limit', 10, 100)
      const offset = countOf(parameters, 'offset', 0, 1_000_000)
      const { bib, items } = await itemsOf(db, zone, request.params)
      const root = rootOf(request)
      const answers = items.slice(offset, offset + limit).map((item) => itemAnswer(item, bib, root))
      return sendAnswer(request, reply, {
        xml: element(
          'items',
          answers.map(({ xml }) => xml),
          { total_record_count: String(items.length) },
        ),
        json: { item: answers.map(({ json }) => json), total_record_count: items.length },
      })
    },
  )

  scope.get(
    '/almaws/v1/bibs/:mms_id/holdings/:holding_id/items/:item_pid',
    { ...reads, schema: { tags: ['alma'], summary: 'An item', params: ItemParams } },
    async (request, reply) => {
      const { zone } = await askedOf(db, request)
      const { bib, item } = await findAskedItem(db, zone, request.params)
      if (!item) throw noSuchItem(request.params.item_pid)
      return sendAnswer(request, reply, itemAnswer(item, bib, rootOf(request)))
    },
  )

  scope.get(
    '/almaws/v1/items',
    { ...reads, schema: { tags: ['alma'], summary: 'Leads to the item that has a barcode: item_barcode' } },
    async (request, reply) => {
      const { parameters, zone } = await askedOf(db, request)
      const barcode = parameters['item_barcode'] ?? ''
      const item = barcode === '' ? undefined : await findItemByBarcode(db, zone, barcode)
      if (!item) throw new AlmaError('401689', { about: barcode.slice(0, 100) })
      const query = parameters['zone'] === undefined ? '' : `?zone=${encodeURIComponent(parameters['zone'])}`
      return reply.redirect(itemLink(item, rootOf(request)) + query, 302)
    },
  )
}

export const noSuchItem = (itemId: string): AlmaError =>
  new AlmaError('401652', { more: `There is no item ${itemId.slice(0, 40)} there.` })

type HoldingsAsked = { readonly mms_id: string; readonly holding_id: string }

/** A bib with those of its holdings that are asked for: one, or `ALL`. @throws {AlmaError} 402204, 402203, 402208 */
export async function holdingsAsked(
  db: Queryable,
  zone: Zone,
  { mms_id, holding_id }: HoldingsAsked,
): Promise<{ readonly bib: BibPage; readonly holdings: readonly Holdings[] }> {
  const [bib] = await findBibPages(db, zone, [mmsIdOf(mms_id)])
  if (!bib) throw new AlmaError('402203', { about: mms_id })
  const all = await listHoldings(db, zone, mms_id)
  const holdings = all.filter(({ holdingsId }) => holding_id === 'ALL' || holdingsId === holding_id)
  if (holdings.length === 0 && holding_id !== 'ALL')
    throw new AlmaError('402208', { about: holding_id.slice(0, 40) })
  return { bib, holdings }
}

/** The item that an address names, where it is in these holdings of this bib. @throws {AlmaError} as `holdingsAsked` */
export async function findAskedItem(
  db: Queryable,
  zone: Zone,
  asked: HoldingsAsked & { readonly item_pid: string },
): Promise<{ readonly bib: BibPage; readonly item: Item | undefined }> {
  const { bib, holdings } = await holdingsAsked(db, zone, asked)
  const item = await findItem(db, zone, asked.item_pid)
  const isThere = holdings.some(({ holdingsId }) => holdingsId === item?.holdingsId)
  return { bib, item: isThere ? item : undefined }
}

async function itemsOf(db: Queryable, zone: Zone, asked: HoldingsAsked) {
  const { bib, holdings } = await holdingsAsked(db, zone, asked)
  const items: Item[] = []
  for (const { holdingsId } of holdings)
    items.push(...(await listItems(db, zone, holdingsId, { limit: mostItems })))
  return { bib, items }
}

/** Of one record of holdings. */
const mostItems = 10_000
