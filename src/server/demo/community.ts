import { readFile } from 'node:fs/promises'
import { getZone, type Zone } from '../../catalog/zone.ts'
import type { Database } from '../../db/database.ts'
import { listLoads } from '../../import/collection-load.ts'
import { loadCollection } from '../../import/load-collection.ts'
import { activatePortfolios } from '../../inventory/activate.ts'
import { addCollection, listCollections } from '../../inventory/electronic-collection.ts'
import { listOffered } from '../../inventory/offered-portfolio.ts'

/*
 * The community zone of the demo: open collections by invented providers, their title lists as they came, and
 * what a library has activated of them before the last list came.
 */

type DemoCollection = {
  readonly name: string
  readonly provider: string
  /** Of files/, oldest first. */
  readonly lists: readonly string[]
  /** What the library of `activatedIn` has, by what the list knows it by. */
  readonly activated: readonly string[]
}

const activatedIn = 'QUARRY'

const collections: readonly DemoCollection[] = [
  {
    name: 'Lantern Classics: novels in the public domain',
    provider: 'Lantern Press',
    lists: ['lantern-classics-2026-01.txt'],
    activated: ['emma', 'jane-eyre', 'frankenstein', 'dracula', 'walden'],
  },
  {
    name: 'Common Shelf open journals',
    provider: 'Common Shelf',
    lists: ['commons-journals-2026-01.txt', 'commons-journals-2026-04.txt'],
    activated: ['ariadne', 'dlib', 'elife', 'plos-one'],
  },
]

/** Makes the collections, loads their lists and activates titles of them, each once. */
export async function openCommunity(db: Database, by: string): Promise<void> {
  const community = await getZone(db, 'CZ')
  const library = await getZone(db, activatedIn)
  for (const collection of collections) {
    const id = await collectionNamed(db, community, collection, by)
    const { length: loaded } = await listLoads(db, { collectionId: id, zone: community.code }, 100)
    for (const [at, fileName] of collection.lists.entries()) {
      if (at >= loaded) {
        const file = [await readFile(new URL(`files/${fileName}`, import.meta.url))]
        await loadCollection(db, community, id, { fileName, file, by, isDryRun: false })
      }
      // After the first list: what the next ones change is told to the library.
      if (at === 0 && loaded <= 1) await activate(db, library, id, collection.activated, by)
    }
  }
}

async function collectionNamed(
  db: Database,
  zone: Zone,
  { name, provider }: DemoCollection,
  by: string,
): Promise<string> {
  const known = (await listCollections(db, zone)).find((each) => each.name === name)
  return known?.collectionId ?? db.transaction((tx) => addCollection(tx, zone, { name, provider }, by))
}

async function activate(
  db: Database,
  library: Zone,
  collectionId: string,
  keys: readonly string[],
  by: string,
): Promise<void> {
  const offered = await listOffered(db, library, { collectionId, zone: 'CZ' }, { after: null, limit: 1000 })
  const ids = offered.flatMap(({ portfolioId, titleKey }) =>
    titleKey !== null && keys.includes(titleKey) ? [portfolioId] : [],
  )
  await db.transaction((tx) => activatePortfolios(tx, library, ids, { by }))
}
