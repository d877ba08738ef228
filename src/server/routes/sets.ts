import { Type } from 'typebox'
import { readWording } from '../../catalog/search/asked.ts'
import { foundRows } from '../../catalog/search/found-rows.ts'
import { search } from '../../catalog/search/search.ts'
import { membersOfNumbers, membersOfSearch } from '../../catalog/sets/find-members.ts'
import {
  addSet,
  changeMembers,
  getSet,
  listMembers,
  listSets,
  removeSet,
  type SavedSet as Set,
} from '../../catalog/sets/saved-set.ts'
import { getZone, type Zone } from '../../catalog/zone.ts'
import { byOf } from '../access.ts'
import { ApiError } from '../api/error.ts'
import { Found } from '../api/search.ts'
import { AddedSet, ChangedMembers, NewSet, SavedSet, SavedSets, SetParams } from '../api/set.ts'
import { closed, Limit } from '../api/shape.ts'
import { ZoneParams } from '../api/zone.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { foundBibs } from '../found-bibs.ts'

const tags = ['catalogue']

export function setRoutes(app: App, { db }: ServerContext): void {
  app.get(
    '/api/zones/:zone/sets',
    {
      config: { access: { may: 'zone.view', in: 'zone' } },
      schema: {
        tags,
        summary: 'The sets of a zone',
        params: ZoneParams,
        response: { 200: SavedSets, '4xx': ApiError },
      },
    },
    async ({ params }) => ({ rows: await listSets(db, await getZone(db, params.zone)) }),
  )

  app.post(
    '/api/zones/:zone/sets',
    {
      config: { access: { may: 'set.edit', in: 'zone' } },
      schema: {
        tags,
        summary: 'Makes a set: of a search, of what it finds now, or of numbers',
        params: ZoneParams,
        body: NewSet,
        response: { 201: AddedSet, '4xx': ApiError },
      },
    },
    async (request, reply) => {
      const zone = await getZone(db, request.params.zone)
      const { body } = request
      const named = { name: body.name, note: body.note ?? null }
      const by = byOf(request)
      const added = async (id: number, missing: readonly string[] = [], several: readonly string[] = []) =>
        reply.code(201).send({ set: await getSet(db, zone, id), missing, several })
      if ('numbers' in body) {
        const { members, missing, several } = await membersOfNumbers(db, zone, body.index, body.numbers)
        return added(
          await addSet(db, zone, { ...named, entity: 'all-titles', members }, by),
          missing,
          several,
        )
      }
      const { entity } = body
      if (body.kind === 'logical') {
        readWording({ entity, query: body.query })
        return added(await addSet(db, zone, { ...named, entity, query: body.query }, by))
      }
      const found = body.query === undefined ? [] : await membersOfSearch(db, zone, entity, body.query)
      return added(
        await addSet(db, zone, { ...named, entity, members: [...found, ...(body.members ?? [])] }, by),
      )
    },
  )

  app.get(
    '/api/zones/:zone/sets/:id',
    {
      config: { access: { may: 'zone.view', in: 'zone' } },
      schema: { tags, summary: 'A set', params: SetParams, response: { 200: SavedSet, '4xx': ApiError } },
    },
    async ({ params }) => getSet(db, await getZone(db, params.zone), params.id),
  )

  app.delete(
    '/api/zones/:zone/sets/:id',
    {
      config: { access: { may: 'set.edit', in: 'zone' } },
      schema: {
        tags,
        summary: 'Removes a set; its members stay what they are',
        params: SetParams,
        response: { 204: Type.Null(), '4xx': ApiError },
      },
    },
    async ({ params }, reply) => {
      await removeSet(db, await getZone(db, params.zone), params.id)
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/api/zones/:zone/sets/:id/members',
    {
      config: { access: { may: 'zone.view', in: 'zone' } },
      schema: {
        tags,
        summary: 'What is in a set, oldest first; what is gone from the catalogue is left out',
        params: SetParams,
        querystring: Type.Object(
          { after: Type.Optional(Type.String({ minLength: 1, maxLength: 1000 })), limit: Limit(100, 20) },
          closed,
        ),
        response: { 200: Found, '4xx': ApiError },
      },
    },
    async (request) => {
      const {
        params,
        query: { after, limit = 20 },
      } = request
      const zone = await getZone(db, params.zone)
      const set = await getSet(db, zone, params.id)
      const [key = '', id = ''] = after === undefined ? [] : readCursor(after, ['text', 'text'])
      const page = await membersOf(zone, set, after === undefined ? null : { key, id }, limit)
      const rows = await foundRows(db, zone, set.entity, page.ids)
      return {
        rows: await foundBibs(db, zone, rows, byOf(request)),
        total: page.total,
        totalIsExact: page.totalIsExact,
        next: page.next && writeCursor([page.next.key, page.next.id]),
        hint: null,
      }
    },
  )

  async function membersOf(zone: Zone, set: Set, after: { key: string; id: string } | null, limit: number) {
    if (set.query !== null) {
      const asked = readWording({ entity: set.entity, query: set.query })
      return search(db, zone, { ...asked, sort: 'oldest', after, limit })
    }
    const found = await listMembers(db, set.id, after?.id ?? null, limit + 1)
    const ids = found.slice(0, limit)
    const last = ids.at(-1)
    const next = found.length > limit && last !== undefined ? { key: '', id: last } : null
    return { ids, next, total: set.members ?? 0, totalIsExact: true }
  }

  app.post(
    '/api/zones/:zone/sets/:id/members',
    {
      config: { access: { may: 'set.edit', in: 'zone' } },
      schema: {
        tags,
        summary: 'Adds members to an itemised set, and removes others',
        params: SetParams,
        body: ChangedMembers,
        response: { 200: SavedSet, '4xx': ApiError },
      },
    },
    async (request) => {
      const zone = await getZone(db, request.params.zone)
      const { add = [], remove = [] } = request.body
      await changeMembers(db, zone, request.params.id, { add, remove }, byOf(request))
      return getSet(db, zone, request.params.id)
    },
  )
}
