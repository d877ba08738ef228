import { setActive } from '../../people/person.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { choosePerson, loginArgument, noted, targetOf } from './noted.ts'

export const personSuspend = switching(
  false,
  'person suspend',
  'Lets somebody in no more, and ends their sessions.',
  'is let in no more',
)

export const personReadmit = switching(
  true,
  'person readmit',
  'Lets somebody who was suspended in again.',
  'is let in again',
)

function switching(active: boolean, name: string, summary: string, became: string) {
  return command(
    {
      name,
      summary,
      arguments: { login: loginArgument },
      options: { json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
      json: 'one object { login, active }',
    },
    ({ login, json, data }, io) =>
      withCatalogue(data, io, async ({ db }) => {
        const person = await choosePerson(db, login)
        await noted(db, { action: name, target: targetOf(person) }, () => setActive(db, person.id, active))
        if (json) await io.json({ login: person.login, active })
        else await io.line(`${person.name} ${became}.`)
        return exitCodes.done
      }),
  )
}
