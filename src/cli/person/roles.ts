import { personHere } from '../../people/person-here.ts'
import { getPerson, setRoles } from '../../people/person.ts'
import { isRole, roleCodes, roles } from '../../people/roles.ts'
import { nearest } from '../../rules/nearest.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { CommandFailure } from '../failure.ts'
import { personRow } from './list.ts'
import { choosePerson, loginArgument, noted, targetOf } from './noted.ts'

export const personRoles = command(
  {
    name: 'person roles',
    summary: 'Gives somebody exactly these roles in a zone.',
    about: [`The roles are ${roleCodes.join(', ')}; none takes all away.`],
    arguments: {
      login: loginArgument,
      roles: { type: 'list', shown: 'ROLE', meaning: 'codes of roles, or none' },
    },
    options: { zone: zoneOption, json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: 'one object { login, name, state, second_factor, roles, seen_at }',
  },
  ({ login, roles: given, zone: code, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const wanted = given.length === 1 && given[0] === 'none' ? [] : given
      const unknown = wanted.find((role) => !isRole(role))
      if (unknown !== undefined)
        throw new CommandFailure(
          `There is no role ${unknown}.`,
          `Did you mean ${nearest(unknown, roleCodes) ?? roleCodes[0]}? The roles are ${roleCodes.join(', ')}.`,
        )
      const zone = await chooseZone(db, code)
      const person = await choosePerson(db, login)
      const target = targetOf(person, wanted.join(', ') || 'no role')
      await noted(db, { action: 'person roles', zone: zone.code, target }, () =>
        setRoles(db, person.id, zone.zoneId, wanted, personHere()),
      )
      const now = await getPerson(db, person.id)
      if (json) await io.json(personRow(now))
      else {
        const held = (now.roles[zone.code] ?? []).map((role) => roles[role])
        await io.line(
          held.length === 0
            ? `${now.name} has no role in ${zone.code}.`
            : `${now.name} is ${held.join(', ')} in ${zone.code}.`,
        )
      }
      return exitCodes.done
    }),
)
