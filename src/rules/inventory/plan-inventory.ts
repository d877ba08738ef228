import { isAccessUrl } from '../access-url.ts'
import type { Place } from '../holdings/holdings-record.ts'
import { nearest } from '../nearest.ts'
import type { WantedInventory, WantedItem, WantedPhysical, WantedPortfolio } from './wanted.ts'

/*
 * What becomes of the inventory that records ask for: a fold in the order of the file against what there is, so that
 * a later record finds what an earlier one made.
 */

export type InventoryProblem =
  | 'NO_PLACE'
  | 'NO_SUCH_LIBRARY'
  | 'NO_SUCH_LOCATION'
  | 'BARCODE_TAKEN'
  | 'NOT_A_BARCODE'
  | 'NOT_A_DATE'
  | 'NOT_A_URL'
  | 'BIB_GONE'

/**
 * `known` came by an earlier load of the same, `reused` holdings are at the same place; `changed` and `removed` is
 * what was there; `refused` is not there.
 */
export const inventoryResults = ['added', 'reused', 'known', 'changed', 'removed', 'refused'] as const
export type InventoryResult = (typeof inventoryResults)[number]

/** What an undo takes back. */
export const takesEffect = ({ result }: Pick<InventoryStep, 'result'>): boolean =>
  result === 'added' || result === 'changed' || result === 'removed'

/** What became of one piece: a row of the ledger, in short. */
export type InventoryStep = {
  readonly kind: 'holdings' | 'item' | 'portfolio'
  readonly result: InventoryResult
  readonly code: InventoryProblem | null
  /** In words: why it was refused, or what was left out. */
  readonly why: string | null
  /** The piece; nothing where it was refused, or in a preview is still to be made. */
  readonly id: string | null
  readonly library: string | null
  readonly location: string | null
  readonly barcode: string | null
  readonly url: string | null
  /** The bib that it is on, or was to be. */
  readonly mmsId: string | null
}

export type NewHoldings = Place & {
  readonly holdingsId: string
  readonly mmsId: string
  readonly position: number
  readonly wanted: WantedPhysical
}

export type NewItem = {
  readonly itemId: string
  readonly holdingsId: string
  readonly mmsId: string
  readonly position: number
  readonly wanted: WantedItem
  /** `yyyy-mm-dd`. */
  readonly receivedOn: string | null
  readonly source: string
}

export type NewPortfolio = {
  readonly portfolioId: string
  readonly mmsId: string
  readonly position: number
  readonly wanted: WantedPortfolio
  readonly source: string
}

/** What is to be written, and what became of each piece by the position of its record. */
export type InventoryPlan = {
  readonly steps: ReadonlyMap<number, readonly InventoryStep[]>
  readonly holdings: readonly NewHoldings[]
  readonly items: readonly NewItem[]
  readonly portfolios: readonly NewPortfolio[]
}

/** The inventory that a record asks for, and the bib that it is to hang on; nothing where that has gone. */
export type InventoryRequest = {
  readonly position: number
  readonly mmsId: string | null
  readonly wanted: WantedInventory
  /** What tells the record from others: the same again is the same inventory (D35). */
  readonly contentKey: string
}

/** What there is of the bibs in question; it changes as the fold goes on. */
export type PresentInventory = {
  /** By `placeKey`: the first holdings of a bib at a place. */
  readonly holdings: Map<string, string>
  /** By barcode: its item, and the bib of that. */
  readonly barcodes: Map<string, { readonly itemId: string; readonly mmsId: string }>
  /** By `sourceKey`: the piece that came from there. */
  readonly sources: Map<string, string>
  /** By `urlKey`. */
  readonly portfolios: Map<string, string>
}

export const placeKey = (mmsId: string, { library, location }: Place): string =>
  `${mmsId}\n${library}\n${location}`

export const urlKey = (mmsId: string, url: string): string => `${mmsId}\n${url}`

