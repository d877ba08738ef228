import { releaseBib } from '../../catalog/lock.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { bibArgument, getBib } from './argument.ts'

export const bibRelease = command(
  {
    name: 'bib release',
    summary: 'Releases the lock of a bib, whoever holds it.',
    arguments: bibArgument,
    options: { zone: zoneOption, json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: 'one object { mms_id, released }; released is false where there was no lock',
  },
  ({ mmsId, zone: code, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const released = await releaseBib(db, zone.zoneId, mmsId)
      if (!released) await getBib(db, zone, mmsId)
      if (json) await io.json({ mms_id: mmsId, released })
      else await io.line(released ? `Bib ${mmsId} is released.` : `Nobody had bib ${mmsId} locked.`)
      return exitCodes.done
    }),
)
