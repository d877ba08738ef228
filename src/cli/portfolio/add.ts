import { addPortfolio } from '../../inventory/change-portfolio.ts'
import { emptyPortfolio, getPortfolio } from '../../inventory/portfolio.ts'
import { byPerson } from '../../inventory/revision.ts'
import { personHere } from '../../people/person-here.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { inventoryBib } from '../place-options.ts'
import { portfolioJson, portfolioRow } from './list.ts'

export const portfolioAdd = command(
  {
    name: 'portfolio add',
    summary: 'Adds a portfolio that stands alone to a bib.',
    arguments: inventoryBib,
    options: {
      zone: zoneOption,
      url: {
        type: 'text',
        shown: 'URL',
        required: true,
        meaning: 'where the resource is: http, https or ftp',
      },
      coverage: { type: 'text', shown: 'TEXT', meaning: 'what of it can be read there' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: `one object ${portfolioJson}`,
  },
  ({ mmsId, zone: code, url, coverage, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const content = { ...emptyPortfolio, url, coverage: coverage ?? null }
      const portfolio = await db.transaction(async (tx) => {
        const { portfolioId } = await addPortfolio(tx, zone, mmsId, content, byPerson(personHere()))
        return getPortfolio(tx, zone, portfolioId)
      })
      if (json) await io.json(portfolioRow(portfolio))
      else await io.line(`Added portfolio ${portfolio.portfolioId} to bib ${portfolio.mmsId}.`)
      return exitCodes.done
    }),
)
