import type { Operator } from '../../rules/search/operators.ts'
import type { Clause } from '../../rules/search/query.ts'
import type { Entity, InventoryIndex } from '../../rules/search/search-index.ts'
import { wholeTerm } from '../../rules/search/term.ts'
import { readCode } from './coded-value.ts'
import type { Statement } from './statement.ts'
import type { Scope } from './scope.ts'

type Table = InventoryIndex['table']

/** The table that a row of the results is of, beside its bib. */
export const tableOfEntity: Readonly<Record<Entity, 'item' | 'portfolio' | null>> = {
  'all-titles': null,
  'physical-titles': null,
  'electronic-titles': null,
  'physical-items': 'item',
  'electronic-portfolios': 'portfolio',
}

/** A clause about what hangs on a bib: of a row of items or portfolios about that row, else about any of the bib's. */
export function inventoryCondition(
  clause: Clause,
  index: InventoryIndex,
  operator: Operator,
  { zone, entity }: Scope,
  statement: Statement,
): { readonly condition: string; readonly selects: readonly string[] } {
  const { table, column, type } = index
  const typed = wholeTerm(clause.term).text.trim()
  const zoneId = `${statement.of(zone.zoneId)}::smallint`
  const compared = (value: string): string => {
    const asked = () =>
      `lower(${statement.of(index.values === undefined ? typed : readCode(index, typed))}::text)`
    switch (operator) {
      case 'is-empty':
      case 'is-not-empty':
        return `coalesce(${value}, '') <> ''`
      case 'starts-with':
        return column === 'barcode'
          ? `starts_with(${value}, ${statement.of(typed)}::text)`
          : `starts_with(lower(${value}), ${asked()})`
      default:
        return column === 'barcode'
          ? `${value} = ${statement.of(typed)}::text`
          : `lower(${value}) = ${asked()}`
    }
  }
  // What is empty has no piece with a value: also where there is no piece.
  const isNegative = operator === 'not-equals' || operator === 'is-empty'
  const condition = aboutRow(table, tableOfEntity[entity], (alias) => compared(`${alias}.${column}`), zoneId)
  const selects =
    column === 'barcode' && type === 'text' && operator === 'equals'
      ? [ofBarcode(typed, zoneId, statement)]
      : []
  return { condition: isNegative ? `not coalesce(${condition}, false)` : condition, selects }
}

/** Of the item of a barcode; of its bib, where rows are bibs. */
export function barcodeCondition(
  barcode: string,
  { zone, entity }: Scope,
  statement: Statement,
): { readonly condition: string; readonly selects: readonly string[] } {
  const zoneId = `${statement.of(zone.zoneId)}::smallint`
  return {
    condition: aboutRow(
      'item',
      tableOfEntity[entity],
      (alias) => `${alias}.barcode = ${statement.of(barcode)}::text`,
      zoneId,
    ),
    selects: [ofBarcode(barcode, zoneId, statement)],
  }
}

const ofBarcode = (barcode: string, zoneId: string, statement: Statement): string =>
  `select o.mms_id from item_barcode o where o.zone_id = ${zoneId} and o.barcode = ${statement.of(barcode)}::text`

function aboutRow(
  table: Table,
  row: 'item' | 'portfolio' | null,
  compared: (alias: string) => string,
  zoneId: string,
): string {
  if (table === row) return compared('r')
  if (table === 'holdings' && row === 'item')
    return `exists (select from holdings h where h.zone_id = ${zoneId} and h.holdings_id = r.holdings_id and ${compared('h')})`
  return `exists (select from ${table} h where h.zone_id = ${zoneId} and h.mms_id = f.mms_id and ${compared('h')})`
}
