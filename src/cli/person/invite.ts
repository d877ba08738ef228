import { invite } from '../../people/invitation.ts'
import { personHere } from '../../people/person-here.ts'
import { removeSecondFactor } from '../../people/second-factor.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { choosePerson, loginArgument, noted, targetOf } from './noted.ts'

export const personInvite = command(
  {
    name: 'person invite',
    summary: 'Prints a new link to choose a password by, where the old one is lost.',
    about: [
      'The way in for an only administrator who has lost the password: whoever has the data directory needs none. Links made before it let nobody in any more; the present password and open sessions stay until the link is used.',
    ],
    arguments: { login: loginArgument },
    options: {
      'no-second-factor': {
        type: 'flag',
        meaning: 'take the second factor away too, where the authenticator is lost',
      },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'one object { login, link }; link is a path at the address of Accession',
  },
  ({ login, 'no-second-factor': noFactor, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const person = await choosePerson(db, login)
      const what = noFactor ? 'a new link, no second factor' : 'a new link'
      const link = await noted(db, { action: 'person invite', target: targetOf(person, what) }, async () => {
        if (noFactor) await removeSecondFactor(db, person.id)
        return `/welcome/${await invite(db, person.id, personHere())}`
      })
      if (json) await io.json({ login: person.login, link })
      else {
        await io.line(linkLine(link))
        if (!person.active)
          await io.line(`${person.name} is suspended: accession person readmit ${person.login}`)
      }
      return exitCodes.done
    }),
)

export const linkLine = (link: string): string =>
  `Open ${link} at the address of Accession, within seven days, to choose a password.`
