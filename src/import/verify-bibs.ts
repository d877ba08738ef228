import type { SqlCheck } from './check.ts'

/*
 * Rules of the catalogue. $1 are the zones that are looked at; nothing for all.
 */

const inScope = (alias: string) => `($1::smallint[] is null or ${alias}.zone_id = any($1))`

/** The number of the bib and the rest of the sentence. */
const bib = (row: string, rest: string) => `format('%s: ', ${row}.mms_id) || ${rest}`

/** Rows of a table without their bib: what a foreign key would refuse. */
const ofBibs = (id: string, table: string, what: string, shown: string): SqlCheck => ({
  id,
  title: `Each ${what} is of a bib.`,
  checked: `select count(*) from ${table} t where ${inScope('t')}`,
  breaches: `
    select ${bib('t', shown)} as example
    from ${table} t left join bib b using (zone_id, mms_id)
    where ${inScope('t')} and b.mms_id is null`,
})

export const bibChecks: readonly SqlCheck[] = [
  {
    id: 'VERSIONS',
    title:
      'The versions of a bib are counted from 1 without gaps; the last is the present one, or says that the bib was deleted.',
    checked: `select count(*) from bib b where ${inScope('b')}`,
    breaches: `
      with versions as (
        select zone_id, mms_id, count(*) as versions, count(distinct version) as distinct_versions, min(version) as first,
          max(version) as last, max(version) filter (where is_present) as present,
          bool_or(is_void <> (action = 'deleted')) as is_odd,
          max(version) filter (where action = 'deleted') as deleted
        from (
          select zone_id, mms_id, version, action, true as is_present, false as is_void from bib
          union all
          select zone_id, mms_id, version, action, false, record is null from bib_version) v
        where ${inScope('v')}
        group by zone_id, mms_id)
      select ${bib(
        'v',
        `format('%s versions from %s to %s, %s', v.versions, v.first, v.last,
        case when v.present is not null then format('the present one is %s', v.present)
          when v.deleted is not null then format('deleted as %s', v.deleted) else 'and no bib' end)`,
      )} as example
      from versions v
      where v.first <> 1 or v.last <> v.versions or v.distinct_versions <> v.versions or v.is_odd
        or coalesce(v.present, v.deleted, 0) <> v.last`,
  },
  {
    id: 'MMS_IDS',
    title:
      'The number of a bib ends in the suffix of its zone and stands in its record; a linked bib has its local fields alone.',
    checked: `select count(*) from bib b where ${inScope('b')}`,
    breaches: `
      select ${bib('b', `case when z.suffix is null then 'of no zone' else format('in %s, which has %s', z.code, z.suffix) end`)} as example
      from bib b left join zone z using (zone_id)
      where ${inScope('b')} and right(b.mms_id, 4) is distinct from z.suffix
      union all
      select ${bib('b', `'the 001 of its record is another'`)}
      from bib b
      where ${inScope('b')} and case when b.linked_mms_id is null
        then substr(b.record, 25, length(b.mms_id) + 5) <> e'\\x1e001' || b.mms_id || e'\\x1e'
        else substr(b.record, 25, 4) = e'\\x1e001' end`,
  },
  {
    id: 'LINKS',
    title:
      "A linked bib is an institution's, links to a bib that is none itself, and is the only one of its zone that does.",
    checked: `select count(*) from bib b where ${inScope('b')} and b.linked_mms_id is not null`,
    breaches: `
      select ${bib(
        'b',
        `case when n.mms_id is null then format('linked to %s, which is not there', b.linked_mms_id)
        else format('linked to %s', b.linked_mms_id) end`,
      )} as example
      from bib b join zone z using (zone_id)
      left join bib n on n.mms_id = b.linked_mms_id
      left join zone nz on nz.zone_id = n.zone_id
      where ${inScope('b')} and b.linked_mms_id is not null
        and (n.mms_id is null or n.linked_mms_id is not null or z.kind <> 'institution' or nz.kind = 'institution')
      union all
      select format('%s: linked to by %s bibs of one zone', linked_mms_id, count(*))
      from bib b where ${inScope('b')} and linked_mms_id is not null
      group by zone_id, linked_mms_id having count(*) > 1`,
  },
  ofBibs('KEYS_OF_BIBS', 'match_key', 'match key', `format('key %s %s', t.kind, t.value)`),
  ofBibs('HEADINGS_OF_BIBS', 'bib_heading', 'heading', `format('heading %s', t.form)`),
  ofBibs('SEARCH_OF_BIBS', 'bib_search', 'search row', `format('search row %s', t.title)`),
  ofBibs('FACETS_OF_BIBS', 'bib_facet', 'row of facets', `format('row of facets, title %s', t.sort_title)`),
  ofBibs('LOCKS_OF_BIBS', 'bib_lock', 'lock', `format('lock of %s', t.holder)`),
]
