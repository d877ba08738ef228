import { compareVersions } from '../../import/profile-versions.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseProfile, chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { profileArgument } from './argument.ts'
import { changeLines } from './change-lines.ts'

export const profileDiff = command(
  {
    name: 'profile diff',
    summary: 'Shows what differs between two versions of an import profile.',
    arguments: profileArgument,
    options: {
      zone: zoneOption,
      from: { type: 'number', shown: 'N', required: true, least: 1, meaning: 'the version to start from' },
      to: {
        type: 'number',
        shown: 'N',
        least: 1,
        meaning: 'the version to compare it with; else the present one',
      },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'one object { zone, code, from, to, changes: [{ path, before, after }] }, before and after JSON as text or null',
  },
  ({ code, zone: zoneCode, from, to, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, zoneCode)
      await chooseProfile(db, zone, code)
      const compared = await compareVersions(db, zone, code, { from, ...(to === undefined ? {} : { to }) })
      const { changes } = compared
      if (json) await io.json({ zone: zoneCode, code, from, to: compared.to.version, changes })
      else {
        for (const change of changes) for (const line of changeLines(change)) await io.line(line)
        if (changes.length === 0) io.say(`Versions ${from} and ${compared.to.version} are the same.`)
      }
      return exitCodes.done
    }),
)
