import {
  type DataField,
  dataFields,
  type Field,
  isControlField,
  isControlTag,
  type MarcRecord,
  subfieldValue,
} from '../../marc/record.ts'
import type { CallNumber } from './call-number-mapping.ts'
import { callNumberSort, isShelvingScheme, type ShelvingScheme } from './call-number-sort.ts'

/*
 * MARC 21 holdings records: 852 says where the holdings are, 001 and 004 which they are and of which bib.
 */

/** Where holdings are: codes of 852 $b and $c. */
export type Place = { readonly library: string; readonly location: string }

/** What holdings are found and sorted by. */
export type HoldingsFacts = Place & {
  readonly scheme: ShelvingScheme
  /** $2 of 852. */
  readonly source: string | undefined
  /** $k $h $i $m, as it is shown; empty where there is none. */
  readonly callNumber: string
  readonly callNumberSort: string
}

export type NewHoldings = Place & {
  readonly scheme: ShelvingScheme
  /** Holdings of a serial have a record of another type. */
  readonly isSerial: boolean
  /** Date of entry in 008: yymmdd. */
  readonly entered: string
}

/** The default template: a record that says where the holdings are, and of their extent that nothing is known yet. */
export const newHoldingsRecord = ({
  library,
  location,
  scheme,
  isSerial,
  entered,
}: NewHoldings): MarcRecord => ({
  leader: `00000n${isSerial ? 'y' : 'x'}  a22000001n 4500`,
  fields: [
    // Receipt, acquisition, retention and policies unknown; one copy; no language said.
    { tag: '008', value: `${entered}0u    0   0001uu   0000000` },
    {
      tag: '852',
      ind1: scheme,
      ind2: ' ',
      subfields: [
        { code: 'b', value: library },
        { code: 'c', value: location },
      ],
    },
  ],
})

/** Why a record cannot be that of holdings. */
export type HoldingsProblem = { readonly message: string; readonly remedy: string }

/** What a holdings record says of its place and call number, or what is wrong with it. */
export function readHoldings(record: MarcRecord): HoldingsFacts | HoldingsProblem {
  const type = record.leader.charAt(6)
  if (!/^[ -~]{24}$/.test(record.leader) || !/[uvxy]/.test(type))
    return problem(
      `The record is none of holdings: its type (leader/06) is ${type === '' ? 'missing' : `“${type}”`}.`,
      'Give a MARC 21 holdings record: leader/06 is u, v, x or y, and the leader has 24 characters.',
    )
  const unsound = record.fields.find((field) => !isSound(field))
  if (unsound)
    return problem(
      `Field ${unsound.tag.slice(0, 10)} is none that a record can hold.`,
      'Give tags of three letters or figures, indicators and subfield codes of one, and no control characters.',
    )
  const [field, ...others] = dataFields(record, '852')
  if (!field || others.length > 0)
    return problem(
      field ? 'The record has more than one 852.' : 'The record has no 852.',
      'Give one 852, with the library in $b and the location in $c; what is elsewhere has holdings of its own.',
    )
  const library = subfieldValue(field, 'b')?.trim() ?? ''
  const location = subfieldValue(field, 'c')?.trim() ?? ''
  if (library === '' || location === '')
    return problem(
      `852 says no ${library === '' ? 'library ($b)' : 'location ($c)'}.`,
      'Give the codes of library and location in $b and $c.',
    )
  if (!isShelvingScheme(field.ind1))
    return problem(
      `The first indicator of 852 is “${field.ind1}”, which is no shelving scheme.`,
      'Take 0 to 8, or a blank.',
    )
  return {
    library,
    location,
    scheme: field.ind1,
    source: subfieldValue(field, '2'),
    callNumber: shownCallNumber(field, 'khim'),
    // A prefix says where the holdings stand, as their location does, and not where among the others there.
    callNumberSort: callNumberSort(field.ind1, shownCallNumber(field, 'him')),
  }
}

const printable = /^[^\p{Cc}]*$/u

function isSound(field: Field): boolean {
  const texts = isControlField(field) ? [field.value] : field.subfields.map(({ value }) => value)
  return (
    /^[0-9A-Za-z]{3}$/.test(field.tag) &&
    isControlTag(field.tag) === isControlField(field) &&
    texts.every((text) => printable.test(text) && text.isWellFormed()) &&
    (isControlField(field) ||
      (/^[ -~]{2}$/.test(field.ind1 + field.ind2) &&
        field.ind1.length === 1 &&
        field.subfields.every(({ code }) => /^[!-~]$/.test(code))))
  )
}

const problem = (message: string, remedy: string): HoldingsProblem => ({ message, remedy })

const shownCallNumber = ({ subfields }: DataField, codes: string): string =>
  subfields
    .filter(({ code }) => codes.includes(code))
    .map(({ value }) => value.trim())
    .filter((value) => value !== '')
    .join(' ')

/** Whether holdings have a call number: what they take from the bib is only for those that have none. */
export const hasCallNumber = (record: MarcRecord): boolean =>
  dataFields(record, '852').some(({ subfields }) =>
    subfields.some(({ code }) => code === 'h' || code === 'i'),
  )

/** A holdings record with another call number; its prefix and suffix ($k, $m) are the library's own and stay. */
export const withCallNumber = (record: MarcRecord, callNumber: CallNumber): MarcRecord => ({
  leader: record.leader,
  fields: record.fields.map((field) =>
    field.tag === '852' && !isControlField(field) ? renumbered(field, callNumber) : field,
  ),
})

function renumbered(field: DataField, callNumber: CallNumber): DataField {
  const codes = new Set(['h', 'i', ...callNumber.map(({ code }) => code)])
  const kept = field.subfields.filter(({ code }) => !codes.has(code))
  // After library, location and prefix, where it stood or would stand.
  const at = kept.findLastIndex(({ code }) => 'abck'.includes(code)) + 1
  return { ...field, subfields: [...kept.slice(0, at), ...callNumber, ...kept.slice(at)] }
}

/** A holdings record as it is stored: 001, 004 and 005 are ours, whatever it came with. */
export const numberedHoldings = (
  record: MarcRecord,
  {
    holdingsId,
    mmsId,
    stamp,
  }: { readonly holdingsId: string; readonly mmsId: string; readonly stamp: string },
): MarcRecord => {
  const ours = new Set(['001', '003', '004', '005'])
  const own: Field[] = [
    { tag: '001', value: holdingsId },
    { tag: '004', value: mmsId },
    { tag: '005', value: stamp },
  ]
  return { leader: record.leader, fields: [...own, ...record.fields.filter(({ tag }) => !ours.has(tag))] }
}
