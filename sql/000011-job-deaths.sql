-- A job whose process ends again and again at the same place is stopped; src/import/lease.ts counts.
alter table import_job add column deaths smallint not null default 0;
-- How far the job was when it was claimed last.
alter table import_job add column claimed_done bigint;
