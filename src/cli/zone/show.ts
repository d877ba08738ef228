import { countBibs } from '../../catalog/bib-count.ts'
import { listZones } from '../../catalog/zone.ts'
import { defaultProtect } from '../../rules/merge/protect.ts'
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
    summary: 'Shows a zone with its protected fields and its rule for brief levels.',
    arguments: { code: { type: 'text', shown: 'CODE', meaning: 'the zone' } },
    options: { json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: 'one object { code, kind, name, suffix, network, bibs, protect, brief_rule }; protect is the list of fields that imports keep',
  },
  ({ code, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const { fields: protect } = zone.settings.protect ?? defaultProtect
      const bibs = (await countBibs(db)).get(zone.zoneId) ?? 0
      const briefRule = zone.settings.briefRule ?? shippedBriefRule
      const shown = { ...zoneRow(zone, await listZones(db)), bibs, protect, brief_rule: briefRule }
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
        ]))
          await io.line(line)
      return exitCodes.done
    }),
)
