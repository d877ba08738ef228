import {
  isOclcSystemNumber,
  isbn13,
  issn,
  lccn,
  oclcNumber,
  standardNumber,
  systemNumber,
} from '../match/identifiers.ts'
import type { KeyKind } from '../match/match-key.ts'
import type { IdentifierIndex, KeySelection, MmsIdIndex, QueriedKey } from './search-index.ts'

type Written = Pick<IdentifierIndex, 'code' | 'name' | 'aliases' | 'keys' | 'read'> &
  Partial<Pick<IdentifierIndex, 'readStart'>>

const identifier = (index: Written): IdentifierIndex => ({
  readStart: index.read,
  ...index,
  kind: 'identifier',
  group: 'identifiers',
  isSimple: true,
})

const of = (kind: KeyKind, ...origins: string[]): KeySelection => ({
  kind,
  origins: origins.length === 0 ? null : origins,
})

const key = (kind: KeyKind, value: string | null | undefined): QueriedKey[] =>
  value === null || value === undefined ? [] : [{ kind, value }]

const oclc = (text: string) => key('oclc', oclcNumber(text))
const isbn = (text: string) => key('isbn', isbn13(text)?.value)
const serial = (text: string) => key('issn', issn(text)?.value)
const congress = (text: string) => key('lccn', lccn(text))
/** A bare number may be OCLC's, as 019 has them. */
const system = (text: string) => [
  ...(isOclcSystemNumber(text) || /^\s*\d+\s*$/.test(text) ? oclc(text) : []),
  ...key('system', systemNumber(text)),
  ...key('source', text.trim() === '' ? null : text.trim()),
]

/** What a 024 may be: the types of its first indicator, and codes of `$2` that are in wide use. */
const standardTypes = 'isrc upc ismn ean sici other doi hdl uri urn ark gtin-14 istc iswc isan'.split(' ')

const standard = (text: string): QueriedKey[] => {
  const plain = standardNumber('8', undefined, text)?.slice('other:'.length)
  if (plain === undefined) return []
  const typed = /^[a-z0-9-]+:/.test(plain) ? [{ kind: 'standard' as const, value: plain }] : []
  return [
    ...typed,
    ...standardTypes.map((type) => ({ kind: 'standard' as const, value: `${type}:${plain}` })),
  ]
}

/** Of an ISBN that is typed in its old form, the beginning of the new one too. One that is wrong stands as it was typed. */
const isbnStart = (text: string) => {
  const digits = text.replace(/[\s\p{Pd}]/gu, '').toUpperCase()
  if (!/^\d{1,12}[\dX]?$/.test(digits)) return []
  const whole = digits.length === 10 || digits.length === 13 ? isbn13(digits) : null
  if (whole?.valid) return key('isbn', whole.value)
  return [...key('isbn', digits), ...(digits.length < 10 ? key('isbn', `978${digits}`) : [])]
}

const serialStart = (text: string) => {
  const digits = text.replace(/[\s\p{Pd}]/gu, '').toUpperCase()
  if (!/^\d{1,7}[\dX]?$/.test(digits)) return []
  return key('issn', digits.length > 4 ? `${digits.slice(0, 4)}-${digits.slice(4)}` : digits)
}

/** 022 $e and $m are not matched by, and so keys of another kind. */
const withNumber =
  (read: (text: string) => QueriedKey[]) =>
  (text: string): QueriedKey[] =>
    read(text).flatMap(({ value }) => [...key('issn', value), ...key('number', value)])

/** What stands behind a hyphen is filled from the left: no beginning of it is one of the number. */
const congressStart = (text: string) => {
  const plain = text.replace(/\s/g, '').toLowerCase()
  return /^(?:[a-z]{1,3}\d*|\d+)$/.test(plain) ? key('lccn', plain) : []
}

const folded = (kind: KeyKind) => (text: string) => key(kind, systemNumber(text))

/** Numbers whose beginning is written as they are. */
const uncounted = (text: string): QueriedKey[] => [
  ...standard(text),
  ...folded('nbn')(text),
  ...folded('coden')(text),
  ...folded('number')(text),
]

export const identifierIndexes: readonly (IdentifierIndex | MmsIdIndex)[] = [
  {
    kind: 'mms-id',
    group: 'identifiers',
    code: 'mms-id',
    name: 'MMS ID',
    aliases: ['alma.mms_id', 'rec.id'],
    isSimple: true,
  },
  identifier({
    code: 'oclc-035a',
    name: 'OCLC control number (035a)',
    aliases: ['alma.oclc_control_number_035_a'],
    keys: [of('oclc', 'a')],
    read: oclc,
  }),
  identifier({
    code: 'oclc-035az',
    name: 'OCLC control number (035a+z)',
    aliases: ['alma.oclc_control_number_035_az', 'alma.oclc_control_number_035_a_z'],
    keys: [of('oclc', 'a', 'z')],
    read: oclc,
  }),
  identifier({
    code: 'oclc-019',
    name: 'OCLC control number (019)',
    aliases: ['alma.oclc_control_number_019'],
    keys: [of('oclc', '019')],
    read: oclc,
  }),
  identifier({
    code: 'other-system-number',
    name: 'Other system number',
    aliases: ['alma.other_system_number'],
    keys: [of('system'), of('oclc'), of('source')],
    read: system,
  }),
  identifier({
    code: 'isbn',
    name: 'ISBN',
    aliases: ['alma.isbn', 'bath.isbn'],
    keys: [of('isbn')],
    read: isbn,
    readStart: isbnStart,
  }),
  identifier({
    code: 'issn',
    name: 'ISSN',
    aliases: ['alma.issn', 'bath.issn'],
    keys: [of('issn', 'a', 'y', 'z'), of('number', '022e')],
    read: withNumber(serial),
    readStart: withNumber(serialStart),
  }),
  identifier({
    code: 'linking-issn',
    name: 'Linking ISSN',
    aliases: ['alma.linking_issn'],
    keys: [of('issn', 'l'), of('number', '022m')],
    read: withNumber(serial),
    readStart: withNumber(serialStart),
  }),
  identifier({
    code: 'lccn',
    name: 'LC control number',
    aliases: ['alma.lccn', 'bath.lccn', 'alma.lc_control_number'],
    keys: [of('lccn')],
    read: congress,
    readStart: congressStart,
  }),
  identifier({
    code: 'standard-number',
    name: 'Standard number',
    aliases: ['alma.standard_number', 'bath.standardIdentifier'],
    keys: [of('lccn'), of('isbn'), of('issn'), of('standard'), of('nbn'), of('coden'), of('number')],
    read: (text) => [...congress(text), ...isbn(text), ...withNumber(serial)(text), ...uncounted(text)],
    readStart: (text) => [
      ...congressStart(text),
      ...isbnStart(text),
      ...withNumber(serialStart)(text),
      ...uncounted(text),
    ],
  }),
  identifier({
    code: 'national-bibliography-number',
    name: 'National bibliography number',
    aliases: ['alma.national_bibliography_number'],
    keys: [of('nbn')],
    read: folded('nbn'),
  }),
  identifier({
    code: 'coden',
    name: 'CODEN',
    aliases: ['alma.coden'],
    keys: [of('coden')],
    read: folded('coden'),
  }),
]
