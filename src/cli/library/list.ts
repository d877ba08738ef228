import { listLibraries } from '../../inventory/place.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { columns } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'

export const libraryList = command(
  {
    name: 'library list',
    summary: 'Lists the libraries of a zone and their locations.',
    arguments: {},
    options: { zone: zoneOption, json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: 'an array of { code, name, locations }; locations are { code, name, call_number_type }, the first indicator of 852 in new holdings there or null',
  },
  ({ zone, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const libraries = await listLibraries(db, await chooseZone(db, zone))
      if (json)
        await io.json(
          libraries.map(({ code, name, locations }) => ({
            code,
            name,
            locations: locations.map(({ callNumberType, ...location }) => ({
              ...location,
              call_number_type: callNumberType,
            })),
          })),
        )
      else
        for (const line of columns(
          libraries.flatMap(({ code, name, locations }) => [
            [code, '', name],
            ...locations.map((location) => [code, location.code, location.name]),
          ]),
        ))
          await io.line(line)
      return exitCodes.done
    }),
)
