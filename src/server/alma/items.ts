import { Type } from 'typebox'
import { type BibPage, findBibPages } from '../../catalog/bib-page.ts'
import type { Zone } from '../../catalog/zone.ts'
import type { Queryable } from '../../db/database.ts'
import { listHoldings } from '../../inventory/holdings.ts'
import { findItemByBarcode, type Item, listItems } from '../../inventory/item.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { askedOf } from './asked.ts'
import { dayOf } from './bib-answer.ts'
import { mmsIdOf, rootOf } from './bibs.ts'
import { AlmaError } from './errors.ts'
import { bibData, pair } from './holdings-answer.ts'
import { countOf } from './parameters.ts'
import { type Answer, sendAnswer } from './reply.ts'
import { type Element, element } from './xml.ts'

const ItemsParams = Type.Object({ mms_id: Type.String(), holding_id: Type.String() })
const ItemParams = Type.Object({ mms_id: Type.String(), holding_id: Type.String(), item_pid: Type.String() })

const reads = { config: { access: { may: 'zone.view', in: 'key' } } } as const

/** Items are read; they are written by the API of Accession itself. */
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
      const { bib, items } = await itemsOf(db, zone, request.params)
      const item = items.find(({ itemId }) => itemId === request.params.item_pid)
      if (!item)
        throw new AlmaError('401652', {
          more: `There is no item ${request.params.item_pid.slice(0, 40)} there.`,
        })
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
      return reply.redirect(linkOf(item, rootOf(request)) + query, 302)
    },
  )
}

/** @throws {AlmaError} 402204, 402203, 402208 */
async function itemsOf(
  db: Queryable,
  zone: Zone,
  { mms_id, holding_id }: { readonly mms_id: string; readonly holding_id: string },
): Promise<{ readonly bib: BibPage; readonly items: readonly Item[] }> {
  const [bib] = await findBibPages(db, zone, [mmsIdOf(mms_id)])
  if (!bib) throw new AlmaError('402203', { about: mms_id })
  const all = await listHoldings(db, zone, mms_id)
  const asked = all.filter(({ holdingsId }) => holding_id === 'ALL' || holdingsId === holding_id)
  if (asked.length === 0 && holding_id !== 'ALL') throw new AlmaError('402208', { about: holding_id })
  const items: Item[] = []
  for (const { holdingsId } of asked)
    items.push(...(await listItems(db, zone, holdingsId, { limit: mostItems })))
  return { bib, items }
}

/** Of one record of holdings. */
const mostItems = 10_000

/** Why an item is not in its place, in Alma's codes. */
const processes: Readonly<Record<Item['status'], string>> = {
  'in-place': '',
  'not-in-place': '',
  missing: 'MISSING',
  'on-order': 'ACQ',
  'in-process': 'WORK_ORDER_DEPARTMENT',
}

function itemAnswer(item: Item, bib: BibPage, root: string): Answer {
  const data = bibData(bib, root)
  const isInPlace = item.status === 'in-place'
  const pairs = [
    pair('base_status', isInPlace ? '1' : '0', isInPlace ? 'Item in place' : 'Item not in place'),
    pair('process_type', processes[item.status], null),
    pair('physical_material_type', item.materialType, null),
    pair('policy', item.policy, null),
    pair('library', item.temporaryLibrary ?? item.library, null),
    pair('location', item.temporaryLocation ?? item.location, null),
  ]
  const texts: Readonly<Record<string, string | null>> = {
    pid: item.itemId,
    barcode: item.barcode,
    creation_date: dayOf(item.createdAt),
    modification_date: dayOf(item.changedAt),
    copy_id: item.copyNumber,
    description: item.description,
    inventory_number: item.inventoryNumber,
    arrival_date: item.receivedOn === null ? null : `${item.receivedOn}Z`,
    public_note: item.publicNote,
    fulfillment_note: item.fulfilmentNote,
    internal_note_1: item.internalNote,
    ...levels('enumeration', 'a', item.enumeration),
    ...levels('chronology', 'i', item.chronology),
  }
  const holdings = { holding_id: item.holdingsId, call_number: item.callNumber }
  const link = linkOf(item, root)
  return {
    xml: element(
      'item',
      [
        data.xml,
        element('holding_data', textElements(holdings)),
        element('item_data', [...textElements(texts), ...pairs.map(({ xml }) => xml)]),
      ],
      { link },
    ),
    json: {
      bib_data: data.json,
      holding_data: holdings,
      item_data: Object.assign({}, texts, ...pairs.map(({ json }) => json)) as object,
      link,
    },
  }
}

const linkOf = ({ mmsId, holdingsId, itemId }: Item, root: string): string =>
  `${root}/bibs/${mmsId}/holdings/${holdingsId}/items/${itemId}`

const textElements = (texts: Readonly<Record<string, string | null>>): Element[] =>
  Object.entries(texts).flatMap(([name, text]) => (text === null ? [] : [element(name, text)]))

/** `enumeration_a` and on, `chronology_i` and on, from the highest level down. */
const levels = (name: string, from: string, values: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    values.map((value, at) => [`${name}_${String.fromCharCode(from.charCodeAt(0) + at)}`, value]),
  )
