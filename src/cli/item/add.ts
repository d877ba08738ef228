import { addItemAt } from '../../inventory/change-item.ts'
import { emptyItem, getItem } from '../../inventory/item.ts'
import { byPerson } from '../../inventory/revision.ts'
import { personHere } from '../../people/person-here.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { inventoryBib, placeOptions } from '../place-options.ts'
import { itemJson, itemRow } from './list.ts'

export const itemAdd = command(
  {
    name: 'item add',
    summary: 'Adds an item to a bib of an institution.',
    about: [
      'Holdings of the bib at the same library and location take it; where there are none they are made.',
    ],
    arguments: inventoryBib,
    options: {
      zone: zoneOption,
      ...placeOptions,
      barcode: { type: 'text', shown: 'BARCODE', meaning: 'unique in the zone' },
      description: { type: 'text', shown: 'TEXT', meaning: 'how it is told from other items, as v.3' },
      policy: { type: 'text', shown: 'CODE', meaning: 'the item policy' },
      material: { type: 'text', shown: 'CODE', meaning: 'the material type' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: `one object ${itemJson}`,
  },
  ({ mmsId, zone: code, library, location, barcode, description, policy, material, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const content = {
        ...emptyItem,
        barcode: barcode?.trim() || null,
        description: description ?? null,
        policy: policy ?? null,
        materialType: material ?? null,
      }
      const item = await db.transaction(async (tx) => {
        const by = byPerson(personHere())
        const { itemId } = await addItemAt(tx, zone, mmsId, { library, location }, content, by)
        return getItem(tx, zone, itemId)
      })
      if (json) await io.json(itemRow(item))
      else await io.line(`Added item ${item.itemId} to holdings ${item.holdingsId} of bib ${item.mmsId}.`)
      return exitCodes.done
    }),
)
