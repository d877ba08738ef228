-- Import profiles, jobs and the ledger.

create table import_profile (
  zone_id smallint not null references zone,
  code text collate "C" not null,
  version int not null,
  is_current boolean not null,
  -- src/rules/import-profile.ts has the shape.
  profile jsonb not null,
  changed_at timestamptz not null default now(),
  changed_by text,
  primary key (zone_id, code, version)
);
create unique index import_profile_current on import_profile (zone_id, code) where is_current;

-- Uploaded bytes, kept for ever under their own hash in the data directory.
create table stored_file (
  sha256 text collate "C" primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null,
  stored_at timestamptz not null default now()
);

-- One run over files. Rows are the monitor screen and never vanish.
create table import_job (
  job_id bigint generated always as identity primary key,
  kind text not null check (kind in ('import', 'preview', 'commit', 'undo')),
  zone_id smallint not null references zone,
  -- Where the bib is matched and numbered; not zone_id where the profile says use network zone.
  bib_zone_id smallint not null references zone,
  profile_code text,
  profile_version int,
  -- The profile as it was at submission: a later change of it does not touch a running job.
  profile jsonb,
  -- The preview that a commit carries out, or the job that an undo takes back.
  of_job_id bigint references import_job,
  label text,
  notes text,
  status text not null check (status in (
    'pending', 'running', 'paused', 'completed', 'cancelled', 'failed')),
  -- Why it is paused or has failed, in words.
  reason text,
  submitted_at timestamptz not null default now(),
  submitted_by text,
  started_at timestamptz,
  finished_at timestamptz,
  cancel_requested_at timestamptz,
  -- Whoever runs the job holds it until then, on the database's clock, and proves it by the fence.
  lease_owner text,
  lease_until timestamptz,
  fence int not null default 0,
  -- How far the job was when the lease was last renewed, and its records a second until then.
  sampled_at timestamptz,
  sampled_done bigint,
  rate real,
  -- The same submission twice is one job.
  idempotency_key text unique
);
create index import_job_waiting on import_job (status, job_id) where status in ('pending', 'running', 'paused');

create table import_file (
  job_id bigint not null references import_job,
  file_no smallint not null,
  name text not null,
  -- Name inside the archive, where the upload is one.
  entry text,
  sha256 text collate "C" not null references stored_file,
  -- Known once the file was framed; bytes are those after decompression.
  format text,
  bytes bigint,
  records int,
  junk_bytes bigint,
  -- Why the file is no MARC file, in words; it then has no records.
  not_marc text,
  primary key (job_id, file_no)
);

-- A piece of a file. Its tally is kept in the transactions that write its ledger rows.
create table import_part (
  job_id bigint not null,
  file_no smallint not null,
  part_no int not null,
  first_position int not null,
  last_position int not null,
  -- Where the first record starts, in bytes after decompression.
  first_offset bigint not null,
  -- The last position whose ledger row is committed; first_position - 1 at the start.
  done_position int not null,
  -- { outcome or outcome:code → count, … }; src/import/tally.ts has the shape.
  tally jsonb not null default '{}',
  primary key (job_id, file_no, part_no),
  foreign key (job_id, file_no) references import_file
);

-- The ledger: one row and one outcome for each record frame of a job.
create table import_record (
  job_id bigint not null,
  file_no smallint not null,
  position int not null,
  -- Bytes of the frame in the decompressed file, and the first 16 bytes of their SHA-256.
  byte_offset bigint not null,
  byte_length int not null,
  hash bytea not null,
  outcome text not null check (outcome in (
    'created', 'merged', 'overlaid', 'unchanged', 'deleted', 'not_imported', 'filtered', 'unresolved', 'rejected')),
  code text,
  -- The bib that the record became or met; of several candidates, none.
  mms_id text collate "C",
  -- Its version before and after; undo goes back to the one before.
  version_before int,
  version_after int,
  -- The institution's bib linked to it, where the profile uses the network zone.
  linked_mms_id text collate "C",
  -- Bibs that matched.
  matched smallint not null,
  duplicate_in_file boolean not null,
  headings smallint not null,
  repairs text[],
  -- Of a record that became no bib; that of a bib is with the bib.
  title text,
  -- The steps of the decision; short for a created bib. src/rules/trace.ts has the shape.
  trace jsonb,
  part smallint not null,
  primary key (job_id, file_no, position, part)
);

-- Bytes of a file that are no record: with the frames they tile it.
create table import_junk (
  job_id bigint not null,
  file_no smallint not null,
  byte_offset bigint not null,
  byte_length bigint not null,
  why text not null,
  primary key (job_id, file_no, byte_offset)
);

create table import_event (
  event_id bigint generated always as identity primary key,
  job_id bigint not null references import_job,
  at timestamptz not null default now(),
  level text not null check (level in ('note', 'warning', 'error')),
  code text not null,
  message text not null
);
create index import_event_job on import_event (job_id, event_id);

-- What a person must settle. Its settlement is written here; the ledger row stays as it was.
create table import_issue (
  issue_id bigint generated always as identity primary key,
  zone_id smallint not null,
  job_id bigint not null,
  file_no smallint not null,
  position int not null,
  outcome text not null,
  code text not null,
  candidates text[],
  opened_at timestamptz not null default now(),
  resolved_at timestamptz,
  resolved_by text,
  resolution text check (resolution in ('merge', 'overlay', 'create', 'discard', 'undone')),
  mms_id text collate "C",
  -- Of the bib that it became; the same where nothing changed.
  version_before int,
  version_after int,
  linked_mms_id text collate "C",
  unique (job_id, file_no, position)
);
create index import_issue_open on import_issue (zone_id, issue_id) where resolved_at is null;

-- What a preview planned, so that its later batches see it and its commit can be held to it.
create table preview_bib (
  job_id bigint not null,
  -- An existing MMS ID, or `new:file:position` for a bib that would be made.
  mms_id text collate "C" not null,
  state jsonb not null,
  record text,
  primary key (job_id, mms_id)
) with (toast_tuple_target = 8160);
create table preview_key (
  job_id bigint not null,
  kind text collate "C" not null,
  value text collate "C" not null,
  mms_id text collate "C" not null,
  origin text collate "C" not null,
  primary key (kind, value, job_id, mms_id, origin)
);
-- The result of each record that would change a bib: its text, and the version it was planned against.
create table preview_record (
  job_id bigint not null,
  file_no smallint not null,
  position int not null,
  mms_id text collate "C" not null,
  version_before int,
  before text,
  after text,
  -- What the commit is held to: `contentHash` of src/rules/plan.ts.
  content text,
  primary key (job_id, file_no, position)
) with (toast_tuple_target = 8160);

-- What undo did with each record of the job that it took back.
create table undo_record (
  job_id bigint not null,
  file_no smallint not null,
  position int not null,
  mms_id text collate "C" not null,
  result text not null check (result in ('removed', 'restored', 'merged', 'conflict', 'gone', 'nothing')),
  -- Fields that a later change had touched, or what hangs on the bib.
  conflict jsonb,
  -- Whether it was a person's settlement of an issue that was taken back.
  is_settled bool not null default false,
  primary key (job_id, file_no, position)
);

-- Processes that run jobs, so that "nobody is importing" can be said.
create table importer (
  importer_id text primary key,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now()
);
