-- Bibs that became one: what happened to each bib other than the one that stayed.

create table combined_bib (
  combined_id bigint generated always as identity,
  -- The record that it happened by: of a job, or an export of the gateway. Of a preview, what would happen.
  job_id bigint,
  file_no smallint,
  position int,
  export_id bigint,
  -- The order in which the record did it; an undo goes the other way.
  ordinal smallint not null,
  -- An institution's, where the bib was linked to one of those that became one.
  zone_id smallint not null,
  -- In a preview also `new:file:position`, as its bibs are called before they have a number.
  mms_id text collate "C" not null,
  -- deleted, suppressed, kept: the bib was combined into another. relinked: it hung on one that was, and is now
  -- linked to the one that stayed. joined: its zone had a linked bib for that already, and it is deleted; extended:
  -- that linked bib, which took its local fields.
  became text not null check (became in ('deleted', 'suppressed', 'kept', 'relinked', 'joined', 'extended')),
  -- The bib that it was combined into, or is linked to.
  into_mms_id text collate "C" not null,
  version_before int not null,
  -- The same where nothing about the bib changed.
  version_after int not null,
  part smallint not null,
  primary key (combined_id, part),
  constraint combined_bib_source check (num_nonnulls(job_id, file_no, position) = case when export_id is null then 3 else 0 end)
);
create index combined_bib_record on combined_bib (job_id, file_no, position) where job_id is not null;
create index combined_bib_export on combined_bib (export_id) where export_id is not null;
-- A number that is no more leads to the bib that took it over.
create index combined_bib_bib on combined_bib (mms_id);

-- A person may settle an issue by combining its candidates.
alter table import_issue
  drop constraint import_issue_resolution_check,
  add constraint import_issue_resolution_check
    check (resolution in ('merge', 'overlay', 'create', 'combine', 'discard', 'undone', 'exported'));

-- A preview must see in its later batches which linked bibs its earlier ones would have moved.
create index preview_bib_linked on preview_bib (job_id, (state ->> 'linkedMmsId')) where state ->> 'linkedMmsId' is not null;
