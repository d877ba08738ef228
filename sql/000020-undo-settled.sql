-- A record that was kept out of its bib may have had the bib linked all the same, and be settled by a person later:
-- an undo takes back both, each in a row of its own.
alter table undo_record drop constraint undo_record_pkey,
  add primary key (job_id, file_no, position, is_settled);
