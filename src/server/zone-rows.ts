import { countBibs } from '../catalog/bib-count.ts'
import { listZones } from '../catalog/zone.ts'
import type { Database } from '../db/database.ts'
import { beyondScope } from '../db/scope.ts'
import type { Zone } from './api/zone.ts'

/** Counts are at most this old: in milliseconds. */
const freshFor = 5000

export type ZoneRows = () => Promise<Zone[]>

/** The zones with their numbers of bibs, which all askers of a few seconds share. */
export function openZoneRows(db: Database): ZoneRows {
  let counted: { readonly at: number; readonly bibs: Promise<ReadonlyMap<number, number>> } | null = null

  function counts(): Promise<ReadonlyMap<number, number>> {
    if (counted === null || Date.now() - counted.at > freshFor) {
      // Kept for the next asker, who sees other zones: each is shown those of their own.
      const bibs = beyondScope(() => countBibs(db))
      const attempt = { at: Date.now(), bibs }
      counted = attempt
      bibs.catch(() => {
        if (counted === attempt) counted = null
      })
    }
    return counted.bibs
  }

  return async () => {
    const [zones, bibs] = await Promise.all([listZones(db), counts()])
    const codes = new Map(zones.map(({ zoneId, code }) => [zoneId, code]))
    return zones.map(({ zoneId, code, kind, name, suffix, networkZoneId }) => ({
      code,
      kind,
      name,
      suffix,
      network: networkZoneId === null ? null : (codes.get(networkZoneId) ?? null),
      bibs: bibs.get(zoneId) ?? 0,
    }))
  }
}
