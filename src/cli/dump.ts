import { dump } from '../import/dump.ts'
import { dataOption, withCatalogue } from './catalogue.ts'
import { chooseZone, zoneOption } from './choose.ts'
import { command } from './command.ts'
import { exitCodes } from './exit-code.ts'

const dumpZone = command(
  {
    name: 'dump',
    summary: 'Prints the catalogue of a zone in a form that can be compared by checksum.',
    about: [
      'One line a bib, sorted, free of record numbers, times, 001 and 005; with how much inventory it has at the end.',
    ],
    arguments: {},
    options: { zone: zoneOption, data: dataOption },
  },
  ({ zone, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      for await (const lines of dump(db, await chooseZone(db, zone))) await io.write(`${lines.join('\n')}\n`)
      return exitCodes.done
    }),
)

export const commands = [dumpZone]
