import { invite } from '../../people/invitation.ts'
import { personHere } from '../../people/person-here.ts'
import { addPerson, getPerson } from '../../people/person.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { linkLine } from './invite.ts'
import { personRow } from './list.ts'
import { noted } from './noted.ts'

export const personAdd = command(
  {
    name: 'person add',
    summary: 'Adds somebody, without a role yet, and prints the link to choose a password by.',
    about: ['The link lets its holder in, once and within seven days: hand it over as you would a key.'],
    arguments: {
      login: { type: 'text', shown: 'LOGIN', meaning: 'letters, digits, . - _, or an e-mail address' },
    },
    options: {
      name: { type: 'text', shown: 'NAME', required: true, meaning: 'the name that others see' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'one object { login, name, state, second_factor, roles, seen_at, link }; link is a path at the address of Accession',
  },
  ({ login, name, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const { person, link } = await noted(
        db,
        { action: 'person add', target: `${name} (${login})` },
        async () => {
          const id = await addPerson(db, { login, name }, personHere())
          const token = await invite(db, id, personHere())
          return { person: await getPerson(db, id), link: `/welcome/${token}` }
        },
      )
      if (json) await io.json({ ...personRow(person), link })
      else {
        await io.line(`Added ${person.name} (${person.login}), who has no role yet.`)
        await io.line(linkLine(link))
      }
      return exitCodes.done
    }),
)
