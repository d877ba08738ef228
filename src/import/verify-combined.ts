import type { SqlCheck } from './check.ts'

/*
 * Rules of bibs that became one. $1 are the zones and $2 the job that are looked at; nothing for all.
 */

const inScope = `($1::smallint[] is null or c.zone_id = any($1)) and ($2::bigint is null or c.job_id = $2)`

const shown = (rest: string) => `format('%s was %s: ', c.mms_id, c.became) || ${rest}`

/** What a preview or a replay would have combined is not in the catalogue. */
const isDone = `not exists (select from import_job j where j.job_id = c.job_id and j.kind in ('preview', 'replay'))`

export const combinedChecks: readonly SqlCheck[] = [
  {
    id: 'COMBINED',
    title:
      'Each bib that was combined, or moved with one that was, has the version that says so, and the bib that it went to is or was there.',
    checked: `select count(*) from combined_bib c where ${inScope}`,
    breaches: `
      with named as (
        select mms_id from combined_bib union select into_mms_id from combined_bib
      ), versions as (
        select zone_id, mms_id, version, action, linked_mms_id, job_id, file_no, position from bib join named using (mms_id)
        union all
        select zone_id, mms_id, version, action, linked_mms_id, job_id, file_no, position from bib_version join named using (mms_id)
      ), bibs as (
        select distinct mms_id from versions
      )
      select ${shown(`case when v.version is null then format('it has no version %s', c.version_after)
        when v.version = c.version_before then 'nothing about it changed'
        else format('version %s is %s after %s', v.version, v.action, c.version_before) end`)} as example
      from combined_bib c
      left join versions v on v.zone_id = c.zone_id and v.mms_id = c.mms_id and v.version = c.version_after
      where ${inScope} and ${isDone} and case
        when v.version is null then true
        when c.version_after = c.version_before then c.became not in ('suppressed', 'kept')
        else c.version_after <> c.version_before + 1
          or v.action <> case c.became when 'deleted' then 'deleted' when 'joined' then 'deleted'
            when 'suppressed' then 'tagged' when 'relinked' then 'linked' when 'linked' then 'linked' when 'extended' then 'merged' else '' end
          or (c.became in ('relinked', 'linked') and v.linked_mms_id is distinct from c.into_mms_id)
          or (c.job_id is not null and (v.job_id, v.file_no, v.position) is distinct from (c.job_id, c.file_no, c.position))
        end
      union all
      select ${shown(`format('%s, where it went, was never there', c.into_mms_id)`)}
      from combined_bib c left join bibs b on b.mms_id = c.into_mms_id
      where ${inScope} and ${isDone} and b.mms_id is null`,
  },
  {
    id: 'COMBINED_BY',
    title: 'Bibs were combined by records that were imported, or whose issue was settled so.',
    checked: `select count(*) from combined_bib c where ${inScope}`,
    breaches: `
      select ${shown(`coalesce(format('by record %s of job %s, which is %s', c.position, c.job_id, coalesce(r.outcome, 'not there')),
        format('by export %s, which is %s', c.export_id, coalesce(e.outcome, 'not there')))`)} as example
      from combined_bib c
      left join import_record r on r.job_id = c.job_id and r.file_no = c.file_no and r.position = c.position
      left join gateway_export e on e.export_id = c.export_id
      left join import_issue i on i.resolution = 'combine'
        and (i.export_id = c.export_id or (i.job_id = c.job_id and i.file_no = c.file_no and i.position = c.position))
      where ${inScope} and i.issue_id is null
        and coalesce(r.outcome, e.outcome, '') not in ('created', 'merged', 'overlaid', 'unchanged')`,
  },
]
