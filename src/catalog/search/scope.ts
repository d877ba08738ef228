import type { Queryable } from '../../db/database.ts'
import type { Entity } from '../../rules/search/search-index.ts'
import { upstreamOf } from '../upstream.ts'
import type { Zone } from '../zone.ts'

/** Where is searched, and what a row is. */
export type Scope = {
  readonly zone: Zone
  /** The zones whose bibs this one's may be linked to; empty but for an institution. */
  readonly upstream: readonly number[]
  readonly entity: Entity
}

export async function scopeOf(db: Queryable, zone: Zone, entity: Entity): Promise<Scope> {
  return { zone, upstream: await upstreamOf(db, zone), entity }
}
