import { getZone, type Zone } from '../../catalog/zone.ts'
import { callNumberTable, callNumberUpdate, setCallNumberTable } from '../../inventory/call-number-table.ts'
import { kindOf } from '../../inventory/inventory-id.ts'
import { addLibrary, addLocation, listLibraries } from '../../inventory/place.ts'
import { listInventoryVersions, noSuchPiece } from '../../inventory/revision.ts'
import { ApiError } from '../api/error.ts'
import {
  CallNumberTable,
  CallNumberTableToSet,
  InventoryParams,
  InventoryVersions,
  Libraries,
  LibraryParams,
  LibraryToAdd,
  LocationToAdd,
} from '../api/inventory.ts'
import { ZoneParams } from '../api/zone.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'

/** Versions of a piece of inventory that are shown. */
const mostVersions = 200

/** Where a zone has its inventory, and what that has been. */
export function libraryRoutes(app: App, { db }: ServerContext): void {
  app.get(
    '/api/zones/:zone/libraries',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['inventory'],
        summary: 'The libraries of a zone and their locations',
        params: ZoneParams,
        response: { 200: Libraries, '4xx': ApiError },
      },
    },
    async ({ params }) => listLibraries(db, await getZone(db, params.zone)),
  )

  app.post(
    '/api/zones/:zone/libraries',
    {
      config: { access: { may: 'library.edit', in: 'zone' } },
      schema: {
        tags: ['inventory'],
        summary: 'Adds a library, as yet without locations',
        params: ZoneParams,
        body: LibraryToAdd,
        response: { 200: Libraries, '4xx': ApiError },
      },
    },
    async ({ params, body }) => {
      const zone = await getZone(db, params.zone)
      await addLibrary(db, zone, body)
      return await listLibraries(db, zone)
    },
  )

  app.post(
    '/api/zones/:zone/libraries/:code/locations',
    {
      config: { access: { may: 'library.edit', in: 'zone' } },
      schema: {
        tags: ['inventory'],
        summary: 'Adds a location to a library',
        params: LibraryParams,
        body: LocationToAdd,
        response: { 200: Libraries, '4xx': ApiError },
      },
    },
    async ({ params, body: { code, name, callNumberType = null } }) => {
      const zone = await getZone(db, params.zone)
      await addLocation(db, zone, params.code, { code, name, callNumberType })
      return await listLibraries(db, zone)
    },
  )

  app.get(
    '/api/zones/:zone/call-numbers',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['inventory'],
        summary: 'By what holdings take the call number of their bib: the first row that fits',
        params: ZoneParams,
        response: { 200: CallNumberTable, '4xx': ApiError },
      },
    },
    async ({ params }) => tableOf(await getZone(db, params.zone)),
  )

  app.put(
    '/api/zones/:zone/call-numbers',
    {
      config: { access: { may: 'library.edit', in: 'zone' } },
      schema: {
        tags: ['inventory'],
        summary:
          'Gives a zone a call number mapping table of its own; holdings that are there stay as they are',
        params: ZoneParams,
        body: CallNumberTableToSet,
        response: { 200: CallNumberTable, '4xx': ApiError },
      },
    },
    async ({ params, body }) => {
      const zone = await getZone(db, params.zone)
      await setCallNumberTable(db, zone, { update: callNumberUpdate(zone), ...body })
      return tableOf(await getZone(db, params.zone))
    },
  )

  app.get(
    '/api/zones/:zone/inventory/:id/versions',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['inventory'],
        summary: `What holdings, an item or a portfolio has been, newest first; the last ${mostVersions}`,
        params: InventoryParams,
        response: { 200: InventoryVersions, '4xx': ApiError },
      },
    },
    async ({ params: { zone: code, id } }) => {
      const zone = await getZone(db, code)
      const kind = kindOf(id) ?? 'holdings'
      const versions = await listInventoryVersions(db, zone.zoneId, kind, id, mostVersions)
      if (versions.length === 0) throw noSuchPiece(kind, code, id)
      return versions
    },
  )
}

const tableOf = (zone: Zone) => ({
  isShipped: zone.settings.callNumbers === undefined,
  update: callNumberUpdate(zone),
  rows: callNumberTable(zone),
})
