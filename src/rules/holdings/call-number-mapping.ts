import { type DataField, dataFields, type MarcRecord, type Subfield } from '../../marc/record.ts'
import { type ShelvingScheme } from './call-number-sort.ts'

/** A row of the call number mapping table of a zone: from which field of the bib the call number of holdings comes. */
export type CallNumberRow = {
  /** First indicator of 852. */
  readonly scheme: ShelvingScheme
  /** $2 of 852: of scheme 7 alone, which says there what it is. */
  readonly source?: string
  /** Tag of the bib's field, and its first indicator where that matters. */
  readonly field: string
  readonly ind1?: string
  /** Subfields of the bib's field, each with the one of 852 that it becomes. */
  readonly subfields: readonly { readonly from: string; readonly to: CallNumberCode }[]
}

/** Subfields of 852 that make up a call number. */
export const callNumberCodes = ['h', 'i', 'j', 'k', 'l', 'm'] as const
export type CallNumberCode = (typeof callNumberCodes)[number]

const classAndItem = [
  { from: 'a', to: 'h' },
  { from: 'b', to: 'i' },
] as const
const wholeNumber = [{ from: 'a', to: 'h' }] as const

/** What zones have that say nothing else. The library's own number (09X) comes before that of an agency (05X, 08X). */
export const shippedCallNumberMapping: readonly CallNumberRow[] = [
  { scheme: '0', field: '090', subfields: classAndItem },
  { scheme: '0', field: '050', subfields: classAndItem },
  { scheme: '1', field: '092', subfields: classAndItem },
  { scheme: '1', field: '082', subfields: wholeNumber },
  { scheme: '2', field: '096', subfields: classAndItem },
  { scheme: '2', field: '060', subfields: classAndItem },
  { scheme: '3', field: '086', ind1: '0', subfields: wholeNumber },
]

/** The subfields of a call number as 852 has them; in order, and never none. */
export type CallNumber = readonly Subfield[]

/**
 * The call number that a bib has for holdings of a scheme: by the first row of the table that is of the scheme
 * and whose field the bib has with something in it. Nothing where there is none.
 */
export function findCallNumber(
  bib: MarcRecord,
  scheme: ShelvingScheme,
  source: string | undefined,
  table: readonly CallNumberRow[],
): CallNumber | null {
  for (const row of table) {
    if (row.scheme !== scheme || (scheme === '7' && row.source !== source)) continue
    const found = ofRow(bib, row)
    if (found !== null) return found
  }
  return null
}

/** The scheme of the first row of a table that gives a bib a call number; nothing where no row does. */
export function schemeOf(bib: MarcRecord, table: readonly CallNumberRow[]): ShelvingScheme | null {
  return table.find((row) => row.scheme !== '7' && ofRow(bib, row) !== null)?.scheme ?? null
}

function ofRow(bib: MarcRecord, row: CallNumberRow): CallNumber | null {
  for (const field of dataFields(bib, row.field)) {
    if (row.ind1 !== undefined && field.ind1 !== row.ind1) continue
    const subfields = mapped(field, row)
    if (subfields.length > 0) return subfields
  }
  return null
}

/** Of a subfield that comes again the first counts: the others are alternative numbers. */
const mapped = (field: DataField, { scheme, subfields }: CallNumberRow): Subfield[] =>
  subfields.flatMap(({ from, to }) => {
    const value = field.subfields.find(({ code }) => code === from)?.value.trim() ?? ''
    const shown = scheme === '1' ? withoutPrimes(value) : value
    return shown === '' ? [] : [{ code: to, value: shown }]
  })

/** 082 and 092 mark with a slash where a number may be cut short; it is not part of the number. */
const withoutPrimes = (number: string): string => number.replaceAll('/', '')
