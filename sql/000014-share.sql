-- Bibs of an institution that are linked to those of its network: by a set, or one that a person has decided on.
alter table import_job drop constraint import_job_kind_check;
alter table import_job add constraint import_job_kind_check check (kind in (
  'import', 'preview', 'commit', 'undo', 'replay', 'link'));
-- What src/import/link-settings.ts says; nothing for jobs over files of records.
alter table import_job add column link jsonb;

alter table combined_bib drop constraint combined_bib_became_check;
alter table combined_bib add constraint combined_bib_became_check check (became in (
  'deleted', 'suppressed', 'kept', 'relinked', 'joined', 'extended', 'linked'));
