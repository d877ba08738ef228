import { addCollection, getCollection } from '../../inventory/electronic-collection.ts'
import { personHere } from '../../people/person-here.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { collectionJson, collectionRow } from './list.ts'

export const collectionAdd = command(
  {
    name: 'collection add',
    summary: 'Adds an electronic collection with a service, Full text.',
    arguments: { name: { type: 'text', shown: 'NAME', meaning: 'its name for people' } },
    options: {
      zone: zoneOption,
      provider: { type: 'text', shown: 'NAME', meaning: 'who offers it' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: `one object ${collectionJson}`,
  },
  ({ name, zone: code, provider, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const collection = await db.transaction(async (tx) => {
        const id = await addCollection(tx, zone, { name, provider: provider ?? null }, personHere())
        return getCollection(tx, zone, id)
      })
      if (json) await io.json(collectionRow(collection))
      else await io.line(`Added electronic collection ${collection.collectionId} to zone ${code}.`)
      return exitCodes.done
    }),
)
