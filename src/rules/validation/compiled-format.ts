import { type FieldFormat, type IndicatorFormat, marc21 } from './format.ts'

/*
 * The format of fields in the form that `validate` looks things up in: one table a field, by character code.
 */

/** Of an indicator's value. */
export const valueState = { defined: 1, obsolete: 2, needsSource: 3 } as const

/** Of a subfield code: bits, and above them the number of the check that its value goes through. */
export const subfieldBits = { defined: 1, notRepeatable: 2, obsolete: 4, checkShift: 3 } as const

export type ValueCheck =
  | 'isbn'
  | 'issn'
  | 'related-isbn'
  | 'related-issn'
  | 'standard-number'
  | 'lccn'
  | 'system-number'
  | 'uri'
  | 'linkage'
  | 'language'
  | 'conventions'

const valueChecks: readonly ValueCheck[] = [
  'isbn',
  'issn',
  'related-isbn',
  'related-issn',
  'standard-number',
  'lccn',
  'system-number',
  'uri',
  'linkage',
  'language',
  'conventions',
]

/** The check of a state from `CompiledField.subfields`, where it has one. */
export const checkOf = (state: number): ValueCheck | undefined =>
  valueChecks[(state >> subfieldBits.checkShift) - 1]

export type CompiledField = {
  readonly repeatable: boolean
  readonly obsolete: boolean
  readonly open: boolean
  /** 128 states by the code of a character. */
  readonly ind1: Uint8Array
  readonly ind2: Uint8Array
  readonly subfields: Uint8Array
  /** Which indicator counts characters that filing passes over; 0: none. */
  readonly filing: 0 | 1 | 2
}

let compiled: readonly (CompiledField | undefined)[] | null = null

/** The fields of the format by the number that their tag is. */
export function compiledFields(): readonly (CompiledField | undefined)[] {
  if (compiled !== null) return compiled
  const fields = new Array<CompiledField | undefined>(1000).fill(undefined)
  for (const [tag, format] of marc21().fields) fields[Number(tag)] = compile(tag, format)
  compiled = fields
  return compiled
}

function compile(tag: string, format: FieldFormat): CompiledField {
  const [first, second] = format.indicators
  const filing = [first, second].findIndex(({ name }) => name === 'Nonfiling characters')
  return {
    repeatable: format.repeatable,
    obsolete: format.obsolete,
    open: format.open,
    ind1: statesOf(first),
    ind2: statesOf(second),
    subfields: subfieldsOf(tag, format),
    filing: filing === 0 ? 1 : filing === 1 ? 2 : 0,
  }
}

function statesOf({ values }: IndicatorFormat): Uint8Array {
  const states = new Uint8Array(128)
  // 9 is left to libraries wherever it has no meaning, as $9 is.
  states['9'.charCodeAt(0)] = valueState.defined
  for (const [value, { name, obsolete }] of values) {
    // A blank that points to $2 is the usual state of 086, which few records keep to.
    const needsSource = value !== ' ' && / in (?:subfield )?\$2$/.test(name)
    states[value.charCodeAt(0)] = obsolete
      ? valueState.obsolete
      : needsSource
        ? valueState.needsSource
        : valueState.defined
  }
  return states
}

function subfieldsOf(tag: string, { subfields }: FieldFormat): Uint8Array {
  const states = new Uint8Array(128)
  states['9'.charCodeAt(0)] = subfieldBits.defined
  for (const [code, { repeatable, obsolete }] of subfields) {
    const check = checkFor(tag, code)
    states[code.charCodeAt(0)] =
      subfieldBits.defined |
      (repeatable ? 0 : subfieldBits.notRepeatable) |
      (obsolete ? subfieldBits.obsolete : 0) |
      ((check === null ? 0 : valueChecks.indexOf(check) + 1) << subfieldBits.checkShift)
  }
  return states
}

const checks: Readonly<Record<string, ValueCheck>> = {
  '010$a': 'lccn',
  '020$a': 'isbn',
  '022$a': 'issn',
  '022$l': 'related-issn',
  '024$a': 'standard-number',
  '035$a': 'system-number',
  '035$z': 'system-number',
  '040$e': 'conventions',
  '041$a': 'language',
  '490$x': 'related-issn',
  '856$u': 'uri',
  '857$u': 'uri',
}

const linkingEntry = /^7[678]\d$/
const seriesEntry = /^8[013]\d$/

function checkFor(tag: string, code: string): ValueCheck | null {
  const check = checks[`${tag}$${code}`]
  if (check !== undefined) return check
  if (code === '6') return 'linkage'
  if (code === 'x' && (linkingEntry.test(tag) || seriesEntry.test(tag))) return 'related-issn'
  return code === 'z' && linkingEntry.test(tag) ? 'related-isbn' : null
}
