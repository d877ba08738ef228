import {
  controlValue,
  type DataField,
  dataFields,
  isControlTag,
  type MarcRecord,
  subfieldValue,
} from '../../marc/record.ts'
import type { Carrier } from '../match/carrier.ts'
import {
  type ElectronicSettings,
  type InventorySettings,
  type ItemValue,
  type PhysicalSettings,
  type ValueSource,
} from './inventory-settings.ts'

/** What a record asks for, by its profile, before anybody knows what there is. */
export type WantedInventory = {
  readonly physical: readonly WantedPhysical[]
  readonly portfolios: readonly WantedPortfolio[]
}

export type WantedPhysical = {
  /** Codes as they are to be ours; nothing where the record says none. */
  readonly library: string | null
  readonly location: string | null
  readonly callNumber: string | null
  /** Of new holdings, besides what the template has. */
  readonly fields: readonly DataField[]
  /** Nothing where holdings alone are wanted. */
  readonly item: WantedItem | null
}

/** Texts are null where nothing is said. */
export type WantedItem = Readonly<Record<ItemValue, string | null>> & {
  readonly enumeration: readonly string[]
  readonly chronology: readonly string[]
}

export type WantedPortfolio = {
  readonly url: string
  readonly library: string | null
  readonly publicNote: string | null
  readonly internalNote: string | null
  readonly authenticationNote: string | null
  readonly materialType: string | null
}

/** Items that one record may have; a number beyond that is a slip. */
const mostItems = 1000

/** What a record asks for; nothing where that is no inventory. Pure. */
export function readWanted(
  record: MarcRecord,
  carrier: Carrier,
  { operations, physical, electronic }: InventorySettings,
): WantedInventory | null {
  const isElectronic = operations === 'electronic' || (operations === 'mixed' && carrier === 'electronic')
  if (operations === 'none') return null
  const wanted = isElectronic
    ? { physical: [], portfolios: electronic ? wantedPortfolios(record, electronic) : [] }
    : { physical: physical ? wantedPhysical(record, physical) : [], portfolios: [] }
  return wanted.physical.length + wanted.portfolios.length === 0 ? null : wanted
}

/** A record without the fields that its inventory was read from. */
export const withoutInventory = (record: MarcRecord, { removeFields = [] }: InventorySettings): MarcRecord =>
  removeFields.length === 0
    ? record
    : { leader: record.leader, fields: record.fields.filter(({ tag }) => !removeFields.includes(tag)) }

function wantedPhysical(record: MarcRecord, settings: PhysicalSettings): WantedPhysical[] {
  if (settings.policy === 'advanced')
    return dataFields(record, settings.itemField ?? '')
      .slice(0, mostItems)
      .map((field) => onePhysical(record, settings, field))
  const piece = onePhysical(record, settings)
  if (piece.item === null) return [piece]
  const number = settings.number ? valueOf(record, settings.number) : '1'
  const count = /^[0-9]{1,4}$/.test(number ?? '') ? Math.min(Number(number), mostItems) : 1
  // A barcode is that of one piece.
  return Array.from({ length: count }, (_, at) =>
    at === 0 || piece.item === null ? piece : { ...piece, item: { ...piece.item, barcode: null } },
  )
}

function onePhysical(record: MarcRecord, settings: PhysicalSettings, own?: DataField): WantedPhysical {
  const value = (source: ValueSource | undefined) => (source ? valueOf(record, source, own) : null)
  return {
    ...placeOf(value(settings.library), value(settings.location), settings),
    callNumber: value(settings.callNumber),
    fields: holdingsFields(record, settings, own),
    item: settings.make === 'holdings' ? null : itemOf(value, settings),
  }
}

