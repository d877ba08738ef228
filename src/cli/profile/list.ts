import { listZones } from '../../catalog/zone.ts'
import { listProfiles } from '../../import/profile.ts'
import { profileSummary } from '../../server/profile-summary.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone } from '../choose.ts'
import { columns } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'

export const profileList = command(
  {
    name: 'profile list',
    summary: 'Lists the import profiles.',
    about: ['Profiles of the types new-order and update-inventory can be kept, and cannot be run yet.'],
    arguments: {},
    options: {
      zone: { type: 'text', shown: 'CODE', meaning: 'only those of a zone' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'an array of { zone, code, type, name, version, active, use_network_zone, originating_system, summary }; type is repository, new-order or update-inventory',
  },
  ({ zone, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zones = zone === undefined ? await listZones(db) : [await chooseZone(db, zone)]
      const profiles = []
      for (const each of zones) profiles.push(...(await listProfiles(db, each)))
      if (json)
        await io.json(
          profiles.map(({ zone: code, version, profile }) => ({
            zone: code,
            code: profile.code,
            type: profile.type,
            name: profile.name,
            version,
            active: profile.active,
            use_network_zone: profile.useNetworkZone,
            originating_system: profile.originatingSystem,
            summary: profileSummary(profile),
          })),
        )
      else
        for (const line of columns(
          profiles.map(({ zone: code, profile }) => [
            code,
            profile.code,
            profile.type,
            `${profile.name}${profile.active ? '' : ' [not active]'}${profile.type === 'repository' ? '' : ' [cannot be run yet]'}`,
          ]),
        ))
          await io.line(line)
      return exitCodes.done
    }),
)
