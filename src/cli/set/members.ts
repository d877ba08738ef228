import { streamMembers } from '../../catalog/sets/set-members.ts'
import { foundBib } from '../../server/found-bib.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { columns, counted, cut } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { chooseSet, setArgument } from './choose-set.ts'

export const setMembers = command(
  {
    name: 'set members',
    summary: 'Lists what is in a set, oldest first; what is gone from the catalogue is left out.',
    about: ['accession export --set writes the records.'],
    arguments: setArgument,
    options: { zone: zoneOption, json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: 'an array of { mms_id, title, creator, item_id, portfolio_id }; the last two are null but in sets of items or portfolios',
  },
  ({ set: given, zone: code, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const set = await chooseSet(db, zone, given)
      const all: object[] = []
      let count = 0
      for await (const rows of streamMembers(db, zone, set)) {
        count += rows.length
        const bibs = rows.map(foundBib)
        if (json) {
          all.push(
            ...bibs.map(({ mmsId, title, creator, item, portfolio }) => ({
              mms_id: mmsId,
              title,
              creator,
              item_id: item?.itemId ?? null,
              portfolio_id: portfolio?.portfolioId ?? null,
            })),
          )
          continue
        }
        for (const line of columns(
          bibs.map(({ mmsId, title, creator, item, portfolio }) => [
            mmsId,
            ...(item ? [item.itemId, item.barcode ?? ''] : []),
            ...(portfolio ? [portfolio.portfolioId] : []),
            `${cut(title, 70)}${creator === null ? '' : ` / ${cut(creator, 40)}`}`,
          ]),
        ))
          await io.line(line)
      }
      if (json) await io.json(all)
      else io.say(`${counted(count, 'member')}.`)
      return exitCodes.done
    }),
)
