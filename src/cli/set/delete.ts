import { removeSet } from '../../catalog/sets/saved-set.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { chooseSet, setArgument } from './choose-set.ts'

export const setDelete = command(
  {
    name: 'set delete',
    summary: 'Deletes a set; its members stay what they are.',
    arguments: setArgument,
    options: { zone: zoneOption, data: dataOption },
  },
  ({ set: given, zone: code, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const { id, name } = await chooseSet(db, zone, given)
      await removeSet(db, zone, id)
      await io.line(`Deleted set ${id}, ${name}. Its members are in the catalogue as before.`)
      return exitCodes.done
    }),
)
