import { getZone } from '../../catalog/zone.ts'
import { takeFromBib } from '../../import/settle-bib.ts'
import { addPortfolio, removePortfolio, updatePortfolio } from '../../inventory/change-portfolio.ts'
import { relinkInventory } from '../../inventory/move.ts'
import {
  emptyPortfolio,
  getPortfolio,
  listPortfolios,
  type PortfolioContent,
} from '../../inventory/portfolio.ts'
import { byPerson } from '../../inventory/revision.ts'
import { BibParams } from '../api/bib.ts'
import { ApiError } from '../api/error.ts'
import {
  AddedPortfolio,
  Portfolio,
  PortfolioChange,
  PortfolioParams,
  Portfolios,
  PortfolioToAdd,
  Relink,
  Relinked,
  Removal,
  Removed,
} from '../api/inventory.ts'
import { byOf } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { emptying } from '../emptying.ts'
import { withoutBlanks } from '../without-blanks.ts'

const edits = { config: { access: { may: 'inventory.electronic.edit', in: 'zone' } } } as const

/** Access to electronic resources. */
export function portfolioRoutes(app: App, { db }: ServerContext): void {
  app.get(
    '/api/zones/:zone/bibs/:mmsId/portfolios',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['inventory'],
        summary: 'The portfolios of a bib',
        params: BibParams,
        response: { 200: Portfolios, '4xx': ApiError },
      },
    },
    async ({ params }) => listPortfolios(db, await getZone(db, params.zone), params.mmsId),
  )

  app.post(
    '/api/zones/:zone/bibs/:mmsId/portfolios',
    {
      ...edits,
      schema: {
        tags: ['inventory'],
        summary: 'Adds a portfolio that stands alone; of a network or community bib, to the linked one',
        params: BibParams,
        body: PortfolioToAdd,
        response: { 200: AddedPortfolio, '4xx': ApiError },
      },
    },
    async (request) => {
      const { params, body } = request
      const zone = await getZone(db, params.zone)
      return await db.transaction(async (tx) => {
        const by = byPerson(byOf(request))
        const { portfolioId, bib } = await addPortfolio(tx, zone, params.mmsId, contentOf(body), by)
        return {
          portfolio: await getPortfolio(tx, zone, portfolioId),
          mmsId: bib.mmsId,
          isNewBib: bib.isNew,
        }
      })
    },
  )

  app.get(
    '/api/zones/:zone/portfolios/:id',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['inventory'],
        summary: 'A portfolio',
        params: PortfolioParams,
        response: { 200: Portfolio, '4xx': ApiError },
      },
    },
    async ({ params }) => getPortfolio(db, await getZone(db, params.zone), params.id),
  )

  app.put(
    '/api/zones/:zone/portfolios/:id',
    {
      ...edits,
      schema: {
        tags: ['inventory'],
        summary: 'Gives a portfolio other content; what is left out is empty',
        params: PortfolioParams,
        body: PortfolioChange,
        response: { 200: Portfolio, '4xx': ApiError },
      },
    },
    async (request) => {
      const {
        params,
        body: { version, portfolio },
      } = request
      const zone = await getZone(db, params.zone)
      return await db.transaction(async (tx) => {
        await updatePortfolio(tx, zone, params.id, version, contentOf(portfolio), byPerson(byOf(request)))
        return await getPortfolio(tx, zone, params.id)
      })
    },
  )

  app.put(
    '/api/zones/:zone/portfolios/:id/bib',
    {
      ...edits,
      schema: {
        tags: ['inventory'],
        summary: 'Brings a portfolio to another bib',
        params: PortfolioParams,
        body: Relink,
        response: { 200: Relinked, '4xx': ApiError },
      },
    },
    async (request) => {
      const {
        params: { zone: code, id },
        body: { version, mmsId, bib: asked },
      } = request
      const zone = await getZone(db, code)
      const { mmsId: from } = await getPortfolio(db, zone, id)
      const settling = emptying(request, zone, asked)
      const { taken, left, became } = await takeFromBib(db, zone, from, settling, (tx) =>
        relinkInventory(tx, zone, 'portfolio', id, version, mmsId, byPerson(settling.by)),
      )
      const { bib } = taken
      return { mmsId: bib.mmsId, isNewBib: bib.isNew, left, became }
    },
  )

  app.delete(
    '/api/zones/:zone/portfolios/:id',
    {
      ...edits,
      schema: {
        tags: ['inventory'],
        summary: 'Deletes a portfolio, and says what is left on the bib',
        params: PortfolioParams,
        querystring: Removal,
        response: { 200: Removed, '4xx': ApiError },
      },
    },
    async (request) => {
      const {
        params: { zone: code, id },
        query: { version, bib },
      } = request
      const zone = await getZone(db, code)
      const { mmsId } = await getPortfolio(db, zone, id)
      const settling = emptying(request, zone, bib)
      const { left, became } = await takeFromBib(db, zone, mmsId, settling, (tx) =>
        removePortfolio(tx, zone, id, version, byPerson(settling.by)),
      )
      return { left, became }
    },
  )
}

const contentOf = (portfolio: PortfolioToAdd): PortfolioContent => ({
  ...emptyPortfolio,
  ...withoutBlanks(portfolio),
})
