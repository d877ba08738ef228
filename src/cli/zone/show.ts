import { countBibs } from '../../catalog/bib-count.ts'
import { protectedFields } from '../../catalog/protected-fields.ts'
import { listZones } from '../../catalog/zone.ts'
import { shareProfileCode } from '../../import/link-settings.ts'
import { shippedBriefRule } from '../../rules/shipped-rules.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone } from '../choose.ts'
import { columns, formatCount } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { zoneRow } from './list.ts'

export const zoneShow = command(
  {
    name: 'zone show',
    summary:
      'Shows a zone with its protected fields, its rule for brief levels, and how bibs are shared with it.',
    arguments: { code: { type: 'text', shown: 'CODE', meaning: 'the zone' } },
    options: { json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: 'one object { code, kind, name, suffix, network, bibs, protect, brief_rule, share_profile }; share_profile is null but for networks, protect is the list of fields that imports keep',
  },
  ({ code, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const { fields, members = [] } = await protectedFields(db, zone)
      const protect = [...fields, ...members.map((member) => `$5 ${member}`)]
      const bibs = (await countBibs(db)).get(zone.zoneId) ?? 0
      const briefRule = zone.settings.briefRule ?? shippedBriefRule
      const shareProfile = zone.kind === 'network' ? shareProfileCode(zone) : null
      const shown = {
        ...zoneRow(zone, await listZones(db)),
        bibs,
        protect,
        brief_rule: briefRule,
        share_profile: shareProfile,
      }
      if (json) await io.json(shown)
      else
        for (const line of columns([
          ['code', shown.code],
          ['kind', shown.kind],
          ['name', shown.name],
          ['suffix', shown.suffix],
          ['network', shown.network ?? 'none'],
          ['bibs', formatCount(bibs)],
          ['protected', protect.join(', ')],
          ['brief levels', `by ${briefRule}`],
          ...(shareProfile === null ? [] : [['shared with', `by profile ${shareProfile}`]]),
        ]))
          await io.line(line)
      return exitCodes.done
    }),
)
