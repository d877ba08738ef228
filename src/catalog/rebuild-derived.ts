import type { Database, Tx } from '../db/database.ts'
import type { BibState } from '../rules/bib-state.ts'
import { deriveState, derivedVersions } from '../rules/derive.ts'
import { type FacetState, facetsOf } from './bib-facets.ts'
import { type DerivedDifference, isSearched } from './derived-difference.ts'
import { writeDerived } from './derived-write.ts'

type What = keyof typeof derivedVersions

/** Bibs whose rows are made anew in one transaction. */
const batchSize = 1000

/** Bibs after which it is said how far it is. */
const saidEvery = 100_000

const tables: Readonly<Record<What, { readonly table: string; readonly name: string }>> = {
  keys: { table: 'match_key', name: 'Match keys' },
  headings: { table: 'bib_heading', name: 'Headings' },
  search: { table: 'bib_search', name: 'Search rows' },
  facets: { table: 'bib_facet', name: 'Facets' },
}

/**
 * Makes anew what bibs are found by, where another version of the program has made it from their records.
 * To be called before anybody works with the catalogue. A kill costs one batch: the place is kept in the
 * transaction of the rows, and several processes that come at once take turns.
 */
export async function rebuildDerived(db: Database, say: (text: string) => void): Promise<void> {
  const rows = await db.query<{ what: What } & State>(`select what, ${stateColumns} from derived_version`)
  for (const { what, ...state } of rows) {
    if (isCurrent(what, state) || !(await beginRebuild(db, what))) continue
    const [counted] = await db.query<{ bibs: number }>('select count(*)::int as bibs from bib')
    const bibs = counted?.bibs ?? 0
    const { name } = tables[what]
    if (bibs > 0) say(`${name} are made anew for this version of the program, from ${bibs} bibs …`)
    let done = 0
    for (;;) {
      const count = await db.transaction((tx) => rebuildBatch(tx, what))
      if (count === 0) break
      done += count
      if (done % saidEvery === 0) say(`${name}: ${done} of ${bibs} bibs`)
    }
    if (bibs > 0) say(`${name} are made.`)
  }
}

type State = {
  readonly version: number
  readonly towards: number | null
  readonly zoneId: number | null
  readonly mmsId: string | null
}

const stateColumns = `version, towards, zone_id as "zoneId", mms_id as "mmsId"`

const isCurrent = (what: What, { version, towards }: State): boolean =>
  version === derivedVersions[what] && towards === null

/** The others wait here for one that is at it. */
async function lockState(tx: Tx, what: What): Promise<State> {
  const [state] = await tx.query<State>(
    `select ${stateColumns} from derived_version where what = $1 for update`,
    [what],
  )
  if (!state) throw new Error(`derived_version has no row for ${what}`)
  return state
}

/** Whether there is something to do; what was made by another version goes. */
function beginRebuild(db: Database, what: What): Promise<boolean> {
  return db.transaction(async (tx) => {
    const state = await lockState(tx, what)
    if (isCurrent(what, state)) return false
    if (state.towards === derivedVersions[what]) return true
    await tx.execute(`truncate ${tables[what].table}`)
    await tx.execute(
      `update derived_version set towards = $2, zone_id = null, mms_id = null where what = $1`,
      [what, derivedVersions[what]],
    )
    return true
  })
}

type Bib = FacetState &
  Pick<BibState, 'record' | 'originatingNumber'> & {
    readonly zoneId: number
  }

/** Answers how many bibs were done; with none left, the version is noted. */
async function rebuildBatch(tx: Tx, what: What): Promise<number> {
  const { towards, zoneId, mmsId } = await lockState(tx, what)
  if (towards === null) return 0
  const bibs = await tx.query<Bib>(
    `select zone_id as "zoneId", mms_id as "mmsId", record, originating_number as "originatingNumber", linked_mms_id as "linkedMmsId",
       carrier, brief_level as "briefLevel", suppressed, publish_to_oclc as "publishToOclc", originating_system as "originatingSystem"
     from bib where (zone_id, mms_id) > ($1, $2) order by zone_id, mms_id limit ${batchSize}`,
    [zoneId ?? 0, mmsId ?? ''],
  )
  const last = bibs.at(-1)
  if (!last) {
    await tx.execute(
      `update derived_version set version = towards, towards = null, zone_id = null, mms_id = null where what = $1`,
      [what],
    )
    return 0
  }
  for (const [zone, ofZone] of Map.groupBy(bibs, (bib) => bib.zoneId))
    await writeDerived(tx, zone, rowsOf(what, ofZone))
  await tx.execute(`update derived_version set zone_id = $2, mms_id = $3 where what = $1`, [
    what,
    last.zoneId,
    last.mmsId,
  ])
  return bibs.length
}

const none = { remove: [], add: [] }
const nothing: DerivedDifference = { keys: none, headings: none, search: none, facets: none }

/** The rows of one table, of bibs that have none in it. */
function rowsOf(what: What, bibs: readonly Bib[]): DerivedDifference {
  const derived = bibs.map((bib) => ({ mmsId: bib.mmsId, bib, derived: deriveState(bib) }))
  switch (what) {
    case 'keys': {
      const add = derived.flatMap(({ mmsId, derived: { keys } }) => keys.map((key) => ({ mmsId, key })))
      return { ...nothing, keys: { remove: [], add } }
    }
    case 'headings': {
      const add = derived.flatMap(({ mmsId, derived: { headings } }) =>
        headings.map((heading) => ({ mmsId, heading })),
      )
      return { ...nothing, headings: { remove: [], add } }
    }
    case 'search':
      return { ...nothing, search: { remove: [], add: derived.filter((each) => isSearched(each.derived)) } }
    case 'facets':
      return {
        ...nothing,
        facets: { remove: [], add: derived.map((each) => facetsOf(each.bib, each.derived)) },
      }
  }
}