function itemOf(
  value: (source: ValueSource | undefined) => string | null,
  { item = {}, enumeration = [], chronology = [] }: PhysicalSettings,
): WantedItem {
  const levels = (sources: readonly ValueSource[]) => {
    const values = sources.map((source) => value(source) ?? '')
    return values.slice(0, values.findLastIndex((level) => level !== '') + 1)
  }
  return {
    barcode: value(item.barcode),
    policy: value(item.policy),
    materialType: value(item.materialType),
    copyNumber: value(item.copyNumber),
    description: value(item.description),
    publicNote: value(item.publicNote),
    fulfilmentNote: value(item.fulfilmentNote),
    internalNote: value(item.internalNote),
    inventoryNumber: value(item.inventoryNumber),
    receivedOn: value(item.receivedOn),
    enumeration: levels(enumeration),
    chronology: levels(chronology),
  }
}

/** The first row of the table that fits what the record says; without one that is the place itself. */
function placeOf(
  library: string | null,
  location: string | null,
  { places = [] }: PhysicalSettings,
): Pick<WantedPhysical, 'library' | 'location'> {
  const fits = (wanted: string | undefined, has: string | null) =>
    wanted === undefined || wanted.toLowerCase() === has?.toLowerCase()
  const row = places.find(({ from }) => fits(from.library, library) && fits(from.location, location))
  return row ? { library: row.library, location: row.location } : { library, location }
}

const placeCodes = new Set(['a', 'b', 'c', 'p', '8'])

function holdingsFields(
  record: MarcRecord,
  { holdingsFields: rows = [] }: PhysicalSettings,
  own?: DataField,
): DataField[] {
  return rows.flatMap(({ from, to }) => {
    const fields = own?.tag === from ? [own] : dataFields(record, from)
    // Holdings have one 852.
    return (to === '852' ? fields.slice(0, 1) : fields).map(({ ind1, ind2, subfields }) => ({
      tag: to,
      ind1,
      ind2,
      subfields: to === '852' ? subfields.filter(({ code }) => !placeCodes.has(code)) : subfields,
    }))
  })
}

function wantedPortfolios(record: MarcRecord, settings: ElectronicSettings): WantedPortfolio[] {
  const { url, skipIndicators = [], portfolios } = settings
  const skipped = new Set(skipIndicators.map((indicator) => (indicator === '#' ? ' ' : indicator)))
  const found = dataFields(record, url.field)
    .filter(({ ind2 }) => !skipped.has(ind2))
    .flatMap((field) =>
      field.subfields
        .filter(({ code }) => code === url.subfield)
        .map(({ value }) => portfolioOf(record, settings, field, value)),
    )
    .filter((portfolio) => portfolio.url !== '')
  return portfolios === 'one' ? found.slice(0, 1) : found.slice(0, mostItems)
}

function portfolioOf(
  record: MarcRecord,
  settings: ElectronicSettings,
  own: DataField,
  url: string,
): WantedPortfolio {
  const value = (source: ValueSource | undefined) => (source ? valueOf(record, source, own) : null)
  return {
    url: clean(url),
    library: value(settings.library),
    publicNote: value(settings.publicNote),
    internalNote: value(settings.internalNote),
    authenticationNote: value(settings.authenticationNote),
    materialType: value(settings.materialType),
  }
}

/** Of the field that is being read where the source is of its tag: another of them is another piece's. */
function valueOf(record: MarcRecord, source: ValueSource, own?: DataField): string | null {
  const { field: tag, subfield, map } = source
  const found = tag === undefined ? '' : foundIn(record, tag, subfield, own)
  if (found === '') return source.default ?? null
  const listed = Object.entries(map ?? {}).find(([from]) => from.toLowerCase() === found.toLowerCase())
  return listed ? listed[1] : found
}

function foundIn(record: MarcRecord, tag: string, subfield: string | undefined, own?: DataField): string {
  if (isControlTag(tag)) return clean(controlValue(record, tag) ?? '')
  const fields = own?.tag === tag ? [own] : dataFields(record, tag)
  for (const field of fields) {
    const value = clean(
      subfield === undefined
        ? field.subfields.map((each) => each.value).join(' ')
        : (subfieldValue(field, subfield) ?? ''),
    )
    if (value !== '') return value
  }
  return ''
}

/** Longer than that is no value of an item. */
const longest = 1000

const clean = (text: string): string =>
  text
    .replace(/\p{Cc}/gu, ' ')
    .slice(0, longest)
    .toWellFormed()
    .trim()