/** Where in a record a piece came from. */
export const sourceKey = (contentKey: string, kind: 'item' | 'portfolio', at: number): string =>
  `${contentKey}:${kind.charAt(0)}${at}`

/** The libraries of the zone, each with its locations: codes. */
export type KnownPlaces = ReadonlyMap<string, readonly string[]>

export type InventoryContext = {
  readonly present: PresentInventory
  readonly places: KnownPlaces
  readonly newId: (kind: InventoryStep['kind']) => string
}

export function planInventory(
  requests: readonly InventoryRequest[],
  { present, places, newId }: InventoryContext,
): InventoryPlan {
  const steps = new Map<number, InventoryStep[]>()
  const plan = {
    steps,
    holdings: [] as NewHoldings[],
    items: [] as NewItem[],
    portfolios: [] as NewPortfolio[],
  }
  for (const request of requests) {
    const own: InventoryStep[] = []
    steps.set(request.position, own)
    request.wanted.physical.forEach((wanted, at) => planPhysical(request, wanted, at, own))
    request.wanted.portfolios.forEach((wanted, at) => planPortfolio(request, wanted, at, own))
  }
  return plan

  function planPhysical(
    { position, mmsId, contentKey }: InventoryRequest,
    wanted: WantedPhysical,
    at: number,
    own: InventoryStep[],
  ) {
    const { library, location, item } = wanted
    const barcode = item?.barcode ?? null
    const said = { ...nothing, mmsId, kind: item ? 'item' : 'holdings', library, location, barcode } as const
    const source = sourceKey(contentKey, 'item', at)
    const known = item && mmsId !== null ? knownItem(mmsId, barcode, source) : null
    if (known !== null) return void own.push({ ...said, result: 'known', id: known })
    const refused = mmsId === null ? bibGone : (placeProblem(wanted, places) ?? barcodeProblem(barcode))
    if (refused || mmsId === null || library === null || location === null)
      return void own.push({ ...said, ...(refused ?? bibGone), result: 'refused' })
    const holdingsId = planHoldings(position, mmsId, { library, location }, wanted, own)
    if (item === null) return
    const itemId = newId('item')
    const date = item.receivedOn === null ? null : readDate(item.receivedOn)
    if (barcode !== null) present.barcodes.set(barcode, { itemId, mmsId })
    present.sources.set(source, itemId)
    plan.items.push({ itemId, holdingsId, mmsId, position, wanted: item, receivedOn: date, source })
    own.push({ ...said, ...(date === null ? dateProblem(item.receivedOn) : {}), result: 'added', id: itemId })
  }

  /** Holdings of the bib at the same place take the item; said once a record. */
  function planHoldings(
    position: number,
    mmsId: string,
    place: Place,
    wanted: WantedPhysical,
    own: InventoryStep[],
  ): string {
    const key = placeKey(mmsId, place)
    const there = present.holdings.get(key)
    const holdingsId = there ?? newId('holdings')
    if (there === undefined) {
      present.holdings.set(key, holdingsId)
      plan.holdings.push({ ...place, holdingsId, mmsId, position, wanted })
    }
    if (!own.some(({ kind, id }) => kind === 'holdings' && id === holdingsId))
      own.push({
        ...nothing,
        ...place,
        mmsId,
        kind: 'holdings',
        result: there === undefined ? 'added' : 'reused',
        id: holdingsId,
      })
    return holdingsId
  }

  /** An item of the bib by its barcode, or by where it came from. */
  function knownItem(mmsId: string, barcode: string | null, source: string): string | null {
    const found = barcode === null ? undefined : present.barcodes.get(barcode)
    return found?.mmsId === mmsId ? found.itemId : (present.sources.get(source) ?? null)
  }

  function barcodeProblem(barcode: string | null): Refusal | null {
    if (barcode === null) return null
    const found = present.barcodes.get(barcode)
    if (found) return taken(barcode, found.mmsId)
    return barcode.length > longestBarcode
      ? { code: 'NOT_A_BARCODE', why: `A barcode has at most ${longestBarcode} characters.` }
      : null
  }

  function planPortfolio(
    { position, mmsId, contentKey }: InventoryRequest,
    wanted: WantedPortfolio,
    at: number,
    own: InventoryStep[],
  ) {
    const { url, library } = wanted
    const said = { ...nothing, mmsId, kind: 'portfolio', library, url } as const
    if (mmsId === null) return void own.push({ ...said, ...bibGone, result: 'refused' })
    const source = sourceKey(contentKey, 'portfolio', at)
    const known = present.portfolios.get(urlKey(mmsId, url)) ?? present.sources.get(source)
    if (known !== undefined) return void own.push({ ...said, result: 'known', id: known })
    const refused = isAccessUrl(url)
      ? library === null
        ? null
        : libraryProblem(library, places)
      : { code: 'NOT_A_URL' as const, why: `“${url.slice(0, 200)}” is no address that a reader can open.` }
    if (refused) return void own.push({ ...said, ...refused, result: 'refused' })
    const portfolioId = newId('portfolio')
    present.portfolios.set(urlKey(mmsId, url), portfolioId)
    present.sources.set(source, portfolioId)
    plan.portfolios.push({ portfolioId, mmsId, position, wanted, source })
    own.push({ ...said, result: 'added', id: portfolioId })
  }
}

