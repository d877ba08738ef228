import { readFile } from 'node:fs/promises'
import type { Zone } from '../../catalog/zone.ts'
import {
  getIntegrationProfile,
  type IntegrationSettings,
  parseIntegration,
  saveIntegrationProfile,
  shippedIntegration,
} from '../../import/integration-profile.ts'
import { personHere } from '../../people/person-here.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { CommandFailure } from '../failure.ts'
import { integrationRow } from './list.ts'

export const integrationProfileApply = command(
  {
    name: 'integration-profile apply',
    summary: 'Saves the integration profile of a zone, so that Connexion can export into it.',
    about: [
      'Without a FILE the shipped one is saved: the logon is the code of the zone, records match by OCLC number, and replace all but local fields.',
      'The first save makes a secret, for Connexion’s field Password, and prints it this once.',
    ],
    arguments: {
      file: { type: 'text', shown: 'FILE', meaning: 'what show --json prints, changed', optional: true },
    },
    options: { zone: zoneOption, json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: 'one object: that of integration-profile list, and secret, which is null but for the first save',
  },
  ({ file, zone: code, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const settings = file === undefined ? shippedIntegration(zone) : await readSettings(file)
      const { secret } = await saveIntegrationProfile(db, zone, settings, personHere())
      const saved = await getIntegrationProfile(db, zone)
      if (json) await io.json({ ...integrationRow(saved), secret })
      else
        await io.line(secret === null ? words(zone, saved.version) : secretWords(zone, saved.logon, secret))
      return exitCodes.done
    }),
)

const words = (zone: Zone, version: number) =>
  `The integration profile of ${zone.code} is saved, as version ${version}. Its secret is the one that it had.`

const secretWords = (zone: Zone, logon: string, secret: string) =>
  `${zone.code} takes exports from Connexion.\n  Login ID  ${logon}\n  Password  ${secret}\nThe password is not shown again.`

/** @throws {CommandFailure} with every fault of the file */
async function readSettings(path: string): Promise<IntegrationSettings> {
  const parsed = parseIntegration(parseJson(path, await readFile(path, 'utf8')))
  if (parsed.ok) return parsed.settings
  const faults = parsed.problems.map(({ path: at, message }) => `  ${at === '' ? '' : `${at} `}${message}`)
  throw new CommandFailure(`${path} is no integration profile:\n${faults.join('\n')}`)
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new CommandFailure(`${path} is no JSON: ${error instanceof Error ? error.message : String(error)}.`)
  }
}
