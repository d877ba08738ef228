import type { MarcRecord } from '../../marc/record.ts'
import { subfieldValue } from '../../marc/record.ts'
import { plainWords } from '../fold.ts'

/** Who provides an online resource, in one word each. */
export type Providers = {
  /** Of the hosts of its links (856, 956), and of the agency of the reproduction (533 $c): `proquest`, `jstor`. */
  readonly places: readonly string[]
  /** Of its system numbers (035): `(nhccybp)`. */
  readonly sources: readonly string[]
}

/** Of a kind, at most. */
const most = 6

export function providersOf({ fields }: MarcRecord): Providers {
  const places = new Set<string>()
  const sources = new Set<string>()
  for (const field of fields) {
    if (!('subfields' in field)) continue
    // A link to a related thing leads elsewhere.
    if ((field.tag === '856' || field.tag === '956') && field.ind2 !== '2') {
      for (const { code, value } of field.subfields) if (code === 'u') note(places, hostIn(value))
    } else if (field.tag === '533') {
      const [agency = ''] = plainWords(subfieldValue(field, 'c') ?? '').split(' ')
      note(places, agency)
    } else if (field.tag === '035') note(sources, sourceOf(subfieldValue(field, 'a') ?? ''))
  }
  return { places: [...places], sources: [...sources] }
}

function note(found: Set<string>, value: string): void {
  if (value !== '' && found.size < most) found.add(value.slice(0, 60))
}

/** They lead anywhere, or to a copy of what is elsewhere. */
const resolvers = new Set(['doi', 'handle', 'purl', 'loc', 'worldcat', 'archive'])

/** The last address in a link, since a proxy carries the true one; of its name the part before `.com` or `.ac.uk`. */
function hostIn(link: string): string {
  const [, host = ''] = [...link.matchAll(/https?:\/\/([^/:?#\s]+)/gi)].at(-1) ?? []
  const labels = host.toLowerCase().split('.')
  const isOfCountry = (labels.at(-1) ?? '').length === 2 && (labels.at(-2) ?? '').length <= 3
  const name = labels.at(isOfCountry ? -3 : -2) ?? ''
  return resolvers.has(name) ? '' : name
}

function sourceOf(number: string): string {
  const source = /^\(([^)]+)\)/.exec(number.trim())?.[1]?.toLowerCase() ?? ''
  return source.startsWith('ocolc') || source === 'dlc' ? '' : source
}
