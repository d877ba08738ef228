import { Readable } from 'node:stream'
import { Type } from 'typebox'
import { readWording } from '../../catalog/search/asked.ts'
import { foundRows } from '../../catalog/search/found-rows.ts'
import { membersOfNumbers, type NumberedEntity } from '../../catalog/sets/members-of-numbers.ts'
import { membersOfSearch } from '../../catalog/sets/members-of-search.ts'
import {
  addSet,
  changeMembers,
  countGone,
  getSet,
  listSets,
  removeGone,
  removeSet,
  renameSet,
} from '../../catalog/sets/saved-set.ts'
import { pageOfMembers, streamMembers } from '../../catalog/sets/set-members.ts'
import { getZone } from '../../catalog/zone.ts'
import { keepScope } from '../../db/scope.ts'
import type { Entity } from '../../rules/search/search-index.ts'
import { byOf } from '../access.ts'
import { ApiError } from '../api/error.ts'
import { Found } from '../api/search.ts'
import {
  AddedSet,
  ChangedMembers,
  NewSet,
  RenamedSet,
  SavedSet,
  SavedSets,
  SetFormat,
  SetParams,
  WholeSet,
} from '../api/set.ts'
import { bytesOf, closed, Limit } from '../api/shape.ts'
import { ZoneParams } from '../api/zone.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { foundBibs } from '../found-bibs.ts'
import { attachment } from '../headers.ts'
import { setFile } from '../set-file.ts'

const tags = ['catalogue']

/** Members that are named by their own numbers, as lines of a file of them. */
const asNumbers = (
  entity: Entity,
  members: readonly string[],
): [NumberedEntity, { readonly text: string; readonly index: string }] => {
  const text = members.join('\n')
  return entity === 'physical-items' || entity === 'electronic-portfolios'
    ? [entity, { text, index: 'PID' }]
    : ['all-titles', { text, index: 'MMS ID' }]
}

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
      const added = async (id: number, told: Partial<AddedSet> = {}) =>
        reply.code(201).send({
          set: await getSet(db, zone, id),
          numbers: 0,
          repeated: 0,
          missing: [],
          several: [],
          ...told,
        })
      if ('numbers' in body) {
        const { entity: of = 'all-titles', numbers: text, index = null } = body
        const { members, ...told } = await membersOfNumbers(db, zone, of, { text, index })
        return added(await addSet(db, zone, { ...named, entity: of, members }, by), told)
      }
      const { entity } = body
      if (body.kind === 'logical') {
        readWording({ entity, query: body.query })
        return added(await addSet(db, zone, { ...named, entity, query: body.query }, by))
      }
      const found = body.query === undefined ? [] : await membersOfSearch(db, zone, entity, body.query)
      const given = body.members ?? []
      const { members, ...told } =
        given.length === 0 ? { members: [] } : await membersOfNumbers(db, zone, ...asNumbers(entity, given))
      return added(await addSet(db, zone, { ...named, entity, members: [...found, ...members] }, by), told)
    },
  )

  app.get(
    '/api/zones/:zone/sets/:id',
    {
      config: { access: { may: 'zone.view', in: 'zone' } },
      schema: { tags, summary: 'A set', params: SetParams, response: { 200: WholeSet, '4xx': ApiError } },
    },
    async ({ params }) => {
      const set = await getSet(db, await getZone(db, params.zone), params.id)
      return { ...set, gone: set.kind === 'itemised' ? await countGone(db, set) : null }
    },
  )

  app.put(
    '/api/zones/:zone/sets/:id/name',
    {
      config: { access: { may: 'set.edit', in: 'zone' } },
      schema: {
        tags,
        summary: 'Calls a set something else',
        params: SetParams,
        body: RenamedSet,
        response: { 200: SavedSet, '4xx': ApiError },
      },
    },
    async ({ params, body: { name, note = null } }) => {
      const zone = await getZone(db, params.zone)
      await renameSet(db, zone, params.id, { name, note })
      return getSet(db, zone, params.id)
    },
  )

  app.get(
    '/api/zones/:zone/sets/:id/file',
    {
      config: { access: { may: 'zone.view', in: 'zone' } },
      schema: {
        tags,
        summary: 'What is in a set as a file: a table, or the records',
        params: SetParams,
        querystring: SetFormat,
        response: {
          200: bytesOf(
            'text/csv',
            'application/marc',
            'application/marcxml+xml',
            'application/marc-in-json',
            'text/plain',
          ),
          '4xx': ApiError,
        },
      },
    },
    async ({ params, query: { format } }, reply) => {
      const zone = await getZone(db, params.zone)
      const set = await getSet(db, zone, params.id)
      const { contentType, chunks } = setFile(format, streamMembers(db, zone, set))
      return reply
        .type(contentType)
        .header('content-disposition', attachment(`set-${set.id}.${format}`))
        .send(Readable.from(keepScope(chunks), { objectMode: false }))
    },
  )

  app.delete(
    '/api/zones/:zone/sets/:id',
    {
      config: { access: { may: 'set.edit', in: 'zone' } },
      schema: {
        tags,
        summary: 'Removes a set; its members stay what they are',
        params: SetParams,
        response: { 200: SavedSet, '4xx': ApiError },
      },
    },
    async ({ params }) => removeSet(db, await getZone(db, params.zone), params.id),
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
      const page = await pageOfMembers(db, zone, set, after === undefined ? null : { key, id }, limit)
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
      const { add = [], remove = [], query, removeGone: isCleaned = false } = request.body
      const set = await getSet(db, zone, request.params.id)
      const found =
        query === undefined || set.kind === 'logical'
          ? []
          : await membersOfSearch(db, zone, set.entity, query)
      await changeMembers(db, zone, set.id, { add: [...found, ...add], remove }, byOf(request))
      if (isCleaned) await removeGone(db, set)
      return getSet(db, zone, request.params.id)
    },
  )
}
