import { connexionSettings } from '../../import/connexion-settings.ts'
import { getIntegrationProfile } from '../../import/integration-profile.ts'
import { gatewayPort } from '../../protocols/gateway/server.ts'
import { profileSummary } from '../../server/profile-summary.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { columns } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { style } from '../style.ts'

export const integrationProfileShow = command(
  {
    name: 'integration-profile show',
    summary: 'Shows the integration profile of a zone, and what is typed into Connexion for it.',
    about: ['What --json prints is what apply takes. The secret is kept as a hash, and cannot be shown.'],
    arguments: {},
    options: {
      zone: zoneOption,
      host: { type: 'text', shown: 'NAME', meaning: 'the name by which cataloguers reach the gateway' },
      port: { type: 'number', shown: 'N', most: 65_535, meaning: 'its port; 5500 by default' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'one object { logon, addresses, profile }',
  },
  ({ zone: code, host, port, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const found = await getIntegrationProfile(db, await chooseZone(db, code))
      const { logon, addresses, profile } = found
      if (json) {
        await io.json({ logon, addresses, profile })
        return exitCodes.done
      }
      await io.line(style.strong(`${profile.name}, zone ${code}${profile.active ? '' : ', not active'}`))
      await io.line(profileSummary(profile))
      await io.line(`Takes exports from ${addresses.length === 0 ? 'any address' : addresses.join(', ')}.`)
      await io.line()
      await io.line(style.strong('In Connexion:'))
      const reached = { host: host ?? 'the host of the gateway', port: port ?? gatewayPort }
      const rows = connexionSettings(found, reached).map(({ name, value }) => ['', name, value])
      for (const line of columns(rows)) await io.line(line)
      return exitCodes.done
    }),
)
