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
import { pair } from './holdings-answer.ts'
import { type Answer, sendAnswer } from './reply.ts'
import { element } from './xml.ts'

const PortfolioParams = Type.Object({ mms_id: Type.String(), portfolio_id: Type.String() })

const reads = { config: { access: { may: 'zone.view', in: 'key' } } } as const

/** Portfolios are read; they are written by the API of Accession itself. */
export function almaPortfolioRoutes(scope: App, { db }: ServerContext): void {
  scope.get(
    '/almaws/v1/bibs/:mms_id/portfolios',
    { ...reads, schema: { tags: ['alma'], summary: 'The portfolios of a bib', params: AlmaBibParams } },
    async (request, reply) => {
      const { zone } = await askedOf(db, request)
      const portfolios = await portfoliosOf(db, zone, request.params.mms_id)
      const answers = portfolios.map((portfolio) => portfolioAnswer(portfolio, rootOf(request)))
      return sendAnswer(request, reply, {
        xml: element(
          'portfolios',
          answers.map(({ xml }) => xml),
          { total_record_count: String(answers.length) },
        ),
        json: { portfolio: answers.map(({ json }) => json), total_record_count: answers.length },
      })
    },
  )

  scope.get(
    '/almaws/v1/bibs/:mms_id/portfolios/:portfolio_id',
    { ...reads, schema: { tags: ['alma'], summary: 'A portfolio', params: PortfolioParams } },
    async (request, reply) => {
      const { zone } = await askedOf(db, request)
      const { mms_id, portfolio_id } = request.params
      const portfolios = await portfoliosOf(db, zone, mms_id)
      const found = portfolios.find(({ portfolioId }) => portfolioId === portfolio_id)
      if (!found)
        throw new AlmaError('401652', { more: `There is no portfolio ${portfolio_id.slice(0, 40)} there.` })
      return sendAnswer(request, reply, portfolioAnswer(found, rootOf(request)))
    },
  )
}

/** @throws {AlmaError} 402204, 402203 */
async function portfoliosOf(db: Queryable, zone: Zone, mmsId: string): Promise<Portfolio[]> {
  const [bib] = await findBibPages(db, zone, [mmsIdOf(mmsId)])
  if (!bib) throw new AlmaError('402203', { about: mmsId })
  return listPortfolios(db, zone, mmsId)
}

function portfolioAnswer(portfolio: Portfolio, root: string): Answer {
  const { portfolioId, mmsId, collectionId, serviceId, url, coverage } = portfolio
  const isAvailable = portfolio.availability === 'available'
  const pairs = [
    pair('availability', isAvailable ? '11' : '10', isAvailable ? 'Available' : 'Not Available'),
    pair('library', portfolio.library, null),
    pair('material_type', portfolio.materialType, null),
  ]
  const texts = {
    id: portfolioId,
    is_local: 'true',
    is_standalone: String(collectionId === null),
    public_note: portfolio.publicNote ?? '',
    internal_description: portfolio.internalNote ?? '',
    authentication_note: portfolio.authenticationNote ?? '',
  }
  const link = `${root}/bibs/${mmsId}/portfolios/${portfolioId}`
  const linking = {
    url: url ?? '',
    proxy_enabled: { value: String(portfolio.proxy), desc: portfolio.proxy ? 'Yes' : 'No' },
  }
  return {
    xml: element(
      'portfolio',
      [
        ...Object.entries(texts).map(([name, text]) => element(name, text)),
        element('resource_metadata', [element('mms_id', mmsId)]),
        element('electronic_collection', [
          element('id', collectionId ?? ''),
          element('service', serviceId ?? ''),
        ]),
        ...pairs.map(({ xml }) => xml),
        element('linking_details', [
          element('url', linking.url),
          element('proxy_enabled', linking.proxy_enabled.value, { desc: linking.proxy_enabled.desc }),
        ]),
        element('coverage_statement', coverage ?? ''),
      ],
      { link },
    ),
    json: Object.assign(
      {},
      texts,
      { resource_metadata: { mms_id: { value: mmsId } } },
      { electronic_collection: { id: { value: collectionId }, service: { value: serviceId } } },
      ...pairs.map(({ json }) => json),
      { linking_details: linking, coverage_statement: coverage, link },
    ) as object,
  }
}
