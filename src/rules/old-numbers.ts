import { unpack } from '../marc/packed.ts'
import type { DataField, Field, MarcRecord, Subfield } from '../marc/record.ts'
import type { BibState } from './bib-state.ts'
import { isOclcSystemNumber, systemNumber } from './match/identifiers.ts'
import { matchKeys } from './match/match-key.ts'

/**
 * A record with a 035 for each bib that has been combined into it: `$a` the bib's own number as `(ZONE)MMSID`,
 * `$z` each OCLC number that the bib had and the record has not, and the number of its source. So the record
 * matches and is found by all that they were found by; and as the number of a system that is not OCLC's, no
 * import takes the field away (D16).
 *
 * `stays` is the bib that the record is of, as it was: a current OCLC number that it has lost goes along.
 */
export function withOldNumbers(
  record: MarcRecord,
  stays: BibState | null,
  gone: readonly BibState[],
  zone: string,
): MarcRecord {
  const known = oclcNumbersOf(record, () => true)
  const isFresh = (number: string) => !known.has(number) && known.add(number)
  const has = new Set(systemNumbersOf(record))
  const fields: DataField[] = []
  for (const bib of gone) {
    const own = `(${zone})${bib.mmsId}`
    if (has.has(systemNumber(own))) continue
    const numbers = [...oclcNumbersOf(unpack(bib.record), () => true)].filter(isFresh)
    const source = sourceNumberOf(bib)
    fields.push(
      field035([
        { code: 'a', value: own },
        ...numbers.map(cancelled),
        ...(source === null || has.has(systemNumber(source)) ? [] : [{ code: 'z', value: source }]),
      ]),
    )
  }
  const [first] = fields
  if (first && stays) {
    const lost = [...oclcNumbersOf(unpack(stays.record), isCurrent)].filter(isFresh)
    fields[0] = field035([...first.subfields, ...lost.map(cancelled)])
  }
  return fields.length === 0 ? record : withFields(record, fields)
}

/** The match key by which the number of a bib of a zone is found that was combined into another. */
export const formerNumber = (zone: string, mmsId: string): string => `(${zone.toLowerCase()})${mmsId}`

/** The numbers that sources have for bibs that were combined into a record. */
export function formerSourceNumbers(record: MarcRecord): string[] {
  return record.fields.flatMap((field) =>
    field.tag === '035' && 'subfields' in field && isFormerNumber(field.subfields[0])
      ? field.subfields.flatMap(({ code, value }) =>
          code === 'z' && !isOclcSystemNumber(value) ? [value] : [],
        )
      : [],
  )
}

const isFormerNumber = (subfield: Subfield | undefined): boolean =>
  subfield?.code === 'a' && /^\([^)]+\)99\d{6,17}$/.test(subfield.value)

/** Fields put where their tags belong, each after those of its tag. */
export function withFields(record: MarcRecord, added: readonly Field[]): MarcRecord {
  const fields = [...record.fields]
  for (const field of added) {
    const before = fields.findLastIndex(({ tag }) => tag <= field.tag)
    fields.splice(before + 1, 0, field)
  }
  return { leader: record.leader, fields }
}

const isCurrent = (origin: string) => origin === 'a'

function oclcNumbersOf(record: MarcRecord, isMeant: (origin: string) => boolean): Set<string> {
  const keys = matchKeys(record).filter(({ kind, origin }) => kind === 'oclc' && isMeant(origin))
  return new Set(keys.map(({ value }) => value))
}

const systemNumbersOf = (record: MarcRecord): (string | null)[] =>
  record.fields.flatMap((field) =>
    field.tag === '035' && 'subfields' in field
      ? field.subfields.map(({ value }) => systemNumber(value))
      : [],
  )

/** The source's number for a bib, where it is not an OCLC number, which stands in 035 in any case. */
const sourceNumberOf = ({ originatingNumber }: BibState): string | null =>
  originatingNumber === null || isOclcSystemNumber(originatingNumber) ? null : originatingNumber

const cancelled = (number: string): Subfield => ({ code: 'z', value: `(OCoLC)${number}` })

const field035 = (subfields: readonly Subfield[]): DataField => ({
  tag: '035',
  ind1: ' ',
  ind2: ' ',
  subfields,
})
