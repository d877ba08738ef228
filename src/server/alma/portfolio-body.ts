import { Value } from 'typebox/value'
import type { Portfolio, PortfolioContent } from '../../inventory/portfolio.ts'
import { PortfolioToAdd } from '../api/inventory.ts'
import { problemsOf } from '../validation-words.ts'
import { withoutBlanks } from '../without-blanks.ts'
import { type ObjectFields, readEither, refusalBy } from './body.ts'

type PortfolioText = Exclude<keyof PortfolioContent, 'availability' | 'proxy' | 'url'>

/** Where each text of a portfolio stands in a portfolio of the API. */
const portfolioPaths: Readonly<Record<PortfolioText, string>> = {
  library: 'library',
  coverage: 'coverage_statement',
  publicNote: 'public_note',
  internalNote: 'internal_description',
  authenticationNote: 'authentication_note',
  materialType: 'material_type',
}

/** What a portfolio of the API may say and one of ours has no place for: lost if it were passed over. */
const unkept = [
  'activation_date',
  'available_from_date',
  'available_until_date',
  'expected_activation_date',
  'license',
  'linking_details/dynamic_url',
  'linking_details/parser_parameters',
  'linking_details/proxy',
  'pda',
  'po_line',
  'provenance_code',
]

/** All that is read of a portfolio. */
const texts: readonly string[] = [
  ...Object.values(portfolioPaths),
  'availability',
  'electronic_collection/id',
  ...['url_type', 'url', 'static_url', 'proxy_enabled'].map((name) => `linking_details/${name}`),
  ...unkept,
]

/**
 * The content that a `<portfolio>` gives a portfolio: all of it, but that availability and proxy stay where they
 * are not said. What the API tells of a portfolio besides may stand in it and is passed over.
 *
 * @param present nothing for a new one
 * @throws {AlmaError} 60161, 60166, 60167, and 60164 or 60165 for what has no code of its own
 */
export function readPortfolioBody(
  body: Uint8Array,
  usual: PortfolioContent,
  present: Portfolio | null,
): PortfolioContent {
  const refuse = refusalBy(present === null ? '60164' : '60165')
  const fields = readEither(body, 'portfolio', refuse, texts)
  for (const [path, value] of fields) {
    if (value === '' || value === 'false') continue
    if (unkept.includes(path) || path.startsWith('coverage_details/'))
      refuse(`There is no place here for ${path}.`)
  }
  if ([...fields.values()].some((text) => text.includes('\0')))
    refuse('It has a character in it that no text may have (U+0000).')
  const collection = fields.get('electronic_collection/id') ?? ''
  if (collection !== '' && collection !== present?.collectionId)
    refuse(
      'It is to be part of a collection: portfolios of a collection come with its title list, and are activated from it.',
    )
  const portfolio: PortfolioToAdd = withoutBlanks({
    ...(Object.fromEntries(
      Object.entries(portfolioPaths).map(([name, path]) => [name, fields.get(path) ?? '']),
    ) as Record<PortfolioText, string>),
    url: urlOf(fields),
    availability: availabilityOf(fields) ?? usual.availability,
    proxy: proxyOf(fields) ?? usual.proxy,
  })
  const [problem] = problemsOf(Value.Errors(PortfolioToAdd, portfolio))
  if (problem) refuse(`${portfolioPaths[problem.path as PortfolioText] ?? problem.path} ${problem.message}.`)
  return { ...usual, ...portfolio }
}

/** Clients of the API write the address as `url`, or as `static_url` with `jkey=` before it. */
function urlOf(fields: ObjectFields): string {
  const type = fields.get('linking_details/url_type') ?? ''
  if (type !== '' && type !== 'static')
    refusalBy('60166')(`url_type is static here, and not ${type.slice(0, 40)}.`)
  const url = fields.get('linking_details/url') ?? ''
  return (url === '' ? (fields.get('linking_details/static_url') ?? '') : url).replace(/^jkey=/, '')
}

function availabilityOf(fields: ObjectFields): PortfolioContent['availability'] | null {
  const code = fields.get('availability') ?? ''
  if (!['', '10', '11'].includes(code)) refusalBy('60161')(`It is 11 or 10, and not ${code.slice(0, 40)}.`)
  return code === '' ? null : code === '11' ? 'available' : 'unavailable'
}

function proxyOf(fields: ObjectFields): boolean | null {
  const value = fields.get('linking_details/proxy_enabled') ?? ''
  if (!['', 'true', 'false'].includes(value))
    refusalBy('60167')(`It is true or false, and not ${value.slice(0, 40)}.`)
  return value === '' ? null : value === 'true'
}
