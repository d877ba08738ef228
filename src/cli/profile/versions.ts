import type { Zone } from '../../catalog/zone.ts'
import type { Queryable } from '../../db/database.ts'
import { listProfileVersions, type ProfileVersion } from '../../import/profile-versions.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseProfile, chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { style } from '../style.ts'
import { formatTime } from '../time.ts'
import { profileArgument } from './argument.ts'
import { changeLines } from './change-lines.ts'

export const profileVersions = command(
  {
    name: 'profile versions',
    summary: 'Lists the versions of an import profile, newest first, with what each changed.',
    arguments: profileArgument,
    options: { zone: zoneOption, json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: 'an array of { version, is_current, changed_at, changed_by, changes: [{ path, before, after }] }, before and after JSON as text or null',
  },
  ({ code, zone: zoneCode, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, zoneCode)
      await chooseProfile(db, zone, code)
      const versions = await allVersions(db, zone, code)
      if (json) {
        await io.json(
          versions.map(({ version, isCurrent, changedAt, changedBy, changes }) => ({
            version,
            is_current: isCurrent,
            changed_at: changedAt,
            changed_by: changedBy,
            changes,
          })),
        )
        return exitCodes.done
      }
      for (const { version, isCurrent, changedAt, changedBy, changes } of versions) {
        const by = changedBy === null ? '' : ` by ${changedBy}`
        await io.line(
          style.strong(`Version ${version}${isCurrent ? ', current' : ''}: ${formatTime(changedAt)}${by}`),
        )
        for (const change of changes) for (const line of changeLines(change)) await io.line(`  ${line}`)
      }
      return exitCodes.done
    }),
)

const page = 200

async function allVersions(db: Queryable, zone: Zone, code: string): Promise<ProfileVersion[]> {
  const versions: ProfileVersion[] = []
  for (;;) {
    const below = versions.at(-1)?.version
    const rows = await listProfileVersions(db, zone, code, {
      ...(below === undefined ? {} : { below }),
      limit: page,
    })
    versions.push(...rows)
    if (rows.length < page) return versions
  }
}
