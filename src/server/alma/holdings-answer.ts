import type { BibPage } from '../../catalog/bib-page.ts'
import type { Holdings } from '../../inventory/holdings.ts'
import { displayTitle } from '../../rules/display-title.ts'
import { dayOf, recordXml } from './bib-answer.ts'
import type { Answer } from './reply.ts'
import { type Element, element } from './xml.ts'

/** A code with what it stands for, as both forms of the API have it. */
export const pair = (
  name: string,
  value: string | null,
  desc: string | null,
): { readonly xml: Element; readonly json: object } => ({
  xml: element(name, value ?? '', desc === null ? undefined : { desc }),
  json: { [name]: { value, desc } },
})

/** The bib that inventory is of, beside it. */
export function bibData({ mmsId, record }: BibPage, root: string): Answer {
  const title = displayTitle(record)
  const link = `${root}/bibs/${mmsId}`
  return {
    xml: element('bib_data', [element('mms_id', mmsId), element('title', title)], { link }),
    json: { mms_id: mmsId, title, link },
  }
}

/** Holdings with their record. */
export function holdingsAnswer(holdings: Holdings, root: string): Answer {
  const { holdingsId, mmsId, record, suppressed, createdAt, changedAt, changedBy } = holdings
  const life = {
    created_date: dayOf(createdAt),
    last_modified_by: changedBy ?? '',
    last_modified_date: dayOf(changedAt),
    suppress_from_publishing: String(suppressed),
  }
  return {
    xml: element('holding', [
      element('holding_id', holdingsId),
      ...Object.entries(life).map(([name, text]) => element(name, text)),
      element('record', { xml: recordXml(record) }),
    ]),
    json: {
      holding_id: holdingsId,
      ...life,
      anies: [`<?xml version="1.0" encoding="UTF-8"?><record>${recordXml(record)}</record>`],
      link: linkOf(holdings, root, mmsId),
    },
  }
}

/** The holdings of a bib. */
export function holdingsListAnswer(holdings: readonly Holdings[], bib: BibPage, root: string): Answer {
  const answers = holdings.map((each) => {
    const link = linkOf(each, root, bib.mmsId)
    const library = pair('library', each.library, each.libraryName)
    const location = pair('location', each.location, each.locationName)
    const suppressed = String(each.suppressed)
    return {
      xml: element(
        'holding',
        [
          element('holding_id', each.holdingsId),
          library.xml,
          location.xml,
          element('call_number', each.callNumber),
          element('suppress_from_publishing', suppressed),
        ],
        { link },
      ),
      json: {
        holding_id: each.holdingsId,
        ...library.json,
        ...location.json,
        call_number: each.callNumber,
        suppress_from_publishing: suppressed,
        link,
      },
    }
  })
  const data = bibData(bib, root)
  return {
    xml: element('holdings', [...answers.map(({ xml }) => xml), data.xml], {
      total_record_count: String(holdings.length),
    }),
    json: {
      holding: answers.map(({ json }) => json),
      bib_data: data.json,
      total_record_count: holdings.length,
    },
  }
}

const linkOf = ({ holdingsId }: Holdings, root: string, mmsId: string): string =>
  `${root}/bibs/${mmsId}/holdings/${holdingsId}`
