import { Type } from 'typebox'
import { findBibPages } from '../../catalog/bib-page.ts'
import type { Zone } from '../../catalog/zone.ts'
import type { Queryable } from '../../db/database.ts'
import { readRecord } from '../../import/read-record.ts'
import { ImportRefusal } from '../../import/refusal.ts'
import { takeFromBib } from '../../import/settle-bib.ts'
import { addHoldings, removeHoldings, updateHoldings } from '../../inventory/change-holdings.ts'
import { getHoldings, type Holdings, listHoldings } from '../../inventory/holdings.ts'
import { InventoryRefusal } from '../../inventory/refusal.ts'
import { byPerson } from '../../inventory/revision.ts'
import type { MarcRecord } from '../../marc/record.ts'
import { byOf } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { askedOf, askedToWrite, bodyOf } from './asked.ts'
import { AlmaBibParams, mmsIdOf, rootOf } from './bibs.ts'
import { readObject, refusalBy, suppressedOf } from './body.ts'
import { emptyBib } from './empty-bib.ts'
import { AlmaError } from './errors.ts'
import { holdingsAnswer, holdingsListAnswer } from './holdings-answer.ts'
import { sendAnswer } from './reply.ts'

const HoldingsParams = Type.Object({ mms_id: Type.String(), holding_id: Type.String() })

const reads = { config: { access: { may: 'zone.view', in: 'key' } } } as const
const edits = { config: { access: { may: 'inventory.physical.edit', in: 'key' } } } as const

export function almaHoldingsRoutes(scope: App, { db }: ServerContext): void {
  scope.get(
    '/almaws/v1/bibs/:mms_id/holdings',
    { ...reads, schema: { tags: ['alma'], summary: 'The holdings of a bib', params: AlmaBibParams } },
    async (request, reply) => {
      const { zone } = await askedOf(db, request)
      const bib = await getBib(db, zone, request.params.mms_id)
      const holdings = await listHoldings(db, zone, bib.mmsId)
      return sendAnswer(request, reply, holdingsListAnswer(holdings, bib, rootOf(request)))
    },
  )

  scope.get(
    '/almaws/v1/bibs/:mms_id/holdings/:holding_id',
    { ...reads, schema: { tags: ['alma'], summary: 'Holdings', params: HoldingsParams } },
    async (request, reply) => {
      const { zone } = await askedOf(db, request)
      const { mms_id, holding_id } = request.params
      const found = await findHoldings(db, zone, mms_id, holding_id)
      if (!found) throw new AlmaError('402208', { about: holding_id })
      return sendAnswer(request, reply, holdingsAnswer(found, rootOf(request)))
    },
  )

  scope.post(
    '/almaws/v1/bibs/:mms_id/holdings',
    { ...edits, schema: { tags: ['alma'], summary: 'Adds holdings to a bib', params: AlmaBibParams } },
    async (request, reply) => {
      const { zone } = await askedToWrite(db, request)
      const mmsId = mmsIdOf(request.params.mms_id)
      const { record, suppressed } = await readHoldingsBody(bodyOf(request))
      const added = await refusing(() =>
        db.transaction(async (tx) => {
          const toAdd = { record, suppressed: suppressed ?? false }
          const { holdingsId } = await addHoldings(tx, zone, mmsId, toAdd, byPerson(byOf(request)))
          return getHoldings(tx, zone, holdingsId)
        }),
      )
      return sendAnswer(request, reply, holdingsAnswer(added, rootOf(request)))
    },
  )

  scope.put(
    '/almaws/v1/bibs/:mms_id/holdings/:holding_id',
    {
      ...edits,
      schema: { tags: ['alma'], summary: 'Gives holdings another record', params: HoldingsParams },
    },
    async (request, reply) => {
      const { zone } = await askedToWrite(db, request)
      const { mms_id, holding_id } = request.params
      const found = await findHoldings(db, zone, mms_id, holding_id)
      if (!found) throw new AlmaError('402208', { about: holding_id })
      const { record, suppressed } = await readHoldingsBody(bodyOf(request))
      const changed = await refusing(() =>
        db.transaction(async (tx) => {
          const change = { record, suppressed: suppressed ?? found.suppressed }
          await updateHoldings(tx, zone, holding_id, found.version, change, byPerson(byOf(request)))
          return getHoldings(tx, zone, holding_id)
        }),
      )
      return sendAnswer(request, reply, holdingsAnswer(changed, rootOf(request)))
    },
  )

  scope.delete(
    '/almaws/v1/bibs/:mms_id/holdings/:holding_id',
    {
      ...edits,
      schema: { tags: ['alma'], summary: 'Deletes holdings without items', params: HoldingsParams },
    },
    async (request, reply) => {
      const { parameters, zone } = await askedOf(db, request)
      const { mms_id, holding_id } = request.params
      const empty = await emptyBib(db, zone, request, parameters, mmsIdOf(mms_id))
      const found = await findHoldings(db, zone, mms_id, holding_id)
      if (!found) throw new AlmaError('60213')
      const by = byOf(request)
      await takeFromBib(db, zone, mms_id, { empty, by }, (tx) =>
        removeHoldings(tx, zone, holding_id, found.version, byPerson(by)),
      ).catch((error: unknown) => {
        if (!(error instanceof InventoryRefusal)) throw error
        throw new AlmaError('60214', { more: `${error.message} ${error.remedy}` })
      })
      return reply.code(204).send()
    },
  )
}

/** @throws {AlmaError} 402204, 402203 */
async function getBib(db: Queryable, zone: Zone, text: string) {
  const [bib] = await findBibPages(db, zone, [mmsIdOf(text)])
  if (!bib) throw new AlmaError('402203', { about: text })
  return bib
}

/** Holdings of just that bib. */
async function findHoldings(
  db: Queryable,
  zone: Zone,
  mmsId: string,
  holdingsId: string,
): Promise<Holdings | undefined> {
  await getBib(db, zone, mmsId)
  return (await listHoldings(db, zone, mmsId)).find((holdings) => holdings.holdingsId === holdingsId)
}

/** @throws {AlmaError} 402211 */
async function readHoldingsBody(
  body: Uint8Array,
): Promise<{ readonly record: MarcRecord; readonly suppressed: boolean | null }> {
  const refuse = refusalBy('402211')
  const values = readObject(body, 'holding', refuse)
  if (!values.has('record')) refuse('There is no <record>.')
  try {
    const { record } = await readRecord(body)
    return { record, suppressed: suppressedOf(values, refuse) }
  } catch (error) {
    return error instanceof ImportRefusal ? refuse(`${error.message} ${error.remedy}`) : Promise.reject(error)
  }
}

/** @throws {AlmaError} 33007 where there is no such bib, else 33008 in our words */
async function refusing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof InventoryRefusal)) throw error
    const { code, message, remedy } = error
    if (code === 'NO_SUCH_BIB') throw new AlmaError('33007', { about: /\b99\d+/.exec(message)?.[0] ?? '' })
    throw new AlmaError('33008', { about: `${message} ${remedy}` })
  }
}
