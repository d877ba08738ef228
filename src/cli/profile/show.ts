import { profileSummary } from '../../server/profile-summary.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseProfile, chooseZone, zoneOption } from '../choose.ts'
import { columns } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { settingsOf } from '../../rules/settings.ts'
import { style } from '../style.ts'
import { formatTime } from '../time.ts'
import { inOrder } from '../../rules/profile-in-order.ts'
import { profileArgument } from './argument.ts'

export const profileShow = command(
  {
    name: 'profile show',
    summary: 'Shows an import profile, as it is or as it was.',
    about: ['With --json it is printed as accession profile apply takes it: a start for one of your own.'],
    arguments: profileArgument,
    options: {
      zone: zoneOption,
      version: { type: 'number', shown: 'N', least: 1, meaning: 'as it was in that version' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'the profile, indented',
  },
  ({ code, zone: zoneCode, version: wanted, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, zoneCode)
      const stored = await chooseProfile(db, zone, code, wanted)
      const { version, changedAt, changedBy } = stored
      const profile = inOrder(stored.profile)
      if (json) {
        await io.write(`${JSON.stringify(profile, null, 2)}\n`)
        return exitCodes.done
      }
      await io.line(style.strong(`${code} of zone ${zoneCode}, version ${version}`))
      await io.line(profileSummary(profile))
      await io.line(`changed ${formatTime(changedAt)}${changedBy === null ? '' : ` by ${changedBy}`}\n`)
      for (const line of columns(settingsOf(profile).map(({ path, value }) => [path, value])))
        await io.line(line)
      return exitCodes.done
    }),
)
