import type { SqlCheck } from './check.ts'

/*
 * Rules of jobs and their ledger. $1 are the zones and $2 the job that are looked at; nothing for all.
 */

/** Jobs in question, as a table `j`. */
const jobs = `(select * from import_job
  where ($2::bigint is null or job_id = $2)
    and ($1::smallint[] is null or zone_id = any($1) or bib_zone_id = any($1)))`

const count = (from: string) => `select count(*) from ${from}`

/** `job 3, file 1` and the rest of the sentence. */
const inFile = (row: string, rest: string) =>
  `format('job %s, file %s: ', ${row}.job_id, ${row}.file_no) || ${rest}`

export const jobChecks: readonly SqlCheck[] = [
  {
    id: 'FILES_TILED',
    title: 'Records and junk tile each file to the byte, as far as it has been imported.',
    checked: count(`import_file f join ${jobs} j using (job_id) where f.format is not null`),
    breaches: `
      with done as (
        select job_id, file_no, count(*) as records, max(byte_offset + byte_length) as stop
        from import_record join ${jobs} j using (job_id) group by job_id, file_no
      ), files as (
        select f.job_id, f.file_no, f.bytes, f.junk_bytes, coalesce(d.stop, 0) as reached,
          coalesce(d.records, 0) = f.records as is_whole
        from import_file f join ${jobs} j using (job_id) left join done d using (job_id, file_no)
        where f.format is not null
      ), spans as (
        select job_id, file_no, byte_offset as start, byte_offset + byte_length as stop, 0 as junk
        from import_record join files using (job_id, file_no)
        union all
        select job_id, file_no, byte_offset, byte_offset + byte_length, byte_length
        from import_junk join files using (job_id, file_no)
      ), ordered as (
        select *, lag(stop, 1, 0::bigint) over (partition by job_id, file_no order by start, stop) as before from spans
      ), sums as (
        select job_id, file_no, max(stop) as stop, sum(junk) as junk from spans group by job_id, file_no
      )
      select ${inFile('f', `format('%s at byte %s', case when o.start > o.before then 'a gap' else 'an overlap' end, least(o.start, o.before))`)} as example
      from files f join ordered o using (job_id, file_no)
      where o.start <> o.before and (f.is_whole or o.start < f.reached)
      union all
      select ${inFile('f', `format('its frames end at byte %s of %s, and %s of its bytes are junk, not %s', s.stop, f.bytes, s.junk, f.junk_bytes)`)}
      from files f left join sums s using (job_id, file_no)
      where (f.is_whole and coalesce(s.stop, 0) <> f.bytes) or coalesce(s.junk, 0) <> f.junk_bytes`,
  },
  {
    id: 'PARTS_TILED',
    title: 'The parts of a file follow each other from its first record to its last.',
    checked: count(`import_part p join ${jobs} j using (job_id)`),
    breaches: `
      select ${inFile('f', `format('its parts are of %s records, it has %s', p.records, f.records)`)} as example
      from import_file f join ${jobs} j using (job_id)
      left join (
        select job_id, file_no, sum(last_position - first_position + 1) as records,
          count(*) filter (where first_position <> before + 1 or last_position < first_position) as faults
        from (
          select *, lag(last_position, 1, 0) over (partition by job_id, file_no order by part_no) as before
          from import_part) o
        group by job_id, file_no) p using (job_id, file_no)
      where f.format is not null and (coalesce(p.records, 0) <> f.records or coalesce(p.faults, 0) > 0)`,
  },
  {
    id: 'ONE_OUTCOME',
    title: 'Each record that a part has reached has one outcome, and no other has any.',
    checked: count(`import_record r join ${jobs} j using (job_id)`),
    breaches: `
      with parts as (
        select p.*, r.outcomes, r.records, r.last
        from import_part p join ${jobs} j using (job_id)
        cross join lateral (
          select count(*) as outcomes, count(distinct position) as records, max(position) as last
          from import_record r
          where r.job_id = p.job_id and r.file_no = p.file_no and r.position between p.first_position and p.last_position) r
      )
      select ${inFile('p', `format('part %s is done up to record %s and has %s outcomes of %s records', p.part_no, p.done_position, p.outcomes, p.records)`)} as example
      from parts p
      where p.outcomes <> p.done_position - p.first_position + 1 or p.records <> p.outcomes
        or coalesce(p.last, p.done_position) <> p.done_position
      union all
      select ${inFile('r', `format('%s outcomes are of no part', r.outcomes - coalesce(p.outcomes, 0))`)}
      from (
        select job_id, file_no, count(*) as outcomes
        from import_record join ${jobs} j using (job_id) group by job_id, file_no) r
      left join (select job_id, file_no, sum(outcomes) as outcomes from parts group by job_id, file_no) p
        using (job_id, file_no)
      where r.outcomes <> coalesce(p.outcomes, 0)`,
  },
  {
    id: 'JOBS_COMPLETE',
    title: 'A completed job has an outcome for each record of its files, and no file that was not looked at.',
    checked: count(`${jobs} j where status = 'completed'`),
    breaches: `
      select ${inFile('f', `coalesce(format('%s of its %s records are done', p.done, f.records), 'it was not looked at')`)} as example
      from import_file f join ${jobs} j using (job_id)
      cross join lateral (
        select coalesce(sum(done_position - first_position + 1), 0) as done from import_part p
        where p.job_id = f.job_id and p.file_no = f.file_no) p
      where j.status = 'completed'
        and (p.done <> f.records or f.records is null or (f.format is null) = (f.not_marc is null))`,
  },
  {
    id: 'TALLIES',
    title: 'The tally of each part is what its ledger counts to.',
    checked: count(`import_part p join ${jobs} j using (job_id)`),
    breaches: `
      select ${inFile('p', `format('the tally of part %s is %s, its ledger has %s', p.part_no, p.tally, t.tally)`)} as example
      from import_part p join ${jobs} j using (job_id)
      cross join lateral (
        select coalesce(jsonb_object_agg(key, n), '{}') as tally from (
          select key, sum(n) as n from (
          select counts.key, counts.n
          from import_record r cross join lateral (
            select concat_ws(':', r.outcome, r.code) as key, 1 as n
            union all select '#matched', 1 where r.matched > 0
            union all select '#headings', r.headings where r.headings > 0
            union all select '#duplicates', 1 where r.duplicate_in_file
            union all select '#undoable', 1
              where r.outcome in ('created', 'merged', 'overlaid', 'deleted') or r.linked_mms_id is not null
                or exists (select from import_inventory m where m.job_id = r.job_id and m.file_no = r.file_no
                  and m.position = r.position and m.result in ('added', 'changed', 'removed') and not m.is_settled)
            union all select '#repair:' || code, 1 from unnest(r.repairs) code) counts
          where r.job_id = p.job_id and r.file_no = p.file_no and r.position between p.first_position and p.last_position
          union all
          -- What a settled issue combined is none of the record's.
          select '#combined', count(*)
          from combined_bib c join import_record r using (job_id, file_no, position)
          where c.job_id = p.job_id and c.file_no = p.file_no and c.position between p.first_position and p.last_position
            and c.became in ('deleted', 'suppressed', 'kept') and r.outcome in ('created', 'merged', 'overlaid', 'unchanged')
          having count(*) > 0
          union all
          select case m.kind when 'item' then '#items' when 'portfolio' then '#portfolios' else '#holdings' end, count(*)
          from import_inventory m
          where m.job_id = p.job_id and m.file_no = p.file_no and m.position between p.first_position and p.last_position
            and m.result = 'added' and not m.is_settled
          group by m.kind
          union all
          select '#inventory-' || m.result, count(*)
          from import_inventory m
          where m.job_id = p.job_id and m.file_no = p.file_no and m.position between p.first_position and p.last_position
            and m.result in ('changed', 'removed') and not m.is_settled
          group by m.result
          union all
          select '#inventory-problems', count(distinct m.position)
          from import_inventory m
          where m.job_id = p.job_id and m.file_no = p.file_no and m.position between p.first_position and p.last_position
            and m.code is not null and not m.is_settled
          having count(*) > 0) rows
          group by key) sums) t
      where t.tally <> p.tally`,
  },
  {
    id: 'OUTCOMES',
    title:
      'An outcome that changed a bib names it with its versions, and each other one that is no success has its code.',
    checked: count(`import_record r join ${jobs} j using (job_id)`),
    breaches: `
      select ${inFile('r', `format('record %s is %s', r.position, concat_ws(' ', r.outcome, r.code, r.mms_id, r.version_before, r.version_after))`)} as example
      from import_record r join ${jobs} j using (job_id)
      where case
        when r.outcome = 'created' then r.mms_id is null or r.version_before is not null or r.version_after <> 1
        when r.outcome in ('merged', 'overlaid', 'deleted')
          then r.mms_id is null or r.version_before is null or r.version_after is distinct from r.version_before + 1
        when r.outcome = 'unchanged' then r.mms_id is null
        else r.code is null
      end`,
  },
  {
    id: 'LEDGER_VERSIONS',
    title: 'Each version that the ledger names exists, and was made by the record that the ledger says.',
    checked: count(
      `import_record r join ${jobs} j using (job_id) where j.kind not in ('preview', 'replay') and r.mms_id is not null`,
    ),
    breaches: `
      with made as (
        select zone_id, mms_id, version, job_id, file_no, position from bib
        union all
        select zone_id, mms_id, version, job_id, file_no, position from bib_version
      )
      select ${inFile(
        'r',
        `format('record %s is %s, and %s has %s', r.position, r.outcome, r.mms_id,
        case when m.version is null then format('no version %s', r.version_after) else format('version %s from elsewhere', r.version_after) end)`,
      )} as example
      from import_record r join ${jobs} j using (job_id)
      left join made m on m.zone_id = j.bib_zone_id and m.mms_id = r.mms_id and m.version = r.version_after
      where j.kind not in ('preview', 'replay') and r.mms_id is not null and r.version_after is not null
        and (m.version is null or (r.outcome in ('created', 'merged', 'overlaid', 'deleted')
          and (m.job_id, m.file_no, m.position) is distinct from (r.job_id, r.file_no, r.position)))
      union all
      select ${inFile('r', `format('record %s is linked by %s, which never was', r.position, r.linked_mms_id)`)}
      from import_record r join ${jobs} j using (job_id)
      left join made m on m.zone_id = j.zone_id and m.mms_id = r.linked_mms_id and m.version = 1
      where j.kind not in ('preview', 'replay') and r.linked_mms_id is not null and m.version is null`,
  },
  {
    id: 'VERSIONS_ACCOUNTED',
    title:
      'Each version that an import made is in its ledger, settled one of its issues, or is of a bib that it combined.',
    checked: `
      select count(*) from (
        select job_id from bib where job_id is not null union all select job_id from bib_version where job_id is not null) v
      join ${jobs} j using (job_id)`,
    breaches: `
      select ${inFile('v', `format('version %s of %s is not accounted for', v.version, v.mms_id)`)} as example
      from (
        select job_id, file_no, position, mms_id, version, action from bib where job_id is not null
        union all
        select job_id, file_no, position, mms_id, version, action from bib_version where job_id is not null) v
      join ${jobs} j using (job_id)
      left join import_record r on r.job_id = v.job_id and r.file_no = v.file_no and r.position = v.position
        and ((r.mms_id = v.mms_id and r.version_after = v.version) or (v.action = 'linked' and r.linked_mms_id = v.mms_id))
      left join import_issue i on i.job_id = v.job_id and i.file_no = v.file_no and i.position = v.position
        and (v.action = 'linked' or (i.mms_id = v.mms_id and i.version_after = v.version))
      left join combined_bib c on c.job_id = v.job_id and c.file_no = v.file_no and c.position = v.position
        and c.mms_id = v.mms_id and c.version_after = v.version
      where j.kind in ('import', 'commit', 'link') and r.position is null and i.position is null and c.mms_id is null`,
  },
  {
    id: 'PREVIEWS',
    title: 'A preview or a replay has changed no bib and opened no issue.',
    checked: count(`${jobs} j where kind in ('preview', 'replay')`),
    breaches: `
      select format('job %s made version %s of %s', v.job_id, v.version, v.mms_id) as example
      from (select job_id, mms_id, version from bib union all select job_id, mms_id, version from bib_version) v
      join ${jobs} j using (job_id) where j.kind in ('preview', 'replay')
      union all
      select format('job %s opened issue %s', i.job_id, i.issue_id)
      from import_issue i join ${jobs} j using (job_id) where j.kind in ('preview', 'replay')`,
  },
  {
    id: 'REPLAYS',
    title:
      'A replay lists exactly the records as of another outcome or code that are so, and what they were and are.',
    checked: count(`import_record r join ${jobs} j using (job_id) where j.kind = 'replay'`),
    breaches: `
      select ${inFile('r', `format('record %s is %s, was %s, and is listed with {%s}', r.position, concat_ws(' ', r.outcome, r.code), concat_ws(' ', p.outcome, p.code), array_to_string(d.differs, ', '))`)} as example
      from import_record r join ${jobs} j using (job_id)
      join import_record p on p.job_id = j.of_job_id and p.file_no = r.file_no and p.position = r.position
      left join replay_difference d on d.job_id = r.job_id and d.file_no = r.file_no and d.position = r.position
      where j.kind = 'replay'
        and ((r.outcome <> p.outcome) <> coalesce('outcome' = any(d.differs), false)
          or (r.code is distinct from p.code) <> coalesce('code' = any(d.differs), false)
          or (d.was, d.now) <> (concat_ws(':', p.outcome, p.code), concat_ws(':', r.outcome, r.code)))
      union all
      select ${inFile('d', `format('record %s is listed as different, and the ledgers have no such record', d.position)`)}
      from replay_difference d join ${jobs} j using (job_id)
      where not exists (select from import_record r where r.job_id = d.job_id and r.file_no = d.file_no and r.position = d.position)
        or not exists (select from import_record p where p.job_id = j.of_job_id and p.file_no = d.file_no and p.position = d.position)`,
  },
  {
    id: 'COMMITS',
    title: 'A commit did with each record what its preview showed, or left it to a person.',
    checked: count(`import_record r join ${jobs} j using (job_id) where j.kind = 'commit'`),
    breaches: `
      select ${inFile('r', `format('record %s is %s, its preview showed %s', r.position, concat_ws(' ', r.outcome, r.code), coalesce(concat_ws(' ', p.outcome, p.code), 'nothing'))`)} as example
      from import_record r join ${jobs} j using (job_id)
      left join import_record p on p.job_id = j.of_job_id and p.file_no = r.file_no and p.position = r.position
      where j.kind = 'commit' and coalesce(r.code, '') not in ('PREVIEW_DRIFTED', 'DATABASE_REFUSED')
        and (p.position is null or (r.outcome, r.code) is distinct from (p.outcome, p.code))
      union all
      select ${inFile('r', `format('record %s made of inventory what its preview did not show', r.position)`)}
      from import_record r join ${jobs} j using (job_id)
      where j.kind = 'commit' and coalesce(r.code, '') not in ('PREVIEW_DRIFTED', 'DATABASE_REFUSED')
        and (${shownInventory('j.job_id')}) is distinct from (${shownInventory('j.of_job_id')})`,
  },
  {
    id: 'ISSUES',
    title: 'Each record that a person must settle has one issue, and each issue is of such a record.',
    checked: count(`import_issue i join ${jobs} j using (job_id)`),
    breaches: `
      select ${inFile('r', `format('record %s is %s and has no issue', r.position, concat_ws(' ', r.outcome, r.code))`)} as example
      from import_record r join ${jobs} j using (job_id)
      left join import_issue i on i.job_id = r.job_id and i.file_no = r.file_no and i.position = r.position
      where j.kind in ('import', 'commit') and j.link is null and i.position is null
        and (r.outcome in ('unresolved', 'rejected') or (r.outcome = 'not_imported' and r.code like 'NOT\\_ADDED%'))
      union all
      select ${inFile(
        'i',
        `format('issue %s is of record %s, %s, and the ledger has %s', i.issue_id, i.position,
        concat_ws(' ', i.outcome, i.code), coalesce(concat_ws(' ', r.outcome, r.code), 'no such record'))`,
      )}
      from import_issue i join ${jobs} j using (job_id)
      left join import_record r on r.job_id = i.job_id and r.file_no = i.file_no and r.position = i.position
      where (r.outcome, r.code) is distinct from (i.outcome, i.code) or i.zone_id <> j.zone_id
        or (i.resolved_at is null) <> (i.resolution is null)`,
  },
  {
    id: 'UNDONE',
    title: 'A completed undo has dealt with each record of its job that changed something.',
    checked: count(`undo_record u join ${jobs} j using (job_id)`),
    breaches: `
      select ${inFile('r', `format('record %s was not looked at by undo %s', r.position, j.job_id)`)} as example
      from ${jobs} j join import_record r on r.job_id = j.of_job_id
      left join undo_record u on u.job_id = j.job_id and u.file_no = r.file_no and u.position = r.position
      where j.kind = 'undo' and j.status = 'completed' and u.position is null
        and (r.outcome in ('created', 'merged', 'overlaid', 'deleted') or r.linked_mms_id is not null
          or exists (select from import_inventory m where m.job_id = r.job_id and m.file_no = r.file_no
            and m.position = r.position and m.result in ('added', 'changed', 'removed')))
      union all
      select ${inFile('u', `format('record %s of the undo is none of job %s', u.position, j.of_job_id)`)}
      from undo_record u join ${jobs} j using (job_id)
      left join import_record r on r.job_id = j.of_job_id and r.file_no = u.file_no and r.position = u.position
      where r.position is null`,
  },
  {
    id: 'LEASES',
    title:
      'A job that is over has an end and no lease; one that is not over has no end, and one that runs has a lease.',
    checked: count(`${jobs} j`),
    breaches: `
      select format('job %s is %s', job_id, status) || case when lease_until is null then ' without a lease' else ' with a lease' end ||
        case when finished_at is null then ' and without an end' else ' and with an end' end as example
      from ${jobs} j
      where case
        when status in ('completed', 'cancelled', 'failed')
          then lease_until is not null or lease_owner is not null or finished_at is null
        else finished_at is not null or (status = 'running' and (lease_until is null or lease_owner is null))
      end`,
  },
]

/** What became of the inventory of record `r` by a job, without the numbers that a preview has not. */
function shownInventory(job: string): string {
  return `select string_agg(concat_ws(' ', m.kind, m.result, m.code, m.library, m.location, m.barcode, m.url), '; ' order by m.inventory_row_id)
        from import_inventory m
        where m.job_id = ${job} and m.file_no = r.file_no and m.position = r.position and not m.is_settled`
}
