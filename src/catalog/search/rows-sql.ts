import { tableOfEntity } from './inventory-condition.ts'
import type { Scope } from './scope.ts'
import type { Statement } from './statement.ts'

/** What a row of the results is numbered by, and its bib. */
export const rowColumns = ({ entity }: Scope): { readonly id: string; readonly mmsId: string } => {
  const table = tableOfEntity[entity]
  return { id: table === null ? 'f.mms_id' : `r.${table}_id`, mmsId: 'f.mms_id' }
}

/** The rows that a condition looks at, beside `f`; `given` are there already. */
export function joinsOf({ upstream }: Scope, statement: Statement, given: readonly string[] = []): string {
  const joins: string[] = []
  const add = (alias: 's' | 'nf' | 'ns', join: string) => {
    if (statement.joined.has(alias) && !given.includes(alias)) joins.push(join)
  }
  const theirs = (alias: string) =>
    `${alias}.zone_id = any(${statement.of(upstream)}::smallint[]) and ${alias}.mms_id = f.linked_mms_id`
  add('s', 'left join bib_search s on s.zone_id = f.zone_id and s.mms_id = f.mms_id')
  add('nf', `left join bib_facet nf on ${theirs('nf')}`)
  add('ns', `left join bib_search ns on ${theirs('ns')}`)
  return joins.join(' ')
}

/** Of items and portfolios: each of the bib's. */
export function rowJoin({ entity }: Scope): string {
  const table = tableOfEntity[entity]
  return table === null ? '' : `join ${table} r on r.zone_id = f.zone_id and r.mms_id = f.mms_id`
}

/** The bib of a row of `hit`, and the item or portfolio that it is. */
export function bibOfHit({ zone, entity }: Scope): string {
  const table = tableOfEntity[entity]
  return table === null
    ? `join bib_facet f on f.zone_id = ${zone.zoneId} and f.mms_id = hit.id`
    : `join ${table} r on r.zone_id = ${zone.zoneId} and r.${table}_id = hit.id
       join bib_facet f on f.zone_id = r.zone_id and f.mms_id = r.mms_id`
}

/** Which bibs an entity leaves out: those without such inventory. */
export function entityCondition({ entity }: Scope): string | null {
  const table =
    entity === 'physical-titles' ? 'holdings' : entity === 'electronic-titles' ? 'portfolio' : null
  return table && `exists (select from ${table} h where h.zone_id = f.zone_id and h.mms_id = f.mms_id)`
}
