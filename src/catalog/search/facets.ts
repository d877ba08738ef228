import type { Queryable } from '../../db/database.ts'
import { valueOf } from './column-condition.ts'
import { countedMost, type Hits } from './hits.ts'
import { bibOfHit, joinsOf } from './rows-sql.ts'
import type { Scope } from './scope.ts'

/** Codes of the indexes that results are counted by, and narrowed by. */
export const facetCodes = [
  'resource-type',
  'language',
  'year',
  'country',
  'carrier',
  'library',
  'brief-level',
  'suppressed',
  'publish-to-oclc',
  'linked',
  'originating-system',
] as const
export type FacetCode = (typeof facetCodes)[number]

export type FacetCount = { readonly code: FacetCode; readonly value: string; readonly count: number }

export type Counted = {
  readonly facets: readonly FacetCount[]
  readonly counted: number
  /** Whether all hits were counted. */
  readonly isWhole: boolean
}

/** Only institutions have physical inventory. */
const libraries = `union all select 'library', h.library, count(distinct h.mms_id)
         from holdings h join (select distinct zone_id, mms_id from hit) b using (zone_id, mms_id) group by 2`

/** How many of some hits have each value; the most frequent values first. Values that are missing are not counted. */
export async function countFacets(
  db: Queryable,
  scope: Scope,
  { sql, statement, hasMore }: Hits,
): Promise<Counted> {
  const of = (column: Parameters<typeof valueOf>[0]) => valueOf(column, scope, statement)
  const columns = `f.zone_id, f.mms_id, ${of('resource_type')} as resource_type, ${of('languages')} as languages, ${of('year')} as year,
    ${of('country')} as country, ${of('carrier')} as carrier, f.brief_level, f.suppressed, f.publish_to_oclc,
    f.linked_mms_id is not null as linked, f.originating_system`
  const rows = await statement.run<FacetCount | { code: null; value: string; count: number }>(
    db,
    `with found as materialized (${sql}),
     few as (select id from found limit ${countedMost}),
     hit as materialized (select ${columns} from few as hit ${bibOfHit(scope)} ${joinsOf(scope, statement, ['s', 'ns'])}),
     counted (code, value, count) as (
       select 'resource-type', resource_type, count(*) from hit group by 2
       union all select 'language', l.code, count(*) from hit, unnest(languages) as l (code) group by 2
       union all select 'year', year::text, count(*) from hit group by 2
       union all select 'country', country, count(*) from hit group by 2
       union all select 'carrier', carrier, count(*) from hit group by 2
       ${scope.zone.kind === 'institution' ? libraries : ''}
       union all select 'brief-level', brief_level::text, count(*) from hit group by 2
       union all select 'suppressed', case when suppressed then 'yes' else 'no' end, count(*) from hit group by 2
       union all select 'publish-to-oclc', publish_to_oclc, count(*) from hit group by 2
       union all select 'linked', case when linked then 'yes' else 'no' end, count(*) from hit group by 2
       union all select 'originating-system', originating_system, count(*) from hit group by 2
     )
     select code, value, count::int as count from counted where value <> ''
     union all select null, 'found', count(*)::int from found
     order by count desc, value`,
  )
  const found = rows.find(({ code }) => code === null)?.count ?? 0
  return {
    facets: rows.filter((row): row is FacetCount => row.code !== null),
    counted: Math.min(found, countedMost),
    isWhole: found <= countedMost && !hasMore,
  }
}
