import { type ElectronicCollection, listCollections } from '../../inventory/electronic-collection.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { columns } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'

export const collectionJson =
  '{ collection_id, zone, name, provider, services: [{ service_id, name }], portfolios, withdrawn, activated, loaded_at, file_name }'

export const collectionList = command(
  {
    name: 'collection list',
    summary: 'Lists the electronic collections of a zone and of the community zone.',
    arguments: {},
    options: { zone: zoneOption, json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: `an array of ${collectionJson}; activated counts what the zone has of it`,
  },
  ({ zone: code, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const collections = await listCollections(db, await chooseZone(db, code))
      if (json) await io.json(collections.map(collectionRow))
      else
        for (const line of columns(
          collections.map(({ collectionId, zone, portfolios, activated, name }) => [
            collectionId,
            zone,
            String(portfolios),
            String(activated),
            name,
          ]),
        ))
          await io.line(line)
      return exitCodes.done
    }),
)

export const collectionRow = (collection: ElectronicCollection) => ({
  collection_id: collection.collectionId,
  zone: collection.zone,
  name: collection.name,
  provider: collection.provider,
  services: collection.services.map(({ serviceId, name }) => ({ service_id: serviceId, name })),
  portfolios: collection.portfolios,
  withdrawn: collection.withdrawn,
  activated: collection.activated,
  loaded_at: collection.loadedAt,
  file_name: collection.fileName,
})
