import type { Zone } from '../catalog/zone.ts'
import type { Queryable } from '../db/database.ts'
import { textArray } from '../db/text-array.ts'

/** Which portfolios: some by their numbers, or all of a collection. */
export type Chosen =
  | { readonly portfolioIds: readonly string[]; readonly collectionId?: never }
  | { readonly collectionId: string; readonly portfolioIds?: never }

/** What an activation would come to; nothing is written. Each chosen portfolio is in one of the first three. */
export type ActivationPlan = {
  readonly toActivate: number
  /** The institution has them already. */
  readonly wereThere: number
  /** They cannot be had any more. */
  readonly withdrawn: number
  /** Bibs that what is to be activated would be on. */
  readonly bibs: number
  /** Of them, those that would be linked to now. */
  readonly newBibs: number
}

/** The condition, and what its $2 and $3 are. */
const chosen = ({ portfolioIds, collectionId }: Chosen, column: 'portfolio_id' | 'source_id') => ({
  condition: `(p.${column} = any($2::text[]) or p.collection_id = $3)`,
  values: [textArray(portfolioIds ?? []), collectionId ?? null],
})

/** What it would come to that an institution activates portfolios of the community zone. */
export async function planActivation(db: Queryable, { zoneId }: Zone, what: Chosen): Promise<ActivationPlan> {
  const { condition, values } = chosen(what, 'portfolio_id')
  const [row] = await db.query<ActivationPlan>(
    `with asked as (
       select p.mms_id, p.withdrawn_at is not null as is_withdrawn,
         exists (select from portfolio l where l.zone_id = $1 and l.source_id = p.portfolio_id) as is_there,
         exists (select from bib b where b.zone_id = $1 and b.linked_mms_id = p.mms_id) as is_linked
       from portfolio p join zone z on z.zone_id = p.zone_id and z.kind = 'community'
       where ${condition})
     select count(*) filter (where not is_there and not is_withdrawn)::int as "toActivate",
       count(*) filter (where is_there)::int as "wereThere",
       count(*) filter (where not is_there and is_withdrawn)::int as withdrawn,
       count(distinct mms_id) filter (where not is_there and not is_withdrawn)::int as bibs,
       count(distinct mms_id) filter (where not is_there and not is_withdrawn and not is_linked)::int as "newBibs"
     from asked`,
    [zoneId, ...values],
  )
  return row as ActivationPlan
}

/** The next portfolios of a collection of the community zone that an institution may activate, by number. */
export async function findOpen(
  db: Queryable,
  { zoneId }: Zone,
  collectionId: string,
  limit: number,
): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `select p.portfolio_id as id
     from portfolio p join zone z on z.zone_id = p.zone_id and z.kind = 'community'
     where p.collection_id = $2 and p.withdrawn_at is null
       and not exists (select from portfolio l where l.zone_id = $1 and l.source_id = p.portfolio_id)
     order by p.portfolio_id limit $3`,
    [zoneId, collectionId, limit],
  )
  return rows.map(({ id }) => id)
}

/** What a deactivation would come to; nothing is written. */
export type DeactivationPlan = {
  readonly portfolios: number
  /** Of them, those with an address, a coverage or a note that the institution has given itself: it would be lost. */
  readonly withOwn: number
  readonly bibs: number
  /** Of the bibs, those that would be left without inventory. */
  readonly emptied: number
}

/** What it would come to that an institution deactivates portfolios, which are named by the numbers of their sources. */
export async function planDeactivation(
  db: Queryable,
  { zoneId }: Zone,
  what: Chosen,
): Promise<DeactivationPlan> {
  const { condition, values } = chosen(what, 'source_id')
  const [row] = await db.query<DeactivationPlan>(
    `with asked as (
       select p.portfolio_id, p.mms_id,
         not p.follows_url or not p.follows_coverage or p.internal_note is not null or p.authentication_note is not null
           or p.public_note is distinct from (
             select s.public_note from portfolio s join zone z on z.zone_id = s.zone_id and z.kind = 'community'
             where s.portfolio_id = p.source_id)
           as has_own
       from portfolio p where p.zone_id = $1 and p.source_id is not null and ${condition}),
     bibs as (
       select mms_id,
         not exists (select from holdings h where h.zone_id = $1 and h.mms_id = a.mms_id)
         and not exists (
           select from portfolio o where o.zone_id = $1 and o.mms_id = a.mms_id
             and o.portfolio_id not in (select portfolio_id from asked)) as is_emptied
       from (select distinct mms_id from asked) a)
     select (select count(*)::int from asked) as portfolios,
       (select count(*)::int from asked where has_own) as "withOwn",
       count(*)::int as bibs, count(*) filter (where is_emptied)::int as emptied
     from bibs`,
    [zoneId, ...values],
  )
  return row as DeactivationPlan
}
