import { listSets } from '../../catalog/sets/saved-set.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { columns, cut, formatCount } from '../columns.ts'
import { command } from '../command.ts'
import { typeOfEntity } from '../entities.ts'
import { exitCodes } from '../exit-code.ts'
import { setJson, setRow } from './choose-set.ts'

export const setList = command(
  {
    name: 'set list',
    summary: 'Lists the sets of a zone, saved searches among them.',
    arguments: {},
    options: { zone: zoneOption, json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: `an array of ${setJson}; members is null of a logical set, which has what its query finds`,
  },
  ({ zone: code, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const sets = await listSets(db, await chooseZone(db, code))
      if (json) await io.json(sets.map(setRow))
      else
        for (const line of columns(
          sets.map(({ id, name, kind, entity, members, query }) => [
            String(id),
            kind,
            typeOfEntity(entity),
            members === null ? '' : formatCount(members),
            name,
            cut(query ?? '', 60),
          ]),
        ))
          await io.line(line)
      return exitCodes.done
    }),
)
