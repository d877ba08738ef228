import { listPortfolios, type Portfolio } from '../../inventory/portfolio.ts'
import { bibArgument, getBib } from '../bib/argument.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { columns } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'

export const portfolioJson =
  '{ portfolio_id, mms_id, version, url, availability, coverage, public_note, proxy }'

export const portfolioList = command(
  {
    name: 'portfolio list',
    summary: 'Lists the portfolios of a bib.',
    arguments: bibArgument,
    options: { zone: zoneOption, json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: `an array of ${portfolioJson}`,
  },
  ({ mmsId, zone: code, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const { mmsId: of } = await getBib(db, zone, mmsId)
      const portfolios = await listPortfolios(db, zone, of)
      if (json) await io.json(portfolios.map(portfolioRow))
      else
        for (const line of columns(
          portfolios.map(({ portfolioId, availability, url }) => [portfolioId, availability, url ?? '-']),
        ))
          await io.line(line)
      return exitCodes.done
    }),
)

export const portfolioRow = (portfolio: Portfolio) => ({
  portfolio_id: portfolio.portfolioId,
  mms_id: portfolio.mmsId,
  version: portfolio.version,
  url: portfolio.url,
  availability: portfolio.availability,
  coverage: portfolio.coverage,
  public_note: portfolio.publicNote,
  proxy: portfolio.proxy,
})
