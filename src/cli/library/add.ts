import { addLibrary } from '../../inventory/place.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'

export const libraryAdd = command(
  {
    name: 'library add',
    summary: 'Adds a library to an institution.',
    arguments: { code: { type: 'text', shown: 'CODE', meaning: '852 $b of holdings there; without blanks' } },
    options: {
      zone: zoneOption,
      name: { type: 'text', shown: 'NAME', required: true, meaning: 'its name for people' },
      data: dataOption,
    },
  },
  ({ code, zone, name, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      await addLibrary(db, await chooseZone(db, zone), { code, name })
      await io.line(`Added library ${code} to zone ${zone}. It has no locations yet.`)
      return exitCodes.done
    }),
)
