import { addHoldings } from '../../inventory/change-holdings.ts'
import { getHoldings } from '../../inventory/holdings.ts'
import { byPerson } from '../../inventory/revision.ts'
import { personHere } from '../../people/person-here.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { inventoryBib, placeOptions } from '../place-options.ts'
import { holdingsJson, holdingsRow } from './list.ts'

export const holdingsAdd = command(
  {
    name: 'holdings add',
    summary: 'Adds holdings to a bib of an institution.',
    about: [
      'They are made from the default template, with the call number that the bib has by the scheme of the location.',
    ],
    arguments: inventoryBib,
    options: {
      zone: zoneOption,
      ...placeOptions,
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: `one object ${holdingsJson}`,
  },
  ({ mmsId, zone: code, library, location, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const place = { library, location }
      const holdings = await db.transaction(async (tx) => {
        const { holdingsId } = await addHoldings(tx, zone, mmsId, place, byPerson(personHere()))
        return getHoldings(tx, zone, holdingsId)
      })
      const { holdingsId, callNumber } = holdings
      if (json) await io.json(holdingsRow(holdings))
      else
        await io.line(
          `Added holdings ${holdingsId} to bib ${holdings.mmsId}, ${callNumber === '' ? 'without a call number' : `call number ${callNumber}`}.`,
        )
      return exitCodes.done
    }),
)
