import type { Queryable } from '../../db/database.ts'
import { valueOf } from './column-condition.ts'
import { tableOfEntity } from './inventory-condition.ts'
import { joinsOf } from './rows-sql.ts'
import type { Scope } from './scope.ts'
import { createStatement } from './statement.ts'

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

/** How many of some hits have each value; the most frequent values first. Values that are missing are not counted. */
export async function countFacets(
  db: Queryable,
  scope: Scope,
  ids: readonly string[],
): Promise<FacetCount[]> {
  if (ids.length === 0) return []
  const statement = createStatement()
  const of = (column: Parameters<typeof valueOf>[0]) => valueOf(column, scope, statement)
  const columns = `f.zone_id, f.mms_id, ${of('resource_type')} as resource_type, ${of('languages')} as languages, ${of('year')} as year,
    ${of('country')} as country, ${of('carrier')} as carrier, f.brief_level, f.suppressed, f.publish_to_oclc,
    f.linked_mms_id is not null as linked, f.originating_system`
  const table = tableOfEntity[scope.entity]
  const zoneId = `${statement.of(scope.zone.zoneId)}::smallint`
  const hits = `unnest(${statement.of(ids)}::text[]) as i (id)`
  const from =
    table === null
      ? `${hits} join bib_facet f on f.zone_id = ${zoneId} and f.mms_id = i.id`
      : `${hits} join ${table} r on r.zone_id = ${zoneId} and r.${table}_id = i.id
         join bib_facet f on f.zone_id = r.zone_id and f.mms_id = r.mms_id`
  return statement.run<FacetCount>(
    db,
    `with hit as materialized (select ${columns} from ${from} ${joinsOf(scope, statement)}),
     counted (code, value, count) as (
       select 'resource-type', resource_type, count(*) from hit group by 2
       union all select 'language', l.code, count(*) from hit, unnest(languages) as l (code) group by 2
       union all select 'year', year::text, count(*) from hit group by 2
       union all select 'country', country, count(*) from hit group by 2
       union all select 'carrier', carrier, count(*) from hit group by 2
       union all select 'library', h.library, count(distinct h.mms_id)
         from holdings h join (select distinct zone_id, mms_id from hit) b using (zone_id, mms_id) group by 2
       union all select 'brief-level', brief_level::text, count(*) from hit group by 2
       union all select 'suppressed', case when suppressed then 'yes' else 'no' end, count(*) from hit group by 2
       union all select 'publish-to-oclc', publish_to_oclc, count(*) from hit group by 2
       union all select 'linked', case when linked then 'yes' else 'no' end, count(*) from hit group by 2
       union all select 'originating-system', originating_system, count(*) from hit group by 2
     )
     select code, value, count::int as count from counted where value <> '' order by count desc, value`,
  )
}
