import { type Author, shareAuthor } from './author.ts'
import type { Extent } from './extent.ts'
import type { MatchFeatures } from './match-features.ts'
import type { Listed } from './record-numbers.ts'
import { compareWords, titleLikeness } from './title-likeness.ts'

/** What the weighted method compares; a weight, a veto and a doubt name one of these. */
export const weightedFeatures = [
  'source-number',
  'oclc',
  'isbn',
  'issn',
  'lccn',
  'system-number',
  'standard-number',
  'document-number',
  'title',
  'author',
  'year',
  'edition',
  'publisher',
  'extent',
  'language',
  'part',
  'record-type',
  'carrier',
  'provider',
] as const

export type WeightedFeature = (typeof weightedFeatures)[number]

/**
 * How far two records agree in a feature: 1 wholly, -1 not at all, between them in part, 0 neither; nothing
 * where one of them does not say.
 */
export const agreementIn: Readonly<
  Record<WeightedFeature, (a: MatchFeatures, b: MatchFeatures) => number | null>
> = {
  // Where one source has two numbers for it, it is catalogued twice there.
  'source-number': (a, b) => (a.sourceNumber !== null && a.sourceNumber === b.sourceNumber ? 1 : null),
  oclc: (a, b) => listed(a.numbers.oclc, b.numbers.oclc, { own: 1, crossed: 0.8, other: 0.3 }),
  isbn: isbnAgreement,
  issn: issnAgreement,
  lccn: (a, b) => listed(a.numbers.lccn, b.numbers.lccn, { own: 1, crossed: 0.4, other: 0.2 }),
  // Two numbers of one system say little: systems have duplicates, and an institution numbers its copies.
  'system-number': (a, b) =>
    sharing(a.numbers.system, b.numbers.system, (number) => (number.startsWith('(') ? 1 : 0.3)),
  'standard-number': (a, b) =>
    sharing(a.numbers.standard, b.numbers.standard, (number) => (number.startsWith('other:') ? 0.3 : 1)) ??
    otherOfType(a.numbers.standard, b.numbers.standard),
  'document-number': documentAgreement,
  title: (a, b) => titleLikeness(a.titles, b.titles),
  author: authorAgreement,
  year: yearAgreement,
  edition: editionAgreement,
  publisher: publisherAgreement,
  extent: extentAgreement,
  language: (a, b) =>
    a.language === null || b.language === null ? null : a.language === b.language ? 1 : -1,
  part: partAgreement,
  'record-type': typeAgreement,
  carrier: (a, b) =>
    a.forms.length === 0 || b.forms.length === 0
      ? null
      : a.forms.some((form) => b.forms.includes(form))
        ? 1
        : -1,
  provider: providerAgreement,
}

const meet = (a: readonly string[], b: readonly string[]): string | undefined =>
  a.find((number) => b.includes(number))

/** Numbers of a kind: both as the record's own, one of them as another's, or both as others'. */
function listed(a: Listed, b: Listed, worth: { own: number; crossed: number; other: number }): number | null {
  if (meet(a.own, b.own) !== undefined) return worth.own
  if (meet(a.own, b.other) !== undefined || meet(a.other, b.own) !== undefined) return worth.crossed
  if (a.own.length > 0 && b.own.length > 0) return -1
  return meet(a.other, b.other) === undefined ? null : worth.other
}

/** An ISBN of a set is on its volumes too, and that of a print on its e-book: what 020 says of it counts. */
function isbnAgreement(a: MatchFeatures, b: MatchFeatures): number | null {
  const [ours, theirs] = [a.numbers, b.numbers]
  const shared = ours.isbn.own.filter((number) => theirs.isbn.own.includes(number))
  if (shared.length === 0) return listed(ours.isbn, theirs.isbn, { own: 1, crossed: 0.4, other: 0.2 })
  const agrees = shared.some((number) => {
    const [one, other] = [ours.isbnOf[number], theirs.isbnOf[number]]
    return one === undefined || other === undefined
      ? one !== 'set' && other !== 'set'
      : one === other && one !== 'set'
  })
  return agrees ? 1 : 0.4
}

