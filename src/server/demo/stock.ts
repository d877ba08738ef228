import { findBibPages } from '../../catalog/bib-page.ts'
import { getZone, listZones } from '../../catalog/zone.ts'
import type { Database } from '../../db/database.ts'
import { addItemAt } from '../../inventory/change-item.ts'
import { addPortfolio } from '../../inventory/change-portfolio.ts'
import { emptyItem, findItemByBarcode, type ItemContent } from '../../inventory/item.ts'
import { addLibrary, addLocation, listLibraries, type Location } from '../../inventory/place.ts'
import { emptyPortfolio, listPortfolios } from '../../inventory/portfolio.ts'
import { byPerson } from '../../inventory/revision.ts'
import { dataFields, subfieldValue } from '../../marc/record.ts'
import type { LoadName } from './story.ts'

/*
 * What the demo's libraries have: their libraries and locations, and holdings, items and portfolios on what
 * they have loaded, and on what the network has.
 */

type DemoLibrary = { readonly code: string; readonly name: string; readonly locations: readonly Location[] }

const location = (
  code: string,
  name: string,
  callNumberType: Location['callNumberType'] = null,
): Location => ({ code, name, callNumberType })

const libraries: Readonly<Record<string, readonly DemoLibrary[]>> = {
  SALT: [
    {
      code: 'MAIN',
      name: 'Marsh Library',
      locations: [
        location('STACKS', 'Stacks', '0'),
        location('REF', 'Reference', '0'),
        location('RESERVE', 'Course reserve', '0'),
      ],
    },
    { code: 'SCI', name: 'Tidewater Science Library', locations: [location('STACKS', 'Stacks', '0')] },
  ],
  HERON: [
    {
      code: 'HERON',
      name: 'Heronsgate College Library',
      locations: [location('MAIN', 'Main collection', '1'), location('LITTLE', 'Juvenile', '1')],
    },
  ],
  QUARRY: [
    {
      code: 'QUARRY',
      name: 'Quarry Hill Learning Commons',
      locations: [location('OPEN', 'Open shelves', '0'), location('DESK', 'Behind the desk', '8')],
    },
  ],
}

/** Makes the libraries and locations of the demo's institutions, each once. */
export async function addDemoLibraries(db: Database): Promise<void> {
  for (const [code, wanted] of Object.entries(libraries)) {
    const zone = await getZone(db, code)
    const there = await listLibraries(db, zone)
    for (const library of wanted) {
      const known = there.find((one) => one.code === library.code)
      if (!known) await addLibrary(db, zone, library)
      for (const place of library.locations)
        if (!known?.locations.some((one) => one.code === place.code))
          await addLocation(db, zone, library.code, place)
    }
  }
}

/** Copies of what a record of a file became, in a library. */
type Copies = {
  readonly zone: string
  readonly of: LoadName
  readonly position: number
  readonly library: string
  readonly location: string
  readonly items: readonly ({ readonly barcode: string } & Partial<ItemContent>)[]
}

const copies = (
  zone: string,
  of: LoadName,
  position: number,
  [library, place]: readonly [string, string],
  ...items: Copies['items']
): Copies => ({ zone, of, position, library, location: place, items })

const book = { materialType: 'book', policy: 'loan' } as const
const marsh = ['MAIN', 'STACKS'] as const

const shelved: readonly Copies[] = [
  copies('SALT', 'opening', 1, marsh, { barcode: '35801000000017', ...book, receivedOn: '2026-01-12' }),
  copies(
    'SALT',
    'opening',
    10,
    marsh,
    { barcode: '35801000000025', ...book, copyNumber: '1', receivedOn: '2026-01-12' },
    { barcode: '35801000000033', ...book, copyNumber: '2', receivedOn: '2026-02-03' },
  ),
  copies('SALT', 'opening', 10, ['MAIN', 'RESERVE'], {
    barcode: '35801000000041',
    ...book,
    policy: 'two hours',
    copyNumber: '3',
    publicNote: 'For the seminar on African fiction.',
  }),
  copies('SALT', 'opening', 20, ['SCI', 'STACKS'], { barcode: '35801000000058', ...book }),
  copies('SALT', 'opening', 11, marsh, {
    barcode: '35801000000066',
    ...book,
    status: 'missing',
    internalNote: 'Not on the shelf at the inventory of March.',
  }),
  copies('HERON', 'formerSystem', 1, ['HERON', 'MAIN'], { barcode: '35802000000016', ...book }),
  copies('HERON', 'formerSystem', 2, ['HERON', 'MAIN'], { barcode: '35802000000024', ...book }),
  copies('HERON', 'formerSystem', 4, ['HERON', 'MAIN'], {
    barcode: '35802000000032',
    ...book,
    policy: 'in the reading room',
    status: 'in-process',
    internalNote: 'At the binder’s.',
  }),
  copies('HERON', 'opening', 10, ['HERON', 'MAIN'], { barcode: '35802000000040', ...book }),
  copies('QUARRY', 'opening', 20, ['QUARRY', 'OPEN'], { barcode: '35803000000015', ...book }),
]

/** Films and e-books that a library reads at the address that their record has. */
const online: readonly {
  readonly zone: string
  readonly of: LoadName
  readonly materialType: string
  readonly positions: readonly number[]
}[] = [
  { zone: 'SALT', of: 'ebooks', materialType: 'book', positions: [1, 2, 3, 6] },
  { zone: 'QUARRY', of: 'filmsInJanuary', materialType: 'film', positions: [1, 2, 3] },
]

/** Gives the libraries of the demo what they have, each piece once. `bibOf` is what a record of a file became. */
export async function stockDemo(
  db: Database,
  bibOf: (of: LoadName, position: number) => Promise<string>,
  by: string,
): Promise<void> {
  const person = byPerson(by)
  for (const { zone: code, of, position, library, location: place, items } of shelved) {
    const zone = await getZone(db, code)
    const mmsId = await bibOf(of, position)
    for (const item of items) {
      if (await findItemByBarcode(db, zone, item.barcode)) continue
      await db.transaction((tx) =>
        addItemAt(tx, zone, mmsId, { library, location: place }, { ...emptyItem, ...item }, person),
      )
    }
  }
  const zones = await listZones(db)
  for (const { zone: code, of, materialType, positions } of online) {
    const zone = await getZone(db, code)
    for (const position of positions) {
      const mmsId = await bibOf(of, position)
      const source = zones.find(({ suffix }) => mmsId.endsWith(suffix)) ?? zone
      const [bib] = await findBibPages(db, source, [mmsId])
      const [address] = bib ? dataFields(bib.record, '856') : []
      const url = (address && subfieldValue(address, 'u')) ?? null
      await db.transaction(async (tx) => {
        const [own] = await tx.query<{ mmsId: string }>(
          `select mms_id as "mmsId" from bib where zone_id = $1 and $2 in (mms_id, linked_mms_id)`,
          [zone.zoneId, mmsId],
        )
        if (own && (await listPortfolios(tx, zone, own.mmsId)).length > 0) return
        await addPortfolio(tx, zone, mmsId, { ...emptyPortfolio, url, materialType }, person)
      })
    }
  }
}
