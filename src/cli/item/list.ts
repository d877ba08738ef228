import { type Item, listItems } from '../../inventory/item.ts'
import { getHoldings } from '../../inventory/holdings.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { columns } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'

export const itemJson =
  '{ item_id, holdings_id, mms_id, version, barcode, status, library, location, call_number, description, policy, material_type }'

/** Items read at a time. */
const pageSize = 200

export const itemList = command(
  {
    name: 'item list',
    summary: 'Lists the items of holdings.',
    arguments: { holdingsId: { type: 'text', shown: 'HOLDINGSID', meaning: 'number of the holdings' } },
    options: { zone: zoneOption, json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: `an array of ${itemJson}`,
  },
  ({ holdingsId, zone: code, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      await getHoldings(db, zone, holdingsId)
      const items: Item[] = []
      for (;;) {
        const after = items.at(-1)?.itemId ?? ''
        const page = await listItems(db, zone, holdingsId, { after, limit: pageSize })
        items.push(...page)
        if (page.length < pageSize) break
      }
      if (json) await io.json(items.map(itemRow))
      else
        for (const line of columns(
          items.map(({ itemId, barcode, status, policy, description }) => [
            itemId,
            barcode ?? '-',
            status,
            policy ?? '-',
            description ?? '',
          ]),
        ))
          await io.line(line)
      return exitCodes.done
    }),
)

export const itemRow = (item: Item) => ({
  item_id: item.itemId,
  holdings_id: item.holdingsId,
  mms_id: item.mmsId,
  version: item.version,
  barcode: item.barcode,
  status: item.status,
  library: item.library,
  location: item.location,
  call_number: item.callNumber,
  description: item.description,
  policy: item.policy,
  material_type: item.materialType,
})