/** The ISSN of a series is on its monographs, and the linking one on every carrier. */
function issnAgreement(a: MatchFeatures, b: MatchFeatures): number | null {
  const agreement = listed(a.numbers.issn, b.numbers.issn, { own: 1, crossed: 0.2, other: 0.1 })
  if (agreement === null || (a.isSerial && b.isSerial)) return agreement
  return agreement > 0 ? agreement * 0.3 : null
}

function sharing(
  a: readonly string[],
  b: readonly string[],
  worth: (number: string) => number,
): number | null {
  let best: number | null = null
  for (const number of a) if (b.includes(number)) best = Math.max(best ?? 0, worth(number))
  return best
}

/** Two EANs, two DOIs or two publisher's numbers that differ are of two things. */
function otherOfType(a: readonly string[], b: readonly string[]): number | null {
  const type = (number: string) => number.slice(0, number.indexOf(':'))
  return a.some((number) => type(number) !== 'other' && b.some((other) => type(number) === type(other)))
    ? -1
    : null
}

/** A class that others of the record's numbers are in as well is a place on the shelf, not a number. */
function documentAgreement(a: MatchFeatures, b: MatchFeatures): number | null {
  const [ours, theirs] = [a.numbers.document, b.numbers.document]
  if (ours.length === 0 || theirs.length === 0) return null
  if (meet(ours, theirs) === undefined) return -1
  const differ =
    ours.some((number) => !theirs.includes(number)) && theirs.some((number) => !ours.includes(number))
  return differ ? 0 : 1
}

function authorAgreement(a: MatchFeatures, b: MatchFeatures): number | null {
  if (a.authors.length === 0 || b.authors.length === 0) {
    const [named] = a.authors.length === 0 ? b.authors : a.authors
    const { statement } = a.authors.length === 0 ? a : b
    if (named === undefined || statement === '') return null
    const [surname = ''] = named.name.split(' ')
    return statement.split(' ').includes(surname) ? 0.5 : null
  }
  if (shareAuthor(a.authors, b.authors)) return 1
  return a.authors.some((one) => b.authors.some((other) => isAlike(one, other))) ? 0.5 : -1
}

/** The same surname and first letter, or a body named by more or fewer of its units. */
function isAlike(a: Author, b: Author): boolean {
  if (a.year !== null && b.year !== null && a.year !== b.year) return false
  const [one, other] = [a.name.split(' '), b.name.split(' ')]
  if (one[0] === other[0] && (one[1]?.[0] ?? '') === (other[1]?.[0] ?? '')) return true
  const { onlyA, onlyB } = compareWords(one, other)
  return Math.min(onlyA, onlyB) === 0 && Math.min(one.length, other.length) >= 2
}

function yearAgreement(a: MatchFeatures, b: MatchFeatures): number | null {
  let least = Number.POSITIVE_INFINITY
  for (const one of a.years) for (const other of b.years) least = Math.min(least, Math.abs(one - other))
  if (least === Number.POSITIVE_INFINITY) return null
  return least === 0 ? 1 : least === 1 ? 0 : least === 2 ? -0.5 : -1
}

function editionAgreement({ edition: a }: MatchFeatures, { edition: b }: MatchFeatures): number | null {
  if (a.length === 0 && b.length === 0) return null
  // To say nothing is to say the first.
  if (a.length === 0 || b.length === 0) return -0.7
  const { common, onlyA, onlyB } = compareWords(a, b)
  if (Math.min(onlyA, onlyB) === 0) return onlyA + onlyB === 0 ? 1 : 0.5
  return common === 0 ? -1 : -0.7
}

const unknownPublisher = /not identified|^s n$/

