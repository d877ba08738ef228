import { compareVersions, restoreProfile } from '../../import/profile-versions.ts'
import { personHere } from '../../people/person-here.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseProfile, chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { profileArgument } from './argument.ts'
import { changeLines } from './change-lines.ts'

export const profileRestore = command(
  {
    name: 'profile restore',
    summary: 'Makes an import profile again what it was in a version, as a new version.',
    arguments: profileArgument,
    options: {
      zone: zoneOption,
      version: { type: 'number', shown: 'N', required: true, least: 1, meaning: 'the version to go back to' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'one object { zone, code, version, restored, changes: [{ path, before, after }] }; version is the new one, or the present one where nothing changes',
  },
  ({ code, zone: zoneCode, version: restored, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, zoneCode)
      const current = await chooseProfile(db, zone, code)
      const { changes } = await compareVersions(db, zone, code, { from: current.version, to: restored })
      const version = await restoreProfile(db, zone, code, restored, personHere())
      if (json) await io.json({ zone: zoneCode, code, version, restored, changes })
      else {
        for (const change of changes) for (const line of changeLines(change)) await io.line(line)
        await io.line(
          changes.length === 0
            ? `Profile ${code} of zone ${zoneCode} is that already, version ${version}.`
            : `Profile ${code} of zone ${zoneCode} is as in version ${restored}, now version ${version}.`,
        )
      }
      return exitCodes.done
    }),
)
