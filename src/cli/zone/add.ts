import { addZone, listZones, type Zone } from '../../catalog/zone.ts'
import { addShippedProfiles } from '../../import/setup.ts'
import { giveNewZone } from '../../people/person.ts'
import { personHere } from '../../people/person-here.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { CommandFailure } from '../failure.ts'
import { zoneRow } from './list.ts'

export const zoneAdd = command(
  {
    name: 'zone add',
    summary: 'Adds a zone, with the shipped import profiles of its kind.',
    about: [
      'The suffix, four digits, ends every record number of the zone; no two zones share one, and it cannot be changed later.',
    ],
    arguments: { code: { type: 'text', shown: 'CODE', meaning: 'letters, digits and _' } },
    options: {
      kind: {
        type: 'text',
        shown: 'KIND',
        required: true,
        choices: ['network', 'institution', 'community'],
        meaning: 'what the zone is',
      },
      name: { type: 'text', shown: 'NAME', required: true, meaning: 'its name for people' },
      suffix: { type: 'text', shown: 'DIGITS', required: true, meaning: 'four digits' },
      network: { type: 'text', shown: 'CODE', meaning: 'the network that an institution belongs to' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'one object { code, kind, name, suffix, network, profiles }; profiles are the codes of those added',
  },
  ({ code, kind, name, suffix, network, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zones = await listZones(db)
      checkNew({ code, kind, suffix, network }, zones)
      await addZone(db, { code, kind, name, suffix, ...(network === undefined ? {} : { network }) })
      await giveNewZone(db, code, network ?? null)
      const zone = await chooseZone(db, code)
      const profiles = await addShippedProfiles(db, zone, personHere())
      if (json) await io.json({ ...zoneRow(zone, zones), profiles })
      else
        await io.line(
          `Added zone ${code}${profiles.length === 0 ? '' : `, with the profiles ${profiles.join(', ')}`}.`,
        )
      return exitCodes.done
    }),
)

type New = Pick<Zone, 'code' | 'kind' | 'suffix'> & { readonly network: string | undefined }

/** @throws {CommandFailure} where the zones that there are, or the rules of codes, do not allow it */
function checkNew({ code, kind, suffix, network }: New, zones: readonly Zone[]): void {
  if (!/^[A-Za-z0-9_]{1,40}$/.test(code))
    throw new CommandFailure(`${code} is no code of a zone.`, 'Use up to 40 letters, digits and _.')
  if (zones.some((zone) => zone.code === code)) throw new CommandFailure(`There is a zone ${code} already.`)
  if (!/^\d{4}$/.test(suffix)) throw new CommandFailure(`The suffix must be four digits, and is ${suffix}.`)
  const owner = zones.find((zone) => zone.suffix === suffix)
  if (owner)
    throw new CommandFailure(`The suffix ${suffix} is that of zone ${owner.code}.`, 'Choose another.')
  if (network === undefined) return
  if (kind !== 'institution') throw new CommandFailure('Only an institution belongs to a network.')
  if (!zones.some((zone) => zone.code === network && zone.kind === 'network'))
    throw new CommandFailure(
      `There is no network zone ${network}.`,
      `The network zones are ${
        zones
          .filter((zone) => zone.kind === 'network')
          .map((zone) => zone.code)
          .join(', ') || 'none yet'
      }.`,
    )
}
