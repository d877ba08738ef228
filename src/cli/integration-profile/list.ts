import { type IntegrationProfile, listIntegrationProfiles } from '../../import/integration-profile.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { columns } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'

export const integrationProfileList = command(
  {
    name: 'integration-profile list',
    summary: 'Lists the zones that take exports from OCLC Connexion.',
    arguments: {},
    options: { json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: 'an array of { zone, code, name, logon, active, addresses, use_network_zone, version, secret_made_at, changed_at, changed_by }',
  },
  ({ json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const profiles = await listIntegrationProfiles(db)
      if (json) await io.json(profiles.map(integrationRow))
      else {
        for (const line of columns(profiles.map(cells))) await io.line(line)
        if (profiles.length === 0)
          io.say(
            'No zone has an integration profile. accession integration-profile apply --zone CODE makes one.',
          )
      }
      return exitCodes.done
    }),
)

/** An integration profile as it is printed, its rules aside. */
export const integrationRow = ({ profile, ...settings }: IntegrationProfile) => ({
  zone: settings.zone,
  code: profile.code,
  name: profile.name,
  logon: settings.logon,
  active: profile.active,
  addresses: settings.addresses,
  use_network_zone: profile.useNetworkZone,
  version: settings.version,
  secret_made_at: settings.secretMadeAt,
  changed_at: settings.changedAt,
  changed_by: settings.changedBy,
})

const cells = ({ zone, logon, profile }: IntegrationProfile) => [
  zone,
  `logon ${logon}`,
  profile.active ? 'active' : 'not active',
  profile.useNetworkZone ? 'into the network zone' : '',
  profile.name,
]
