import type { ShelvingScheme } from '../holdings/call-number-sort.ts'

/** What a profile makes of a record besides a bib; a profile that says nothing makes none. */
export type InventorySettings = {
  /** `mixed` decides by the carrier of each record: an electronic one gets portfolios, any other items. */
  readonly operations: 'none' | 'physical' | 'electronic' | 'mixed'
  readonly physical?: PhysicalSettings
  readonly electronic?: ElectronicSettings
  /** Tags that are left out of the bib once its inventory has been read from them. */
  readonly removeFields?: readonly string[]
}

/**
 * Where a value comes from: the first that is there in a field of the record (of one without subfields its value;
 * without `subfield` all that it has), by `map` into ours where it is listed there, and else the default.
 */
export type ValueSource = {
  readonly field?: string
  readonly subfield?: string
  readonly default?: string
  /** From what is in the record, whatever its case. */
  readonly map?: Readonly<Record<string, string>>
}

/** A row of the table of places: where what the record says is so, in whatever case, the place is this. */
export type PlaceRow = {
  readonly from: { readonly library?: string; readonly location?: string }
  readonly library: string
  readonly location: string
}

export const itemValues = [
  'barcode',
  'policy',
  'materialType',
  'copyNumber',
  'description',
  'publicNote',
  'fulfilmentNote',
  'internalNote',
  'inventoryNumber',
  /** `yyyymmdd` in the record. */
  'receivedOn',
] as const
export type ItemValue = (typeof itemValues)[number]

export type PhysicalSettings = {
  readonly make: 'holdings-and-items' | 'holdings'
  /** `basic`: one set of values for a number of items; `advanced`: each field of `itemField` is an item. */
  readonly policy: 'basic' | 'advanced'
  readonly itemField?: string
  /** Of the basic policy; 1 where it says nothing. */
  readonly number?: ValueSource
  readonly library: ValueSource
  readonly location: ValueSource
  readonly places?: readonly PlaceRow[]
  /** Becomes $h of 852. */
  readonly callNumber?: ValueSource
  /** Becomes the first indicator of 852; else it is that of the location, or of the number that the bib has. */
  readonly callNumberType?: ShelvingScheme
  /**
   * Whether new holdings that the record gives no call number take that of the bib; `always`: and those that the bib
   * has take it anew where a record of the profile changes it.
   */
  readonly bibCallNumber: 'never' | 'on-new' | 'always'
  readonly item?: Readonly<Partial<Record<ItemValue, ValueSource>>>
  /** From the highest level down. */
  readonly enumeration?: readonly ValueSource[]
  readonly chronology?: readonly ValueSource[]
  /** Fields of the record that become fields of new holdings; of 852 all but the place. */
  readonly holdingsFields?: readonly { readonly from: string; readonly to: string }[]
}

export type ElectronicSettings = {
  /** A portfolio for each URL, or for the first alone. */
  readonly portfolios: 'each' | 'one'
  readonly url: { readonly field: string; readonly subfield: string }
  /** Second indicators of the field that are none of the resource itself; `#` is a blank. */
  readonly skipIndicators?: readonly string[]
  readonly activate: boolean
  /**
   * What becomes of the portfolios that a record withdraws which asks for a deletion; nothing said: they are kept, and
   * keep their bib from being deleted.
   */
  readonly onDelete?: 'keep' | 'deactivate' | 'delete'
  readonly library?: ValueSource
  readonly publicNote?: ValueSource
  readonly internalNote?: ValueSource
  readonly authenticationNote?: ValueSource
  readonly materialType?: ValueSource
  /** Number of the electronic collection and service that the portfolios are part of; nothing: each stands alone. */
  readonly collection?: string
  readonly service?: string
}
