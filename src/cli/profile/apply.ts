import { findProfile, saveProfile } from '../../import/profile.ts'
import { personHere } from '../../people/person-here.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { settingChanges } from '../../rules/settings.ts'
import { inOrder } from '../../rules/profile-in-order.ts'
import { changeLines } from './change-lines.ts'
import { readProfile } from './read-profile.ts'

export const profileApply = command(
  {
    name: 'profile apply',
    summary: 'Adds an import profile from a file, or changes it; shows what changes.',
    about: [
      'The file is JSON, as accession profile show --json prints it. The code in it says which profile is meant. Every change is a version; jobs keep the version that they were submitted with.',
    ],
    arguments: { file: { type: 'text', shown: 'FILE', meaning: 'the profile; - is standard input' } },
    options: {
      zone: zoneOption,
      'dry-run': { type: 'flag', meaning: 'show what would change, and change nothing' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'one object { zone, code, version, result, changes: [{ path, before, after }] }; result is added, changed or unchanged, before and after are JSON as text or null, version is that after the change or, of a dry run, before it (null for none)',
  },
  async ({ file, zone: zoneCode, 'dry-run': dryRun, json, data }, io) => {
    const profile = await readProfile(file, io)
    return withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, zoneCode)
      const current = await findProfile(db, zone, profile.code)
      const changes = settingChanges(current === undefined ? {} : inOrder(current.profile), inOrder(profile))
      const result = current === undefined ? 'added' : changes.length === 0 ? 'unchanged' : 'changed'
      const version = dryRun ? (current?.version ?? null) : await saveProfile(db, zone, profile, personHere())
      if (json) await io.json({ zone: zoneCode, code: profile.code, version, result, changes })
      else {
        for (const change of changes) for (const line of changeLines(change)) await io.line(line)
        const would = dryRun ? 'would be ' : ''
        const now = dryRun || version === null ? '' : `, version ${version}`
        await io.line(`Profile ${profile.code} of zone ${zoneCode} ${would || 'is '}${result}${now}.`)
      }
      return exitCodes.done
    })
  },
)
