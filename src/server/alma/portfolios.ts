import { Type } from 'typebox'
import { findBibPages } from '../../catalog/bib-page.ts'
import type { Zone } from '../../catalog/zone.ts'
import type { Queryable } from '../../db/database.ts'
import { listPortfolios, type Portfolio } from '../../inventory/portfolio.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { askedOf } from './asked.ts'
import { AlmaBibParams, mmsIdOf, rootOf } from './bibs.ts'
import { AlmaError } from './errors.ts'
import { countOf } from './parameters.ts'
import { portfolioAnswer } from './portfolio-answer.ts'
import { sendAnswer } from './reply.ts'
import { element } from './xml.ts'

export const PortfolioParams = Type.Object({ mms_id: Type.String(), portfolio_id: Type.String() })

const reads = { config: { access: { may: 'zone.view', in: 'key' } } } as const

/** Portfolios as they are read. */
export function almaPortfolioRoutes(scope: App, { db }: ServerContext): void {
  scope.get(
    '/almaws/v1/bibs/:mms_id/portfolios',
    { ...reads, schema: { tags: ['alma'], summary: 'The portfolios of a bib', params: AlmaBibParams } },
    async (request, reply) => {
      const { parameters, zone } = await askedOf(db, request)
      const limit = countOf(parameters, 'limit', 10, 100)
      const offset = countOf(parameters, 'offset', 0, 1_000_000)
      const portfolios = await portfoliosOf(db, zone, request.params.mms_id)
      const page = portfolios.slice(offset, offset + limit)
      const answers = page.map((portfolio) => portfolioAnswer(portfolio, rootOf(request)))
      return sendAnswer(request, reply, {
        xml: element(
          'portfolios',
          answers.map(({ xml }) => xml),
          { total_record_count: String(portfolios.length) },
        ),
        json: { portfolio: answers.map(({ json }) => json), total_record_count: portfolios.length },
      })
    },
  )

  scope.get(
    '/almaws/v1/bibs/:mms_id/portfolios/:portfolio_id',
    { ...reads, schema: { tags: ['alma'], summary: 'A portfolio', params: PortfolioParams } },
    async (request, reply) => {
      const { zone } = await askedOf(db, request)
      const found = await getAskedPortfolio(db, zone, request.params)
      return sendAnswer(request, reply, portfolioAnswer(found, rootOf(request)))
    },
  )
}

/** The portfolio that an address names, where it is on this bib. @throws {AlmaError} 402204, 402203, 60123 */
export async function getAskedPortfolio(
  db: Queryable,
  zone: Zone,
  { mms_id, portfolio_id }: { readonly mms_id: string; readonly portfolio_id: string },
): Promise<Portfolio> {
  const portfolios = await portfoliosOf(db, zone, mms_id)
  const found = portfolios.find(({ portfolioId }) => portfolioId === portfolio_id)
  if (!found) throw new AlmaError('60123', { more: `The bib has no portfolio ${portfolio_id.slice(0, 40)}.` })
  return found
}

async function portfoliosOf(db: Queryable, zone: Zone, mmsId: string): Promise<Portfolio[]> {
  const [bib] = await findBibPages(db, zone, [mmsIdOf(mmsId)])
  if (!bib) throw new AlmaError('402203', { about: mmsId })
  return listPortfolios(db, zone, mmsId)
}