const longestBarcode = 200

type Refusal = Pick<InventoryStep, 'why'> & { readonly code: InventoryProblem }

const nothing = {
  code: null,
  why: null,
  id: null,
  library: null,
  location: null,
  barcode: null,
  url: null,
  mmsId: null,
} as const

const bibGone: Refusal = { code: 'BIB_GONE', why: 'The bib went away in the same moment.' }

/** Why an item cannot have a barcode that another has. */
export const taken = (barcode: string, mmsId: string | null): Refusal => ({
  code: 'BARCODE_TAKEN',
  why: `Barcode ${barcode} is that of ${mmsId === null ? 'another item' : mmsId.startsWith('99') ? `an item of bib ${mmsId}` : 'an item of an earlier record'}.`,
})

function placeProblem({ library, location }: WantedPhysical, places: KnownPlaces): Refusal | null {
  if (library === null || location === null)
    return {
      code: 'NO_PLACE',
      why: `The record names no ${library === null ? 'library' : 'location'}, and the profile has no default.`,
    }
  const unknown = libraryProblem(library, places)
  if (unknown) return unknown
  const locations = places.get(library) ?? []
  return locations.includes(location)
    ? null
    : {
        code: 'NO_SUCH_LOCATION',
        why: `Library ${library} has no location ${location}.${suggestion(location, locations)}`,
      }
}

const libraryProblem = (library: string, places: KnownPlaces): Refusal | null =>
  places.has(library)
    ? null
    : {
        code: 'NO_SUCH_LIBRARY',
        why: `There is no library ${library}.${suggestion(library, [...places.keys()])}`,
      }

function suggestion(typed: string, known: readonly string[]): string {
  const near = known.find((code) => code.toLowerCase() === typed.toLowerCase()) ?? nearest(typed, known)
  return near === null || near === undefined ? '' : ` Did you mean ${near}?`
}

/** `yyyymmdd` as `yyyy-mm-dd`; nothing where that is no day. */
function readDate(text: string): string | null {
  const [, year, month, day] = /^([0-9]{4})-?([0-9]{2})-?([0-9]{2})$/.exec(text) ?? []
  if (year === undefined) return null
  const iso = `${year}-${month}-${day}`
  const date = new Date(`${iso}T00:00:00Z`)
  return Number(year) > 0 && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null
}

const dateProblem = (text: string | null): Partial<InventoryStep> =>
  text === null
    ? {}
    : {
        code: 'NOT_A_DATE',
        why: `“${text.slice(0, 40)}” is no day as yyyymmdd: the item has no receiving date.`,
      }
