import { findLocks } from '../catalog/lock.ts'
import type { FoundRow } from '../catalog/search/found-rows.ts'
import type { Zone } from '../catalog/zone.ts'
import type { Queryable } from '../db/database.ts'
import type { FoundBib } from './api/search.ts'
import { foundBib } from './found-bib.ts'
import { shownLock } from './shown-lock.ts'

/** Rows of a list as a person is shown them: with who has each bib open. */
export async function foundBibs(
  db: Queryable,
  zone: Zone,
  rows: readonly FoundRow[],
  person: string,
): Promise<FoundBib[]> {
  const mmsIds = rows.map(({ bib }) => bib.mmsId)
  const locks = await findLocks(db, zone.zoneId, mmsIds)
  return rows.map((row) => {
    const lock = locks.get(row.bib.mmsId)
    return { ...foundBib(row), lock: lock === undefined ? null : shownLock(lock, person) }
  })
}
