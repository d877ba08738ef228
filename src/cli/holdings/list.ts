import { type Holdings, listHoldings } from '../../inventory/holdings.ts'
import { getBib, bibArgument } from '../bib/argument.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { columns } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'

export const holdingsJson =
  '{ holdings_id, mms_id, version, library, location, call_number, suppressed, items }'

export const holdingsList = command(
  {
    name: 'holdings list',
    summary: 'Lists the holdings of a bib.',
    arguments: bibArgument,
    options: { zone: zoneOption, json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: `an array of ${holdingsJson}`,
  },
  ({ mmsId, zone: code, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const { mmsId: of } = await getBib(db, zone, mmsId)
      const holdings = await listHoldings(db, zone, of)
      if (json) await io.json(holdings.map(holdingsRow))
      else
        for (const line of columns(
          holdings.map(({ holdingsId, library, location, items, callNumber }) => [
            holdingsId,
            library,
            location,
            items,
            callNumber,
          ]),
        ))
          await io.line(line)
      return exitCodes.done
    }),
)

export const holdingsRow = (holdings: Holdings) => ({
  holdings_id: holdings.holdingsId,
  mms_id: holdings.mmsId,
  version: holdings.version,
  library: holdings.library,
  location: holdings.location,
  call_number: holdings.callNumber,
  suppressed: holdings.suppressed,
  items: holdings.items,
})
