import type { BibOrigin } from '../../catalog/bib-origin.ts'
import type { BibPage } from '../../catalog/bib-page.ts'
import type { Zone } from '../../catalog/zone.ts'
import { encodeMarcxml } from '../../marc/marcxml/encode.ts'
import { type DataField, dataFields, type MarcRecord, subfieldValue } from '../../marc/record.ts'
import type { PublishToOclc } from '../../rules/bib-state.ts'
import type { Answer } from './reply.ts'
import { type Element, element } from './xml.ts'

/** A bib as it is answered. */
export type ShownBib = {
  readonly page: BibPage
  readonly origin: BibOrigin | undefined
  /** The zone that it is linked to. */
  readonly linkedTo: Zone | null
  /** Nothing where the view leaves the record out. */
  readonly record: MarcRecord | null
  /** About what was saved. */
  readonly warnings: readonly string[]
}

const oclcValues: Readonly<Record<PublishToOclc, string>> = {
  publish: 'BIBS',
  'holdings-only': 'HOLDINGS',
  'do-not-publish': 'NONE',
}

/** What a value of `sync_with_oclc` says; nothing for one that is none. */
export const publishToOclcOf = (value: string): PublishToOclc | null =>
  (Object.keys(oclcValues) as PublishToOclc[]).find((known) => oclcValues[known] === value) ?? null

/**
 * The number by which a linked bib says what it is linked to, as an added 035: `(EXLNZ-network)` or `(EXLCZ)`
 * and the other's MMS ID. It is no part of the record, and is taken off again where it comes back.
 */
export function linkNumber(linkedTo: Zone, linkedMmsId: string): DataField {
  const prefix = linkedTo.kind === 'community' ? '(EXLCZ)' : `(EXLNZ-${linkedTo.code})`
  return { tag: '035', ind1: ' ', ind2: ' ', subfields: [{ code: 'a', value: prefix + linkedMmsId }] }
}

/** @param root address of the API, as the client knows it */
export function bibAnswer(bib: ShownBib, root: string): Answer {
  const { page, origin, linkedTo, record, warnings } = bib
  const { mmsId, linkedMmsId } = page
  const full = page.record
  const link = `${root}/bibs/${mmsId}`
  const numbers = [
    ...dataFields(full, '035').flatMap((field) => subfieldValue(field, 'a') ?? []),
    ...(linkedTo && linkedMmsId !== null
      ? [linkNumber(linkedTo, linkedMmsId).subfields[0]?.value ?? '']
      : []),
  ]
  const level = String(page.briefLevel).padStart(2, '0')
  const linked = linkedTo === null ? null : linkedTo.kind === 'community' ? 'CZ' : 'NZ'
  const suppressed = String(page.suppressed)
  const texts = {
    title: first(full, ['245'], 'ab'),
    author: first(full, ['100', '110', '111'], 'a'),
    issn: first(full, ['022'], 'a'),
    isbn: first(full, ['020'], 'a'),
    complete_edition: first(full, ['250'], 'ab'),
  }
  const imprint = {
    place_of_publication: first(full, ['264', '260'], 'a'),
    date_of_publication: first(full, ['264', '260'], 'c'),
    publisher_const: first(full, ['264', '260'], 'b'),
  }
  const life = {
    created_by: origin?.createdBy ?? '',
    created_date: dayOf(origin?.createdAt ?? page.changedAt),
    last_modified_by: page.changedBy ?? '',
    last_modified_date: dayOf(page.changedAt),
    suppress_from_publishing: suppressed,
    suppress_from_external_search: suppressed,
    sync_with_oclc: oclcValues[page.publishToOclc],
    originating_system: page.originatingSystem,
    originating_system_id: origin?.originatingNumber?.replace(/^\([^)]*\)/, '') ?? '',
  }
  return {
    xml: element('bib', [
      element('mms_id', mmsId),
      element('record_format', 'marc21'),
      element('linked_record_id', linkedMmsId ?? '', linked === null ? undefined : { type: linked }),
      ...elementsOf(texts),
      element(
        'network_numbers',
        numbers.map((number) => element('network_number', number)),
      ),
      ...elementsOf(imprint),
      element('holdings', '', { link: `${link}/holdings` }),
      ...elementsOf(life),
      element('brief_level', level, { desc: level }),
      ...(warnings.length === 0
        ? []
        : [
            element(
              'warnings',
              warnings.map((warning) => element('warning', warning)),
            ),
          ]),
      ...(record === null ? [] : [{ name: 'record', content: { xml: recordXml(record) } }]),
    ]),
    json: {
      mms_id: mmsId,
      record_format: 'marc21',
      linked_record_id: { value: linkedMmsId, type: linked },
      ...nulled(texts),
      network_number: numbers,
      ...nulled(imprint),
      holdings: { value: '', link: `${link}/holdings` },
      ...life,
      brief_level: { value: level, desc: level },
      ...(warnings.length === 0 ? {} : { warnings: { warning: warnings } }),
      ...(record === null
        ? {}
        : { anies: [`<?xml version="1.0" encoding="UTF-8"?><record>${recordXml(record)}</record>`] }),
      link,
    },
  }
}

/** A list of bibs, of `total` that there are. */
export const bibsAnswer = (bibs: readonly ShownBib[], total: number, root: string): Answer => {
  const answers = bibs.map((bib) => bibAnswer(bib, root))
  return {
    xml: element(
      'bibs',
      answers.map(({ xml }) => xml),
      { total_record_count: String(total) },
    ),
    json: { bib: answers.map(({ json }) => json), total_record_count: total },
  }
}

/** What is in the `<record>`, which has no namespace here. */
export const recordXml = (record: MarcRecord): string =>
  new TextDecoder()
    .decode(encodeMarcxml(record).bytes)
    .replace(/^\s*<record>/, '')
    .replace(/<\/record>\s*$/, '')
    .replace(/>\n *</g, '><')
    .trim()

const elementsOf = (texts: Readonly<Record<string, string>>): Element[] =>
  Object.entries(texts).flatMap(([name, text]) => (text === '' ? [] : [element(name, text)]))

const nulled = (texts: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text === '' ? null : text]))

/** A day, as the API writes it. */
export const dayOf = (time: string): string => `${time.slice(0, 10)}Z`

/** Of the first of the tags that the record has, the subfields of these codes as they stand. */
function first(record: MarcRecord, tags: readonly string[], codes: string): string {
  for (const tag of tags) {
    const [field] = dataFields(record, tag)
    if (!field) continue
    return field.subfields
      .filter(({ code }) => codes.includes(code))
      .map(({ value }) => value)
      .join(' ')
  }
  return ''
}
