import type { BibPage } from '../../catalog/bib-page.ts'
import type { Item } from '../../inventory/item.ts'
import { dayOf } from './bib-answer.ts'
import { bibData, pair } from './holdings-answer.ts'
import { levels, processes } from './item-body.ts'
import type { Answer } from './reply.ts'
import { type Element, element } from './xml.ts'

/** An item with its holdings and its bib. Library and location are those of the holdings; where it is for a time stands beside them. */
export function itemAnswer(item: Item, bib: BibPage, root: string): Answer {
  const data = bibData(bib, root)
  const isInPlace = item.status === 'in-place'
  const isElsewhere = item.temporaryLibrary !== null
  const held = [
    pair('temp_library', item.temporaryLibrary, null),
    pair('temp_location', item.temporaryLocation, null),
  ]
  const pairs = [
    pair('base_status', isInPlace ? '1' : '0', isInPlace ? 'Item in place' : 'Item not in place'),
    pair('process_type', processes[item.status], null),
    pair('physical_material_type', item.materialType, null),
    pair('policy', item.policy, null),
    pair('library', item.library, null),
    pair('location', item.location, null),
  ]
  const texts: Readonly<Record<string, string | null>> = {
    pid: item.itemId,
    barcode: item.barcode,
    creation_date: dayOf(item.createdAt),
    modification_date: dayOf(item.changedAt),
    description: item.description,
    inventory_number: item.inventoryNumber,
    arrival_date: item.receivedOn === null ? null : `${item.receivedOn}Z`,
    public_note: item.publicNote,
    fulfillment_note: item.fulfilmentNote,
    internal_note_1: item.internalNote,
    ...named(levels.enumeration, item.enumeration),
    ...named(levels.chronology, item.chronology),
  }
  const holdings = {
    holding_id: item.holdingsId,
    call_number: item.callNumber,
    copy_id: item.copyNumber,
  }
  const link = itemLink(item, root)
  return {
    xml: element(
      'item',
      [
        data.xml,
        element('holding_data', [
          ...textElements(holdings),
          element('in_temp_location', String(isElsewhere)),
          ...held.map(({ xml }) => xml),
        ]),
        element('item_data', [...textElements(texts), ...pairs.map(({ xml }) => xml)]),
      ],
      { link },
    ),
    json: {
      bib_data: data.json,
      holding_data: Object.assign(
        {},
        holdings,
        { in_temp_location: isElsewhere },
        ...held.map(({ json }) => json),
      ) as object,
      item_data: Object.assign({}, texts, ...pairs.map(({ json }) => json)) as object,
      link,
    },
  }
}

export const itemLink = ({ mmsId, holdingsId, itemId }: Item, root: string): string =>
  `${root}/bibs/${mmsId}/holdings/${holdingsId}/items/${itemId}`

const textElements = (texts: Readonly<Record<string, string | null>>): Element[] =>
  Object.entries(texts).flatMap(([name, text]) => (text === null ? [] : [element(name, text)]))

const named = (names: readonly string[], values: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.slice(0, values.length).map((name, at) => [name, values[at] ?? '']))
