import { takeFromBib } from '../../import/settle-bib.ts'
import { addItem, removeItemWith, updateItem } from '../../inventory/change-item.ts'
import { emptyItem, getItem, type Item, type ItemStatus } from '../../inventory/item.ts'
import { InventoryRefusal } from '../../inventory/refusal.ts'
import { byPerson } from '../../inventory/revision.ts'
import { byOf } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { askedOf, bodyOf } from './asked.ts'
import { rootOf } from './bibs.ts'
import { emptyBib, settlingOf } from './empty-bib.ts'
import { type AlmaCode, AlmaError } from './errors.ts'
import { itemAnswer } from './item-answer.ts'
import { readItemBody } from './item-body.ts'
import { findAskedItem, holdingsAsked, ItemParams, ItemsParams, noSuchItem } from './items.ts'
import { isTrue, type Parameters } from './parameters.ts'
import { sendAnswer } from './reply.ts'

const edits = { config: { access: { may: 'inventory.physical.edit', in: 'key' } } } as const

/** Items as they are written, in XML or JSON. */
export function almaWriteItemRoutes(scope: App, { db }: ServerContext): void {
  scope.post(
    '/almaws/v1/bibs/:mms_id/holdings/:holding_id/items',
    { ...edits, schema: { tags: ['alma'], summary: 'Adds an item to holdings', params: ItemsParams } },
    async (request, reply) => {
      const { parameters, zone } = await askedOf(db, request)
      const { bib, holdings } = await holdingsAsked(db, zone, request.params)
      const [place] = holdings
      if (!place || request.params.holding_id === 'ALL')
        throw new AlmaError('402208', { about: request.params.holding_id, more: 'An item goes to one.' })
      const { describe } = generatingOf(parameters)
      const content = readItemBody(bodyOf(request), place, { status: emptyItem.status, describe })
      const item = await refusing('40166404', () =>
        db.transaction(async (tx) => {
          const { itemId } = await addItem(tx, zone, place.holdingsId, content, byPerson(byOf(request)))
          return getItem(tx, zone, itemId)
        }),
      )
      return sendAnswer(request, reply, itemAnswer(item, bib, rootOf(request)))
    },
  )

  scope.put(
    '/almaws/v1/bibs/:mms_id/holdings/:holding_id/items/:item_pid',
    { ...edits, schema: { tags: ['alma'], summary: 'Gives an item other content', params: ItemParams } },
    async (request, reply) => {
      const { parameters, zone } = await askedOf(db, request)
      const { bib, item } = await findAskedItem(db, zone, request.params)
      if (!item) throw noSuchItem(request.params.item_pid)
      const { describe } = generatingOf(parameters)
      const content = readItemBody(bodyOf(request), item, { status: item.status, describe })
      const changed = await refusing('40166404', () =>
        db.transaction(async (tx) => {
          await updateItem(tx, zone, item.itemId, item.version, content, byPerson(byOf(request)))
          return getItem(tx, zone, item.itemId)
        }),
      )
      return sendAnswer(request, reply, itemAnswer(changed, bib, rootOf(request)))
    },
  )

  scope.post(
    '/almaws/v1/bibs/:mms_id/holdings/:holding_id/items/:item_pid',
    {
      ...edits,
      schema: { tags: ['alma'], summary: 'op=scan: the item is here, at a library', params: ItemParams },
    },
    async (request, reply) => {
      const { parameters, zone } = await askedOf(db, request)
      if (parameters['op'] !== 'scan') throw new AlmaError('40166411', { more: 'op is scan.' })
      const { bib, item } = await findAskedItem(db, zone, request.params)
      if (!item) throw new AlmaError('402504', { more: noSuchItem(request.params.item_pid).message })
      const status = statusAfterScan(item, parameters)
      const scanned = await refusing('402502', () =>
        db.transaction(async (tx) => {
          const by = byPerson(byOf(request))
          if (status !== item.status)
            await updateItem(tx, zone, item.itemId, item.version, { ...item, status }, by)
          return getItem(tx, zone, item.itemId)
        }),
      )
      return sendAnswer(request, reply, itemAnswer(scanned, bib, rootOf(request)))
    },
  )

  scope.delete(
    '/almaws/v1/bibs/:mms_id/holdings/:holding_id/items/:item_pid',
    {
      ...edits,
      schema: {
        tags: ['alma'],
        summary: 'Deletes an item, and says what becomes of holdings and bib that are left without',
        params: ItemParams,
      },
    },
    async (request, reply) => {
      const { parameters, zone } = await askedOf(db, request)
      const { bib, item } = await findAskedItem(db, zone, request.params)
      isTrue(parameters, 'override', false)
      const holdings = settlingOf(parameters, 'holdings')
      if (holdings === null)
        throw new AlmaError('40166411', { more: 'holdings is one of retain, delete, suppress.' })
      const empty = await emptyBib(db, zone, request, parameters, bib.mmsId)
      if (!item) throw new AlmaError('401849', { about: noSuchItem(request.params.item_pid).message })
      const by = byOf(request)
      // The bib is asked about where its holdings go with their last item.
      const settling = { empty: holdings === 'delete' ? empty : 'keep', by } as const
      await refusing('401849', () =>
        takeFromBib(db, zone, bib.mmsId, settling, (tx) =>
          removeItemWith(tx, zone, item, item.version, holdings, byPerson(by)),
        ),
      )
      return reply.code(204).send()
    },
  )
}

/** `generate_description` fills in the description; there are no sequences of inventory numbers. */
function generatingOf(parameters: Parameters): { readonly describe: boolean } {
  if ((parameters['generate_inventory_num_name'] ?? '') !== '')
    throw new AlmaError('40166411', {
      more: 'generate_inventory_num_name names a sequence of inventory numbers, and there are none here: send inventory_number.',
    })
  return { describe: isTrue(parameters, 'generate_description', false) }
}

/**
 * What is scanned at its library is in its place again; what is being worked on, where the work is done. What is
 * on order becomes an item in its place by being received.
 *
 * @throws {AlmaError} 402502
 */
function statusAfterScan(item: Item, parameters: Parameters): ItemStatus {
  const at = parameters['library'] ?? ''
  const own = item.temporaryLibrary ?? item.library
  const isAtDepartment = (parameters['department'] ?? '') !== ''
  const isDone = isTrue(parameters, 'done', false)
  if (at !== own) throw new AlmaError('402502', { more: `library is ${own}, where the item belongs.` })
  if (item.status === 'on-order')
    throw new AlmaError('402502', { more: 'The item is on order; it is received by its order.' })
  return isAtDepartment && !isDone ? 'in-process' : 'in-place'
}

/** Our refusals in the code that the API has for the request. */
async function refusing<Result>(code: AlmaCode, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof InventoryRefusal)) throw error
    const words = `${error.message} ${error.remedy}`
    throw new AlmaError(code, code === '401849' ? { about: words } : { more: words })
  }
}
