import type { SqlCheck } from './check.ts'

/*
 * Rules of inventory: what foreign keys and unique indexes would hold. $1 are the zones that are looked at;
 * nothing for all.
 */

const inScope = (alias: string) => `($1::smallint[] is null or ${alias}.zone_id = any($1))`

const counted = (table: string) => `select count(*) from ${table} t where ${inScope('t')}`

/** All pieces of inventory under names that they have alike. */
const pieces = `(
  select zone_id, holdings_id as id, mms_id, version, part from holdings
  union all select zone_id, item_id, mms_id, version, part from item
  union all select zone_id, portfolio_id, mms_id, version, part from portfolio)`

export const inventoryChecks: readonly SqlCheck[] = [
  {
    id: 'INVENTORY_OF_BIBS',
    title: 'Holdings, items and portfolios are each of a bib of their zone.',
    checked: counted(pieces),
    breaches: `
      select format('%s: of bib %s, which is not there', t.id, t.mms_id) as example
      from ${pieces} t left join bib b using (zone_id, mms_id)
      where ${inScope('t')} and b.mms_id is null`,
  },
  {
    id: 'INVENTORY_IDS',
    title:
      'The number of holdings, an item or a portfolio ends in the suffix of its zone, and physical inventory is an institution’s.',
    checked: counted(pieces),
    breaches: `
      select format('%s: in zone %s', t.id, z.code) as example
      from ${pieces} t left join zone z using (zone_id)
      where ${inScope('t')}
        and (right(t.id, 4) is distinct from z.suffix or (z.kind <> 'institution' and left(t.id, 2) <> '53'))`,
  },
  {
    id: 'ITEMS_OF_HOLDINGS',
    title: 'Each item is in holdings, of the same bib.',
    checked: counted('item'),
    breaches: `
      select format('%s: in holdings %s, which are %s', t.item_id, t.holdings_id,
        case when h.mms_id is null then 'not there' else format('of %s and not of %s', h.mms_id, t.mms_id) end) as example
      from item t left join holdings h using (zone_id, holdings_id)
      where ${inScope('t')} and h.mms_id is distinct from t.mms_id`,
  },
  {
    id: 'ITEM_BARCODES',
    title: 'What item has a barcode is what the item says, and of its bib.',
    checked: counted('item_barcode'),
    breaches: `
      select format('barcode %s: of item %s, %s', coalesce(c.barcode, i.barcode), coalesce(c.item_id, i.item_id),
        case when c.barcode is null then 'and not to be found by it' when i.item_id is null then 'which is not there'
          when c.mms_id <> i.mms_id then format('on %s and not %s', i.mms_id, c.mms_id)
          else format('which has %s', coalesce(i.barcode, 'none')) end) as example
      from (select * from item_barcode t where ${inScope('t')}) c
      full join (select * from item t where ${inScope('t')}) i on i.zone_id = c.zone_id and i.item_id = c.item_id
      where (i.item_id is null or c.barcode is distinct from i.barcode or c.mms_id <> i.mms_id)
        and (c.barcode is not null or i.barcode is not null)`,
  },
  {
    id: 'HOLDINGS_RECORDS',
    title:
      'A holdings record names itself in 001 and its bib in 004, and holdings are in a location that there is.',
    checked: counted('holdings'),
    breaches: `
      select format('%s: its record is of others', t.holdings_id) as example
      from holdings t
      where ${inScope('t')}
        and substr(t.record, 25, length(t.holdings_id) + length(t.mms_id) + 9)
          <> e'\\x1e001' || t.holdings_id || e'\\x1e004' || t.mms_id || e'\\x1e'
      union all
      select format('%s: in %s, %s, which is not there', t.holdings_id, t.library, t.location)
      from holdings t left join location l on l.zone_id = t.zone_id and l.library_code = t.library and l.code = t.location
      where ${inScope('t')} and l.code is null`,
  },
  {
    id: 'INVENTORY_VERSIONS',
    title:
      'The versions of holdings, items and portfolios are counted from 1 without gaps; the last is the present one, or says that it was deleted.',
    checked: counted(pieces),
    breaches: `
      with versions as (
        select zone_id, id, count(*) as versions, count(distinct version) as distinct_versions, min(version) as first,
          max(version) as last, max(version) filter (where is_present) as present,
          max(version) filter (where action = 'deleted') as deleted
        from (
          select zone_id, id, version, '' as action, true as is_present from ${pieces} p
          union all
          select zone_id, inventory_id, version, action, false from inventory_version) v
        where ${inScope('v')}
        group by zone_id, id)
      select format('%s: %s versions from %s to %s, %s', v.id, v.versions, v.first, v.last,
        case when v.present is not null then format('the present one is %s', v.present)
          when v.deleted is not null then format('deleted as %s', v.deleted) else 'and nothing is there' end) as example
      from versions v
      where v.first <> 1 or v.last <> v.versions or v.distinct_versions <> v.versions
        or coalesce(v.present, v.deleted, 0) <> v.last`,
  },
]
