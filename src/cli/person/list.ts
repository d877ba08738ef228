import { listPeople, type Person } from '../../people/person.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { columns } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'

export const personList = command(
  {
    name: 'person list',
    summary: 'Lists the people who may sign in, with their roles by zone.',
    arguments: {},
    options: { json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: 'an array of { login, name, state, second_factor, roles, seen_at }; state is active, invited or suspended, roles has a list for each zone',
  },
  ({ json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const people = await listPeople(db)
      if (json) await io.json(people.map(personRow))
      else
        for (const line of columns(
          people.map((person) => [person.login, stateOf(person), person.name, rolesOf(person)]),
        ))
          await io.line(line)
      return exitCodes.done
    }),
)

/** A person as the command line prints one. */
export const personRow = (person: Person) => ({
  login: person.login,
  name: person.name,
  state: stateOf(person),
  second_factor: person.hasSecondFactor,
  roles: person.roles,
  seen_at: person.seenAt,
})

const stateOf = ({ active, canSignIn }: Person): string =>
  !active ? 'suspended' : canSignIn ? 'active' : 'invited'

const rolesOf = ({ roles }: Person): string =>
  Object.entries(roles)
    .map(([zone, held]) => `${zone}: ${held.join(', ')}`)
    .join('; ') || 'no role'
