import type { MarcRecord } from '../../marc/record.ts'
import { type CallNumberRow, findCallNumber, schemeOf } from '../holdings/call-number-mapping.ts'
import { isShelvingScheme, type ShelvingScheme } from '../holdings/call-number-sort.ts'
import {
  hasCallNumber,
  newHoldingsRecord,
  readHoldings,
  withCallNumber,
} from '../holdings/holdings-record.ts'
import { isSerial } from '../match/is-serial.ts'
import type { PhysicalSettings } from './inventory-settings.ts'
import type { NewHoldings } from './plan-inventory.ts'

export type HoldingsOf = {
  readonly settings: PhysicalSettings
  /** Of the location; nothing where it says none. */
  readonly callNumberType: ShelvingScheme | null
  /** As it is after the record. */
  readonly bib: MarcRecord
  /** By which holdings of the zone take the call number of their bib. */
  readonly table: readonly CallNumberRow[]
  /** yymmdd */
  readonly entered: string
}

/**
 * The record of new holdings: the template with the fields that the profile maps, and the call number that the
 * record gives, or where it gives none that of the bib. Without number and bib of its own.
 */
export function holdingsOf(
  { library, location, wanted }: NewHoldings,
  { settings, callNumberType, bib, table, entered }: HoldingsOf,
): MarcRecord {
  const mapped = wanted.fields.find(({ tag }) => tag === '852')
  const mappedScheme =
    mapped && hasCallNumber({ leader: '', fields: [mapped] }) && isShelvingScheme(mapped.ind1)
      ? mapped.ind1
      : null
  const scheme = settings.callNumberType ?? mappedScheme ?? callNumberType ?? schemeOf(bib, table) ?? '8'
  const template = newHoldingsRecord({ library, location, scheme, isSerial: isSerial(bib), entered })
  const fields = template.fields.filter(({ tag }) => tag !== '852')
  const others = wanted.fields.filter(({ tag }) => tag !== '852')
  const place = {
    tag: '852',
    ind1: scheme,
    ind2: mapped?.ind2 ?? ' ',
    subfields: [{ code: 'b', value: library }, { code: 'c', value: location }, ...(mapped?.subfields ?? [])],
  }
  const inOrder = [place, ...others].toSorted((one, other) =>
    one.tag < other.tag ? -1 : one.tag > other.tag ? 1 : 0,
  )
  const record = { leader: template.leader, fields: [...fields, ...inOrder] }
  if (wanted.callNumber !== null) return withCallNumber(record, [{ code: 'h', value: wanted.callNumber }])
  if (hasCallNumber(record) || settings.bibCallNumber === 'never') return record
  const facts = readHoldings(record)
  const found = 'message' in facts ? null : findCallNumber(bib, facts.scheme, facts.source, table)
  return found === null ? record : withCallNumber(record, found)
}