function publisherAgreement({ publisher: a }: MatchFeatures, { publisher: b }: MatchFeatures): number | null {
  if (a === '' || b === '' || unknownPublisher.test(a) || unknownPublisher.test(b)) return null
  const { common, onlyA, onlyB } = compareWords(publisherWords(a), publisherWords(b))
  return common === 0 ? -1 : Math.min(onlyA, onlyB) === 0 ? 1 : 0.4
}

const publisherStops = new Set(
  'the of and for by co company corp corporation inc ltd limited press publishing publishers publications pub books u s us united states dept department sale supt docs'.split(
    ' ',
  ),
)

function publisherWords(name: string): string[] {
  const words = name.split(' ')
  const telling = words.filter((word) => !publisherStops.has(word))
  return telling.length > 0 ? telling : words
}

function extentAgreement({ extent: a }: MatchFeatures, { extent: b }: MatchFeatures): number | null {
  const pieces = a.pieces !== null && b.pieces !== null ? (a.pieces === b.pieces ? 0.5 : -1) : null
  if (a.pages === null || b.pages === null) {
    // A set of volumes is not one book of so many pages.
    if ((a.pages !== null && (b.pieces ?? 1) > 1) || (b.pages !== null && (a.pieces ?? 1) > 1)) return -1
    return pieces !== -1 && isOtherSize(a, b) ? -0.5 : pieces
  }
  if (pieces === -1) return -1
  const difference = Math.abs(a.pages - b.pages)
  if (difference === 0) return isOtherSize(a, b) ? 0.3 : 1
  return difference <= Math.max(2, Math.min(a.pages, b.pages) * 0.02) ? 0.3 : -1
}

/** Heights are rounded up, and measured with or without the binding. */
const isOtherSize = (a: Extent, b: Extent): boolean =>
  a.height !== null && b.height !== null && Math.abs(a.height - b.height) > 2.5

function partAgreement(a: MatchFeatures, b: MatchFeatures): number | null {
  if (a.part.length > 0 && b.part.length > 0) {
    const { onlyA, onlyB } = compareWords(a.part, b.part)
    if (Math.min(onlyA, onlyB) > 0) return -1
    return onlyA + onlyB === 0 ? 1 : 0.3
  }
  const series =
    a.seriesNumbers.length === 0 || b.seriesNumbers.length === 0
      ? null
      : meet(a.seriesNumbers, b.seriesNumbers) === undefined
        ? -0.6
        : 0.5
  // A part may stand in the title of the one that has no subfield for it.
  if (a.part.length === 0 && b.part.length === 0) return series
  return series === -0.6 ? series : -0.3
}

/** Manuscript text (t) is catalogued as text (a) by others. */
const typeOf = ({ type }: MatchFeatures): string => (type === 't' ? 'a' : type)

/** Monograph, serial, integrating resource and component part are described differently, and seldom the same thing. */
function typeAgreement(a: MatchFeatures, b: MatchFeatures): number {
  if (typeOf(a) !== typeOf(b) || a.isSerial !== b.isSerial) return -1
  return a.level === b.level ? 1 : -0.3
}

/** The same e-book on two platforms is two resources to a library: one for each licence. */
function providerAgreement(a: MatchFeatures, b: MatchFeatures): number | null {
  if (!a.forms.includes('online') || !b.forms.includes('online')) return null
  if (meet(a.numbers.oclc.own, b.numbers.oclc.own) !== undefined) return null
  if (a.providers.places.length > 0 && b.providers.places.length > 0)
    return a.providers.places.some((one) => b.providers.places.some((other) => isOfOther(one, other)))
      ? 1
      : -1
  // A library numbers all its records; what only one of the two has is of a package.
  const [ours, theirs] = [a.providers.sources, b.providers.sources]
  const differ =
    ours.some((source) => !theirs.includes(source)) && theirs.some((source) => !ours.includes(source))
  return differ ? -1 : null
}

const isOfOther = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a)
