import type { Zone } from '../catalog/zone.ts'
import type { Queryable } from '../db/database.ts'
import { type CallNumberRow, shippedCallNumberMapping } from '../rules/holdings/call-number-mapping.ts'
import type { CallNumberTable, CallNumberUpdate } from '../rules/holdings/call-number-shape.ts'
import { InventoryRefusal } from './refusal.ts'

/** The table by which holdings of a zone take the call number of their bib: its own, or the shipped one. */
export const callNumberTable = ({ settings }: Zone): readonly CallNumberRow[] =>
  settings.callNumbers ?? shippedCallNumberMapping

/** When they take it. */
export const callNumberUpdate = ({ settings }: Zone): CallNumberUpdate =>
  settings.callNumberUpdate ?? 'on-new'

/** Gives a zone a table of its own, or with null the shipped one again. @throws {InventoryRefusal} */
export async function setCallNumberTable(
  db: Queryable,
  { zoneId }: Zone,
  { rows, update }: CallNumberTable,
): Promise<void> {
  const wrong = rows?.findIndex(({ scheme, source }) => (scheme === '7') !== (source !== undefined)) ?? -1
  if (wrong !== -1)
    throw new InventoryRefusal(
      'invalid',
      'SCHEME_AND_SOURCE',
      `Row ${wrong + 1} has scheme ${rows?.[wrong]?.scheme} and ${rows?.[wrong]?.source === undefined ? 'no' : 'a'} source.`,
      'Scheme 7 says in its source what it is, as $2 of 852 does; the others have none.',
    )
  await db.execute(
    `update zone set settings = settings - 'callNumbers' || jsonb_build_object('callNumberUpdate', $3::text)
       || case when $2::jsonb is null then '{}' else jsonb_build_object('callNumbers', $2::jsonb) end
     where zone_id = $1`,
    [zoneId, rows === null ? null : JSON.stringify(rows), update],
  )
}
