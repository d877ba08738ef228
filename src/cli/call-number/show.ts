import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { columns } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { rowCells, tableOf } from './table-text.ts'

export const callNumberShow = command(
  {
    name: 'call-number show',
    summary: 'Shows the call number mapping table of a zone.',
    about: [
      'With --json it is printed as accession call-number apply takes it: a start for one of your own.',
    ],
    arguments: {},
    options: { zone: zoneOption, json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: 'the table, indented: { rows: [{ scheme, source, field, ind1, subfields: [{ from, to }] }], update }; update is on-new or always, source and ind1 are there where they matter',
  },
  ({ zone: code, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const table = tableOf(zone)
      if (json) {
        await io.write(`${JSON.stringify(table, null, 2)}\n`)
        return exitCodes.done
      }
      await io.line(
        `${zone.settings.callNumbers === undefined ? 'The shipped table' : `The table of zone ${code}`}; holdings take the number ${table.update === 'always' ? 'whenever it changes' : 'when they are made'}.`,
      )
      for (const line of columns((table.rows ?? []).map(rowCells))) await io.line(line)
      return exitCodes.done
    }),
)
