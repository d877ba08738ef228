import { lockBib } from '../../catalog/lock.ts'
import { personHere } from '../../people/person-here.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { CommandFailure } from '../failure.ts'
import { formatTime } from '../time.ts'
import { bibArgument, noSuchBib } from './argument.ts'

export const bibLock = command(
  {
    name: 'bib lock',
    summary: 'Locks a bib for you, or renews your lock: imports leave it alone.',
    about: ['A lock ends 60 minutes after its last sign of life; locking again is one.'],
    arguments: bibArgument,
    options: { zone: zoneOption, json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: 'one object { mms_id, holder, since, until, token }',
  },
  ({ mmsId, zone: code, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const result = await lockBib(db, zone.zoneId, mmsId, personHere(), zone.zoneId)
      if (!result.ok && result.why === 'not-found') throw await noSuchBib(db, zone, mmsId)
      const { holder, since, until, token } = result.lock
      if (!result.ok)
        throw new CommandFailure(
          `${holder} has had bib ${mmsId} open since ${formatTime(since)}.`,
          `Ask ${holder} to release it; otherwise the lock ends at ${formatTime(until)}.`,
        )
      if (json) await io.json({ mms_id: mmsId, holder, since, until, token })
      else await io.line(`Bib ${mmsId} is locked for ${holder} until ${formatTime(until)}.`)
      return exitCodes.done
    }),
)
