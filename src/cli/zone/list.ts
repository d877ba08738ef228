import { countBibs } from '../../catalog/bib-count.ts'
import { listZones, type Zone } from '../../catalog/zone.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { columns } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'

export const zoneList = command(
  {
    name: 'zone list',
    summary: 'Lists the zones and how many bibs each has.',
    arguments: {},
    options: { json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: 'an array of { code, kind, name, suffix, network, bibs }; kind is network, institution or community, network a code or null',
  },
  ({ json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zones = await listZones(db)
      const counts = await countBibs(db)
      const rows = zones.map((zone) => ({ ...zoneRow(zone, zones), bibs: counts.get(zone.zoneId) ?? 0 }))
      if (json) await io.json(rows)
      else
        for (const line of columns(
          rows.map(({ code, kind, suffix, bibs, name }) => [code, kind, suffix, bibs, name]),
        ))
          await io.line(line)
      return exitCodes.done
    }),
)

/** A zone as it is printed; `network` is the code of the network that it belongs to. */
export function zoneRow({ code, kind, name, suffix, networkZoneId }: Zone, zones: readonly Zone[]) {
  const network = zones.find(({ zoneId }) => zoneId === networkZoneId)?.code ?? null
  return { code, kind, name, suffix, network }
}
