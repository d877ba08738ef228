import { takeFromBib } from '../../import/settle-bib.ts'
import { addPortfolio, removePortfolio, updatePortfolio } from '../../inventory/change-portfolio.ts'
import { emptyPortfolio, getPortfolio } from '../../inventory/portfolio.ts'
import { InventoryRefusal } from '../../inventory/refusal.ts'
import { byPerson } from '../../inventory/revision.ts'
import { byOf } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { askedOf, bodyOf } from './asked.ts'
import { AlmaBibParams, rootOf } from './bibs.ts'
import { emptyBib } from './empty-bib.ts'
import { type AlmaCode, AlmaError } from './errors.ts'
import { portfolioAnswer } from './portfolio-answer.ts'
import { readPortfolioBody } from './portfolio-body.ts'
import { getAskedPortfolio, PortfolioParams } from './portfolios.ts'
import { sendAnswer } from './reply.ts'

const edits = { config: { access: { may: 'inventory.electronic.edit', in: 'key' } } } as const

/** Portfolios as they are written, in XML or JSON. */
export function almaWritePortfolioRoutes(scope: App, { db }: ServerContext): void {
  // With a slash at the end in the API’s own description; its clients are of two minds.
  for (const end of ['', '/'])
    scope.post(
      `/almaws/v1/bibs/:mms_id/portfolios${end}`,
      {
        ...edits,
        schema: {
          tags: ['alma'],
          summary: 'Adds a portfolio that stands alone; of a network or community bib, to the linked one',
          params: AlmaBibParams,
        },
      },
      async (request, reply) => {
        const { zone } = await askedOf(db, request)
        const { mms_id } = request.params
        if (!/^\d{1,20}$/.test(mms_id)) throw new AlmaError('60221')
        const content = readPortfolioBody(bodyOf(request), emptyPortfolio, null)
        const portfolio = await refusing('60164', () =>
          db.transaction(async (tx) => {
            const added = await addPortfolio(tx, zone, mms_id, content, byPerson(byOf(request)))
            return getPortfolio(tx, zone, added.portfolioId)
          }),
        )
        return sendAnswer(request, reply, portfolioAnswer(portfolio, rootOf(request)))
      },
    )

  scope.put(
    '/almaws/v1/bibs/:mms_id/portfolios/:portfolio_id',
    {
      ...edits,
      schema: { tags: ['alma'], summary: 'Gives a portfolio other content', params: PortfolioParams },
    },
    async (request, reply) => {
      const { zone } = await askedOf(db, request)
      const found = await getAskedPortfolio(db, zone, request.params)
      const { portfolioId, version } = found
      const content = readPortfolioBody(bodyOf(request), found, found)
      const portfolio = await refusing('60165', () =>
        db.transaction(async (tx) => {
          await updatePortfolio(tx, zone, portfolioId, version, content, byPerson(byOf(request)))
          return getPortfolio(tx, zone, portfolioId)
        }),
      )
      return sendAnswer(request, reply, portfolioAnswer(portfolio, rootOf(request)))
    },
  )

  scope.delete(
    '/almaws/v1/bibs/:mms_id/portfolios/:portfolio_id',
    {
      ...edits,
      schema: {
        tags: ['alma'],
        summary: 'Deletes a portfolio, and says what becomes of a bib that is left without inventory',
        params: PortfolioParams,
      },
    },
    async (request, reply) => {
      const { parameters, zone } = await askedOf(db, request)
      const { portfolioId, version, mmsId } = await getAskedPortfolio(db, zone, request.params)
      const empty = await emptyBib(db, zone, request, parameters, mmsId)
      const by = byOf(request)
      await refusing('60165', () =>
        takeFromBib(db, zone, mmsId, { empty, by }, (tx) =>
          removePortfolio(tx, zone, portfolioId, version, byPerson(by)),
        ),
      )
      return reply.code(204).send()
    },
  )
}

/** Refusals that have a code of their own in the API. */
const codes: Readonly<Record<string, AlmaCode>> = { NO_SUCH_BIB: '60221', NO_SUCH_LIBRARY: '402469' }

async function refusing<Result>(code: AlmaCode, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof InventoryRefusal)) throw error
    throw new AlmaError(codes[error.code] ?? code, { more: `${error.message} ${error.remedy}` })
  }
}
