import type { BibPage } from '../catalog/bib-page.ts'
import { controlValue, dataFields, type MarcRecord } from '../marc/record.ts'
import { displayTitle } from '../rules/display-title.ts'
import { type KeyKind, matchKeys } from '../rules/match/match-key.ts'
import type { FoundBib } from './api/search.ts'

const identifierNames: Partial<Record<KeyKind, string>> = {
  oclc: 'OCLC',
  isbn: 'ISBN',
  issn: 'ISSN',
  lccn: 'LCCN',
}

/** Identifiers in a row of a list. */
const mostIdentifiers = 6

/** A bib as a row of a list of results. */
export function foundBib({ mmsId, record, suppressed, publishToOclc, linkedMmsId }: BibPage): FoundBib {
  return {
    mmsId,
    title: displayTitle(record),
    creator: subfields(record, ['100', '110', '111', '700', '710', '711'], 'abcdq'),
    imprint: subfields(record, ['264', '260'], 'abc'),
    date: /^\d{4}/.exec(controlValue(record, '008')?.slice(7, 11) ?? '')?.[0] ?? null,
    identifiers: identifiersOf(record),
    suppressed,
    publishToOclc,
    linkedMmsId,
  }
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
