import type { FoundRow } from '../catalog/search/found-rows.ts'
import { controlValue, dataFields, type MarcRecord } from '../marc/record.ts'
import { displayTitle } from '../rules/display-title.ts'
import { linkedFields } from '../rules/linkage.ts'
import { carrierOf } from '../rules/match/carrier.ts'
import { type KeyKind, matchKeys } from '../rules/match/match-key.ts'
import { resourceTypeOf } from '../rules/search/resource-type.ts'
import type { FoundBib } from './api/search.ts'

const identifierNames: Partial<Record<KeyKind, string>> = {
  oclc: 'OCLC',
  isbn: 'ISBN',
  issn: 'ISSN',
  lccn: 'LCCN',
}

/** Identifiers in a row of a list. */
const mostIdentifiers = 6

/** A row of a list of results, but for who has the bib open. */
export type FoundRecord = Omit<FoundBib, 'lock'>

export function foundBib({ bib, inventory, item, portfolio }: FoundRow): FoundRecord {
  const { mmsId, record, briefLevel, suppressed, publishToOclc, linkedMmsId } = bib
  return {
    mmsId,
    title: displayTitle(record),
    otherTitle: otherTitle(record),
    creator: subfields(record, ['100', '110', '111', '700', '710', '711'], 'abcdq'),
    imprint: subfields(record, ['264', '260'], 'abc'),
    date: /^\d{4}/.exec(controlValue(record, '008')?.slice(7, 11) ?? '')?.[0] ?? null,
    identifiers: identifiersOf(record),
    resourceType: resourceTypeOf(record),
    carrier: carrierOf(record),
    briefLevel,
    suppressed,
    publishToOclc,
    linkedMmsId,
    inventory,
    ...(item === null ? {} : { item }),
    ...(portfolio === null ? {} : { portfolio }),
  }
}

/** The title as it is in its own script, where the record has it so. */
function otherTitle(record: MarcRecord): FoundBib['otherTitle'] {
  const [other] = linkedFields(record).find(({ field }) => field.tag === '245')?.others ?? []
  if (other === undefined) return null
  const { field, lang, dir } = other
  const text = displayTitle({ leader: record.leader, fields: [{ ...field, tag: '245' }] })
  return text === '' ? null : { text, lang, dir }
}

/** Of the first of the tags that the record has: those subfields, without the closing ISBD mark. */
function subfields(record: MarcRecord, tags: readonly string[], codes: string): string | null {
  for (const tag of tags) {
    const [field] = dataFields(record, tag)
    if (field === undefined) continue
    const text = field.subfields
      .filter(({ code }) => codes.includes(code))
      .map(({ value }) => value)
      .join(' ')
    return text.slice(0, 300).replace(/[\s/:;,=]+$/, '') || null
  }
  return null
}

function identifiersOf(record: MarcRecord): string[] {
  const named = matchKeys(record).flatMap(({ kind, value, origin }) => {
    const name = identifierNames[kind]
    return name === undefined || origin === 'z' || origin === '019' ? [] : [`${name} ${value}`]
  })
  return [...new Set(named)].slice(0, mostIdentifiers)
}
