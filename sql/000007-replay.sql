-- A job run anew under another version of its profile, to see what would differ.

alter table import_job drop constraint import_job_kind_check;
alter table import_job add constraint import_job_kind_check
  check (kind in ('import', 'preview', 'commit', 'undo', 'replay'));

-- The records of a replay that came out differently; all that they came to is in the two ledgers.
create table replay_difference (
  job_id bigint not null,
  file_no smallint not null,
  position int not null,
  -- In what: outcome, code, target (the bib), content (what it becomes), combined (the bibs that become one with it).
  differs text[] not null check (differs <@ array['outcome', 'code', 'target', 'content', 'combined'] and differs <> '{}'),
  -- Outcomes with their codes, as in a tally: a report of a million records counts them here.
  was text not null,
  now text not null,
  primary key (job_id, file_no, position)
);
