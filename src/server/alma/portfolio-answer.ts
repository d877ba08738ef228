import type { Portfolio } from '../../inventory/portfolio.ts'
import { pair } from './holdings-answer.ts'
import type { Answer } from './reply.ts'
import { element } from './xml.ts'

/** A portfolio. */
export function portfolioAnswer(portfolio: Portfolio, root: string): Answer {
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
  const type = pair('url_type', 'static', 'Static')
  const proxy = pair('proxy_enabled', String(portfolio.proxy), portfolio.proxy ? 'Yes' : 'No')
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
        element('linking_details', [type.xml, element('url', url ?? ''), proxy.xml]),
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
      {
        linking_details: Object.assign({}, type.json, { url: url ?? '' }, proxy.json) as object,
        coverage_statement: coverage,
        link,
      },
    ) as object,
  }
}
