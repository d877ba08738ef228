import type { SqlCheck } from './check.ts'

/*
 * Rules of the gateway's exports. $1 are the zones that are looked at; nothing for all.
 */

const inScope = `($1::smallint[] is null or e.zone_id = any($1))`

const isSuccess = `e.outcome in ('created', 'merged', 'overlaid', 'unchanged')`

export const exportChecks: readonly SqlCheck[] = [
  {
    id: 'EXPORTS',
    title:
      'Each success that the gateway has told is of a version that its bib has or had; a retry was told what its first sending was.',
    checked: `select count(*) from gateway_export e where ${inScope}`,
    breaches: `
      with versions as (
        select zone_id, mms_id, version from bib
        union all
        select zone_id, mms_id, version from bib_version)
      select format('export %s: %s has no version %s', e.export_id, coalesce(e.mms_id, 'no bib'), e.version_after) as example
      from gateway_export e
        left join versions v on v.zone_id = e.bib_zone_id and v.mms_id = e.mms_id and v.version = e.version_after
      where ${inScope} and ${isSuccess} and v.mms_id is null
      union all
      select format('export %s: was told %s as a retry of export %s, which was told %s',
        e.export_id, e.mms_id, e.replay_of, coalesce(o.mms_id, 'nothing'))
      from gateway_export e left join gateway_export o on o.export_id = e.replay_of
      where ${inScope} and e.replay_of is not null
        and (o.sha256, o.zone_id, o.mms_id, o.linked_mms_id) is distinct from (e.sha256, e.zone_id, e.mms_id, e.linked_mms_id)`,
  },
  {
    id: 'EXPORT_ISSUES',
    title: 'Each issue of an export is of one into its zone that was not imported, and for the same reason.',
    checked: `select count(*) from import_issue e where e.export_id is not null and ${inScope}`,
    breaches: `
      select format('issue %s of export %s: %s, and the export %s', e.issue_id, e.export_id, e.code,
        case when x.export_id is null then 'is not there' else coalesce(x.code, x.outcome, 'was not looked at') end) as example
      from import_issue e left join gateway_export x on x.export_id = e.export_id
      where e.export_id is not null and ${inScope}
        and (x.zone_id, x.outcome, x.code) is distinct from (e.zone_id, e.outcome, e.code)`,
  },
]
