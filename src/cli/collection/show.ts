import { getCollection } from '../../inventory/electronic-collection.ts'
import { listOffered, type OfferedPortfolio } from '../../inventory/offered-portfolio.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { columns } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { collectionArgument } from './argument.ts'
import { collectionJson, collectionRow } from './list.ts'

/** Portfolios that are read at once. */
const page = 1000

export const collectionShow = command(
  {
    name: 'collection show',
    summary: 'Shows an electronic collection and its portfolios.',
    arguments: collectionArgument,
    options: { zone: zoneOption, json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: `one object ${collectionJson} with titles: [{ portfolio_id, mms_id, title, title_key, url, coverage, availability, withdrawn_at, activated_id }]`,
  },
  ({ collection: id, zone: code, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const collection = await getCollection(db, zone, id)
      const titles: OfferedPortfolio[] = []
      for (let after: string | null = null; ; ) {
        const rows: OfferedPortfolio[] = await listOffered(db, zone, collection, { after, limit: page })
        titles.push(...rows)
        if (rows.length < page) break
        after = rows.at(-1)?.portfolioId ?? null
      }
      if (json) await io.json({ ...collectionRow(collection), titles: titles.map(titleRow) })
      else {
        await io.line(`${collection.collectionId} ${collection.name}, zone ${collection.zone}`)
        for (const line of columns(
          titles.map(({ portfolioId, withdrawnAt, activatedId, title }) => [
            portfolioId,
            withdrawnAt === null ? 'available' : 'withdrawn',
            activatedId ?? '-',
            title,
          ]),
        ))
          await io.line(line)
      }
      return exitCodes.done
    }),
)

const titleRow = (title: OfferedPortfolio) => ({
  portfolio_id: title.portfolioId,
  mms_id: title.mmsId,
  title: title.title,
  title_key: title.titleKey,
  url: title.url,
  coverage: title.coverage,
  availability: title.availability,
  withdrawn_at: title.withdrawnAt,
  activated_id: title.activatedId,
})
