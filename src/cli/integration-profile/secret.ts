import { renewSecret } from '../../import/integration-profile.ts'
import { personHere } from '../../people/person-here.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'

export const integrationProfileSecret = command(
  {
    name: 'integration-profile secret',
    summary: 'Makes a new secret for the exports into a zone.',
    about: [
      'It is printed this once, for Connexion’s field Password. The one before it is refused from now on. Only exports into this zone can be made with it.',
    ],
    arguments: {},
    options: { zone: zoneOption, json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: 'one object { zone, secret }',
  },
  ({ zone: code, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const { secret } = await renewSecret(db, await chooseZone(db, code), personHere())
      if (json) await io.json({ zone: code, secret })
      else await io.line(secret)
      return exitCodes.done
    }),
)
