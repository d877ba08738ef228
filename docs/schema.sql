-- The schema that the migrations in sql/ make. Written by scripts/dump-schema.ts; not to be edited.

create sequence inventory_id_sequence as bigint start 100000000001 increment 1 cache 1;

create sequence mms_id_sequence as bigint start 100000000001 increment 1 cache 1;

create table api_key (
  api_key_id bigint not null generated always as identity,
  person_id bigint not null,
  name text not null,
  prefix text not null,
  hash text collate "C" not null,
  zones text[] not null default '{}'::text[],
  writes boolean not null,
  made_at timestamp with time zone not null default now(),
  ends_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  used_at timestamp with time zone,
  constraint api_key_pkey PRIMARY KEY (api_key_id),
  constraint api_key_hash_key UNIQUE (hash),
  constraint api_key_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(person_id)
);
CREATE INDEX api_key_person ON api_key USING btree (person_id);
grant delete, insert, select, update on api_key to accession_web;

create table audit (
  audit_id bigint not null generated always as identity,
  at timestamp with time zone not null default now(),
  who text not null,
  person_id bigint,
  by_key bigint,
  address text,
  zone_code text,
  action text not null,
  target text,
  request_id text not null,
  status smallint,
  constraint audit_pkey PRIMARY KEY (audit_id)
);
alter table audit enable row level security;
CREATE INDEX audit_zone ON audit USING btree (zone_code, audit_id DESC);
create policy seen on audit as permissive for select to public using (((zone_code IS NULL) OR (zone_code IN ( SELECT z.code
   FROM zone z
  WHERE (z.zone_id = ANY (own_zones()))))));
grant delete, insert, select, update on audit to accession_web;

create table bib (
  zone_id smallint not null,
  mms_id text collate "C" not null,
  version integer not null,
  record text not null,
  brief_level smallint not null,
  carrier text not null,
  suppressed boolean not null,
  publish_to_oclc text not null,
  originating_system text not null,
  originating_number text,
  originating_version text,
  linked_mms_id text collate "C",
  source_hash text collate "C",
  passed text[],
  action text not null,
  changed_at timestamp with time zone not null default now(),
  changed_by text,
  job_id bigint,
  file_no smallint,
  "position" integer,
  part smallint not null,
  constraint bib_pkey PRIMARY KEY (zone_id, mms_id, part),
  constraint bib_action_check CHECK (action = ANY (ARRAY['created'::text, 'merged'::text, 'overlaid'::text, 'edited'::text, 'linked'::text, 'unlinked'::text, 'restored'::text, 'tagged'::text])),
  constraint bib_brief_level_check CHECK (brief_level >= 1 AND brief_level <= 10),
  constraint bib_carrier_check CHECK (carrier = ANY (ARRAY['print'::text, 'electronic'::text, 'other'::text])),
  constraint bib_mms_id_check CHECK (mms_id ~ '^99[0-9]{6,17}$'::text),
  constraint bib_publish_to_oclc_check CHECK (publish_to_oclc = ANY (ARRAY['publish'::text, 'holdings-only'::text, 'do-not-publish'::text])),
  constraint bib_version_check CHECK (version > 0)
) with (fillfactor=95, toast_tuple_target=8160);
alter table bib enable row level security;
CREATE INDEX bib_linked ON bib USING btree (linked_mms_id, zone_id) WHERE (linked_mms_id IS NOT NULL);
create policy held on bib as permissive for update to public using ((zone_id = ANY (changed_zones())));
create policy seen on bib as permissive for select to public using ((zone_id = ANY (catalogue_zones())));
grant delete, insert, select, update on bib to accession_web;

create table bib_facet (
  zone_id smallint not null,
  mms_id text collate "C" not null,
  resource_type text collate "C" not null,
  languages text[] collate "C" not null,
  year smallint,
  second_year smallint,
  country text collate "C" not null,
  carrier text collate "C" not null,
  brief_level smallint not null,
  suppressed boolean not null,
  publish_to_oclc text collate "C" not null,
  originating_system text collate "C" not null,
  linked_mms_id text collate "C",
  sort_title text collate "C" not null,
  sort_creator text collate "C" not null,
  part smallint not null,
  encoding_level text collate "C" not null default ''::text,
  open_access boolean not null default false,
  constraint bib_facet_pkey PRIMARY KEY (zone_id, mms_id, part)
);
alter table bib_facet enable row level security;
create policy seen on bib_facet as permissive for select to public using ((zone_id = ANY (catalogue_zones())));
grant delete, insert, select, update on bib_facet to accession_web;

create table bib_heading (
  zone_id smallint not null,
  kind text collate "C" not null,
  sort_form text collate "C" not null,
  mms_id text collate "C" not null,
  form text not null,
  part smallint not null,
  constraint bib_heading_pkey PRIMARY KEY (zone_id, kind, sort_form, mms_id, part)
);
alter table bib_heading enable row level security;
create policy seen on bib_heading as permissive for select to public using ((zone_id = ANY (catalogue_zones())));
grant delete, insert, select, update on bib_heading to accession_web;

create table bib_lock (
  zone_id smallint not null,
  mms_id text collate "C" not null,
  holder text not null,
  holder_zone_id smallint,
  since timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  token bigint not null generated always as identity,
  part smallint not null,
  constraint bib_lock_pkey PRIMARY KEY (zone_id, mms_id, part)
);
alter table bib_lock enable row level security;
create policy added on bib_lock as permissive for insert to public with check ((zone_id = ANY (changed_zones())));
create policy changed on bib_lock as permissive for update to public using ((zone_id = ANY (changed_zones())));
create policy removed on bib_lock as permissive for delete to public using ((zone_id = ANY (changed_zones())));
create policy seen on bib_lock as permissive for select to public using ((zone_id = ANY (catalogue_zones())));
grant delete, insert, select, update on bib_lock to accession_web;

create table bib_search (
  zone_id smallint not null,
  mms_id text collate "C" not null,
  title text not null,
  words tsvector not null,
  part smallint not null,
  constraint bib_search_pkey PRIMARY KEY (zone_id, mms_id, part)
) with (toast_tuple_target=8160);
CREATE INDEX bib_search_local ON bib_search USING gin (words) WITH (gin_pending_list_limit='1024') WHERE (title = ''::text);
CREATE INDEX bib_search_words ON bib_search USING gin (words) WITH (gin_pending_list_limit='1024');
grant delete, insert, select, update on bib_search to accession_web;

create table bib_version (
  zone_id smallint not null,
  mms_id text collate "C" not null,
  version integer not null,
  record text,
  brief_level smallint not null,
  carrier text not null,
  suppressed boolean not null,
  publish_to_oclc text not null,
  originating_system text not null,
  originating_number text,
  originating_version text,
  linked_mms_id text collate "C",
  source_hash text collate "C",
  passed text[],
  action text not null,
  changed_at timestamp with time zone not null default now(),
  changed_by text,
  job_id bigint,
  file_no smallint,
  "position" integer,
  part smallint not null,
  constraint bib_version_pkey PRIMARY KEY (zone_id, mms_id, version, part),
  constraint bib_version_action_check CHECK (action = ANY (ARRAY['created'::text, 'merged'::text, 'overlaid'::text, 'edited'::text, 'linked'::text, 'unlinked'::text, 'restored'::text, 'tagged'::text, 'deleted'::text]))
) with (toast_tuple_target=8160);
alter table bib_version enable row level security;
create policy seen on bib_version as permissive for select to public using ((zone_id = ANY (catalogue_zones())));
grant delete, insert, select, update on bib_version to accession_web;

create table collection_load (
  zone_id smallint not null,
  collection_id text collate "C" not null,
  load_id bigint not null generated always as identity,
  format text not null,
  file_name text not null,
  loaded_at timestamp with time zone not null default now(),
  loaded_by text,
  lines integer not null,
  blank integer not null,
  further integer not null,
  deletes integer not null,
  added integer not null,
  changed integer not null,
  unchanged integer not null,
  rejected integer not null,
  withdrawn integer not null,
  report jsonb not null,
  constraint collection_load_pkey PRIMARY KEY (zone_id, collection_id, load_id),
  constraint collection_load_zone_id_collection_id_fkey FOREIGN KEY (zone_id, collection_id) REFERENCES electronic_collection(zone_id, collection_id),
  constraint collection_load_format_check CHECK (format = ANY (ARRAY['kbart'::text, 'marc'::text]))
);
alter table collection_load enable row level security;
create policy added on collection_load as permissive for insert to public with check ((zone_id = ANY (changed_zones())));
create policy seen on collection_load as permissive for select to public using ((zone_id = ANY (catalogue_zones())));
grant delete, insert, select, update on collection_load to accession_web;

create table combined_bib (
  combined_id bigint not null generated always as identity,
  job_id bigint,
  file_no smallint,
  "position" integer,
  export_id bigint,
  ordinal smallint not null,
  zone_id smallint not null,
  mms_id text collate "C" not null,
  became text not null,
  into_mms_id text collate "C" not null,
  version_before integer not null,
  version_after integer not null,
  part smallint not null,
  constraint combined_bib_pkey PRIMARY KEY (combined_id, part),
  constraint combined_bib_became_check CHECK (became = ANY (ARRAY['deleted'::text, 'suppressed'::text, 'kept'::text, 'relinked'::text, 'joined'::text, 'extended'::text, 'linked'::text])),
  constraint combined_bib_source CHECK (num_nonnulls(job_id, file_no, "position") =
CASE
    WHEN export_id IS NULL THEN 3
    ELSE 0
END)
);
alter table combined_bib enable row level security;
CREATE INDEX combined_bib_bib ON combined_bib USING btree (mms_id);
CREATE INDEX combined_bib_export ON combined_bib USING btree (export_id) WHERE (export_id IS NOT NULL);
CREATE INDEX combined_bib_record ON combined_bib USING btree (job_id, file_no, "position") WHERE (job_id IS NOT NULL);
create policy seen on combined_bib as permissive for select to public using (((zone_id = ANY (catalogue_zones())) OR (EXISTS ( SELECT
   FROM import_job j
  WHERE (j.job_id = combined_bib.job_id)))));
grant delete, insert, select, update on combined_bib to accession_web;

create table combined_inventory (
  combined_id bigint not null generated always as identity,
  job_id bigint,
  file_no smallint,
  "position" integer,
  export_id bigint,
  zone_id smallint not null,
  inventory_id text collate "C" not null,
  from_mms_id text collate "C" not null,
  into_mms_id text collate "C" not null,
  part smallint not null,
  constraint combined_inventory_pkey PRIMARY KEY (combined_id, part),
  constraint combined_inventory_source CHECK (num_nonnulls(job_id, file_no, "position") =
CASE
    WHEN export_id IS NULL THEN 3
    ELSE 0
END)
);
alter table combined_inventory enable row level security;
CREATE INDEX combined_inventory_export ON combined_inventory USING btree (export_id) WHERE (export_id IS NOT NULL);
CREATE INDEX combined_inventory_record ON combined_inventory USING btree (job_id, file_no, "position") WHERE (job_id IS NOT NULL);
create policy seen on combined_inventory as permissive for select to public using ((zone_id = ANY (catalogue_zones())));
grant delete, insert, select, update on combined_inventory to accession_web;

create table derived_version (
  what text collate "C" not null,
  version integer not null,
  towards integer,
  zone_id smallint,
  mms_id text collate "C",
  constraint derived_version_pkey PRIMARY KEY (what),
  constraint derived_version_what_check CHECK (what = ANY (ARRAY['keys'::text, 'headings'::text, 'search'::text, 'facets'::text]))
);
grant delete, insert, select, update on derived_version to accession_web;

create table electronic_collection (
  zone_id smallint not null,
  collection_id text collate "C" not null,
  name text not null,
  provider text,
  created_at timestamp with time zone not null default now(),
  created_by text,
  loaded_at timestamp with time zone,
  loaded_by text,
  file_name text,
  constraint electronic_collection_pkey PRIMARY KEY (zone_id, collection_id),
  constraint electronic_collection_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES zone(zone_id),
  constraint electronic_collection_collection_id_check CHECK (collection_id ~ '^61[0-9]{6,17}$'::text),
  constraint electronic_collection_name_check CHECK (length(name) >= 1 AND length(name) <= 400)
);
alter table electronic_collection enable row level security;
create policy added on electronic_collection as permissive for insert to public with check ((zone_id = ANY (changed_zones())));
create policy changed on electronic_collection as permissive for update to public using ((zone_id = ANY (changed_zones())));
create policy seen on electronic_collection as permissive for select to public using ((zone_id = ANY (catalogue_zones())));
grant delete, insert, select, update on electronic_collection to accession_web;

create table electronic_service (
  zone_id smallint not null,
  service_id text collate "C" not null,
  collection_id text collate "C" not null,
  name text not null,
  constraint electronic_service_pkey PRIMARY KEY (zone_id, service_id),
  constraint electronic_service_zone_id_collection_id_fkey FOREIGN KEY (zone_id, collection_id) REFERENCES electronic_collection(zone_id, collection_id),
  constraint electronic_service_name_check CHECK (length(name) >= 1 AND length(name) <= 400),
  constraint electronic_service_service_id_check CHECK (service_id ~ '^62[0-9]{6,17}$'::text)
);
alter table electronic_service enable row level security;
CREATE INDEX electronic_service_collection ON electronic_service USING btree (zone_id, collection_id);
create policy added on electronic_service as permissive for insert to public with check ((zone_id = ANY (changed_zones())));
create policy changed on electronic_service as permissive for update to public using ((zone_id = ANY (changed_zones())));
create policy seen on electronic_service as permissive for select to public using ((zone_id = ANY (catalogue_zones())));
grant delete, insert, select, update on electronic_service to accession_web;

create table gateway_export (
  export_id bigint not null generated by default as identity,
  zone_id smallint not null,
  bib_zone_id smallint not null,
  received_at timestamp with time zone not null default now(),
  logon text not null,
  oclc_user text not null,
  sent_by text not null,
  address text not null,
  header text not null,
  record bytea not null,
  sha256 text collate "C" not null,
  outcome text,
  code text,
  mms_id text collate "C",
  version_before integer,
  version_after integer,
  linked_mms_id text collate "C",
  title text not null,
  oclc_number text collate "C",
  keys text[] not null,
  trace jsonb,
  reply text not null,
  replay_of bigint,
  part smallint not null,
  constraint gateway_export_pkey PRIMARY KEY (export_id, part),
  constraint gateway_export_outcome_check CHECK (outcome = ANY (ARRAY['created'::text, 'merged'::text, 'overlaid'::text, 'unchanged'::text, 'deleted'::text, 'not_imported'::text, 'filtered'::text, 'unresolved'::text, 'rejected'::text]))
);
alter table gateway_export enable row level security;
CREATE INDEX gateway_export_same ON gateway_export USING btree (sha256, zone_id);
CREATE INDEX gateway_export_zone ON gateway_export USING btree (zone_id, export_id);
create policy seen on gateway_export as permissive for select to public using ((zone_id = ANY (own_zones())));
grant delete, insert, select, update on gateway_export to accession_web;

create table holdings (
  zone_id smallint not null,
  holdings_id text collate "C" not null,
  mms_id text collate "C" not null,
  version integer not null,
  record text not null,
  library text collate "C" not null,
  location text collate "C" not null,
  call_number text not null,
  call_number_sort text collate "C" not null,
  suppressed boolean not null,
  action text not null,
  created_at timestamp with time zone not null default now(),
  changed_at timestamp with time zone not null default now(),
  changed_by text,
  job_id bigint,
  file_no smallint,
  "position" integer,
  part smallint not null,
  constraint holdings_pkey PRIMARY KEY (zone_id, holdings_id, part),
  constraint holdings_action_check CHECK (action = ANY (ARRAY['added'::text, 'changed'::text, 'moved'::text])),
  constraint holdings_holdings_id_check CHECK (holdings_id ~ '^22[0-9]{6,17}$'::text),
  constraint holdings_version_check CHECK (version > 0)
) with (toast_tuple_target=8160);
alter table holdings enable row level security;
CREATE INDEX holdings_bib ON holdings USING btree (zone_id, mms_id);
CREATE INDEX holdings_shelf ON holdings USING btree (zone_id, library, location, call_number_sort);
create policy added on holdings as permissive for insert to public with check ((zone_id = ANY (changed_zones())));
create policy changed on holdings as permissive for update to public using ((zone_id = ANY (changed_zones())));
create policy removed on holdings as permissive for delete to public using ((zone_id = ANY (changed_zones())));
create policy seen on holdings as permissive for select to public using ((zone_id = ANY (catalogue_zones())));
grant delete, insert, select, update on holdings to accession_web;

create table import_event (
  event_id bigint not null generated always as identity,
  job_id bigint not null,
  at timestamp with time zone not null default now(),
  level text not null,
  code text not null,
  message text not null,
  constraint import_event_pkey PRIMARY KEY (event_id),
  constraint import_event_job_id_fkey FOREIGN KEY (job_id) REFERENCES import_job(job_id),
  constraint import_event_level_check CHECK (level = ANY (ARRAY['note'::text, 'warning'::text, 'error'::text]))
);
alter table import_event enable row level security;
CREATE INDEX import_event_job ON import_event USING btree (job_id, event_id);
create policy added on import_event as permissive for insert to public with check ((EXISTS ( SELECT
   FROM import_job j
  WHERE ((j.job_id = import_event.job_id) AND (j.zone_id = ANY (changed_zones()))))));
create policy seen on import_event as permissive for select to public using ((EXISTS ( SELECT
   FROM import_job j
  WHERE (j.job_id = import_event.job_id))));
grant delete, insert, select, update on import_event to accession_web;

create table import_file (
  job_id bigint not null,
  file_no smallint not null,
  name text not null,
  entry text,
  sha256 text collate "C" not null,
  format text,
  bytes bigint,
  records integer,
  junk_bytes bigint,
  not_marc text,
  constraint import_file_pkey PRIMARY KEY (job_id, file_no),
  constraint import_file_job_id_fkey FOREIGN KEY (job_id) REFERENCES import_job(job_id),
  constraint import_file_sha256_fkey FOREIGN KEY (sha256) REFERENCES stored_file(sha256)
);
alter table import_file enable row level security;
create policy added on import_file as permissive for insert to public with check ((EXISTS ( SELECT
   FROM import_job j
  WHERE ((j.job_id = import_file.job_id) AND (j.zone_id = ANY (changed_zones()))))));
create policy seen on import_file as permissive for select to public using ((EXISTS ( SELECT
   FROM import_job j
  WHERE (j.job_id = import_file.job_id))));
grant delete, insert, select, update on import_file to accession_web;

create table import_inventory (
  inventory_row_id bigint not null generated always as identity,
  job_id bigint not null,
  file_no smallint not null,
  "position" integer not null,
  is_settled boolean not null,
  kind text not null,
  result text not null,
  code text,
  why text,
  zone_id smallint not null,
  inventory_id text collate "C",
  mms_id text collate "C",
  library text collate "C",
  location text collate "C",
  barcode text collate "C",
  url text,
  part smallint not null,
  constraint import_inventory_pkey PRIMARY KEY (inventory_row_id, part),
  constraint import_inventory_check CHECK ((result = 'refused'::text) = (inventory_id IS NULL)),
  constraint import_inventory_check1 CHECK (result <> 'refused'::text OR code IS NOT NULL),
  constraint import_inventory_kind_check CHECK (kind = ANY (ARRAY['holdings'::text, 'item'::text, 'portfolio'::text])),
  constraint import_inventory_result_check CHECK (result = ANY (ARRAY['added'::text, 'reused'::text, 'known'::text, 'changed'::text, 'removed'::text, 'refused'::text]))
);
alter table import_inventory enable row level security;
CREATE INDEX import_inventory_record ON import_inventory USING btree (job_id, file_no, "position");
create policy seen on import_inventory as permissive for select to public using ((EXISTS ( SELECT
   FROM import_job j
  WHERE (j.job_id = import_inventory.job_id))));
grant delete, insert, select, update on import_inventory to accession_web;

create table import_issue (
  issue_id bigint not null generated always as identity,
  zone_id smallint not null,
  job_id bigint,
  file_no smallint,
  "position" integer,
  outcome text not null,
  code text not null,
  candidates text[],
  opened_at timestamp with time zone not null default now(),
  resolved_at timestamp with time zone,
  resolved_by text,
  resolution text,
  mms_id text collate "C",
  version_before integer,
  version_after integer,
  linked_mms_id text collate "C",
  export_id bigint,
  constraint import_issue_pkey PRIMARY KEY (issue_id),
  constraint import_issue_job_id_file_no_position_key UNIQUE (job_id, file_no, "position"),
  constraint import_issue_resolution_check CHECK (resolution = ANY (ARRAY['merge'::text, 'overlay'::text, 'create'::text, 'combine'::text, 'discard'::text, 'undone'::text, 'exported'::text])),
  constraint import_issue_source CHECK (num_nonnulls(job_id, file_no, "position") =
CASE
    WHEN export_id IS NULL THEN 3
    ELSE 0
END)
);
alter table import_issue enable row level security;
CREATE INDEX import_issue_exported ON import_issue USING btree (zone_id, export_id) WHERE ((resolved_at IS NULL) AND (export_id IS NOT NULL));
CREATE INDEX import_issue_open ON import_issue USING btree (zone_id, issue_id) WHERE (resolved_at IS NULL);
CREATE UNIQUE INDEX import_issue_export ON import_issue USING btree (export_id) WHERE (export_id IS NOT NULL);
create policy changed on import_issue as permissive for update to public using ((zone_id = ANY (changed_zones())));
create policy seen on import_issue as permissive for select to public using (((zone_id = ANY (own_zones())) OR (EXISTS ( SELECT
   FROM import_job j
  WHERE (j.job_id = import_issue.job_id)))));
grant delete, insert, select, update on import_issue to accession_web;

create table import_job (
  job_id bigint not null generated always as identity,
  kind text not null,
  zone_id smallint not null,
  bib_zone_id smallint not null,
  profile_code text,
  profile_version integer,
  profile jsonb,
  of_job_id bigint,
  label text,
  notes text,
  status text not null,
  reason text,
  submitted_at timestamp with time zone not null default now(),
  submitted_by text,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  cancel_requested_at timestamp with time zone,
  lease_owner text,
  lease_until timestamp with time zone,
  fence integer not null default 0,
  sampled_at timestamp with time zone,
  sampled_done bigint,
  rate real,
  idempotency_key text,
  deaths smallint not null default 0,
  claimed_done bigint,
  link jsonb,
  constraint import_job_pkey PRIMARY KEY (job_id),
  constraint import_job_zone_id_idempotency_key_key UNIQUE (zone_id, idempotency_key),
  constraint import_job_bib_zone_id_fkey FOREIGN KEY (bib_zone_id) REFERENCES zone(zone_id),
  constraint import_job_of_job_id_fkey FOREIGN KEY (of_job_id) REFERENCES import_job(job_id),
  constraint import_job_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES zone(zone_id),
  constraint import_job_kind_check CHECK (kind = ANY (ARRAY['import'::text, 'preview'::text, 'commit'::text, 'undo'::text, 'replay'::text, 'link'::text])),
  constraint import_job_status_check CHECK (status = ANY (ARRAY['pending'::text, 'running'::text, 'paused'::text, 'completed'::text, 'cancelled'::text, 'failed'::text]))
);
alter table import_job enable row level security;
CREATE INDEX import_job_waiting ON import_job USING btree (status, job_id) WHERE (status = ANY (ARRAY['pending'::text, 'running'::text, 'paused'::text]));
create policy added on import_job as permissive for insert to public with check (((zone_id = ANY (changed_zones())) AND (bib_zone_id = ANY (catalogue_zones()))));
create policy changed on import_job as permissive for update to public using ((zone_id = ANY (changed_zones())));
create policy seen on import_job as permissive for select to public using (((zone_id = ANY (own_zones())) OR (bib_zone_id = ANY (own_zones()))));
grant delete, insert, select, update on import_job to accession_web;

create table import_junk (
  job_id bigint not null,
  file_no smallint not null,
  byte_offset bigint not null,
  byte_length bigint not null,
  why text not null,
  constraint import_junk_pkey PRIMARY KEY (job_id, file_no, byte_offset)
);
alter table import_junk enable row level security;
create policy added on import_junk as permissive for insert to public with check ((EXISTS ( SELECT
   FROM import_job j
  WHERE ((j.job_id = import_junk.job_id) AND (j.zone_id = ANY (changed_zones()))))));
create policy seen on import_junk as permissive for select to public using ((EXISTS ( SELECT
   FROM import_job j
  WHERE (j.job_id = import_junk.job_id))));
grant delete, insert, select, update on import_junk to accession_web;

create table import_part (
  job_id bigint not null,
  file_no smallint not null,
  part_no integer not null,
  first_position integer not null,
  last_position integer not null,
  first_offset bigint not null,
  done_position integer not null,
  tally jsonb not null default '{}'::jsonb,
  constraint import_part_pkey PRIMARY KEY (job_id, file_no, part_no),
  constraint import_part_job_id_file_no_fkey FOREIGN KEY (job_id, file_no) REFERENCES import_file(job_id, file_no)
);
alter table import_part enable row level security;
create policy added on import_part as permissive for insert to public with check ((EXISTS ( SELECT
   FROM import_job j
  WHERE ((j.job_id = import_part.job_id) AND (j.zone_id = ANY (changed_zones()))))));
create policy seen on import_part as permissive for select to public using ((EXISTS ( SELECT
   FROM import_job j
  WHERE (j.job_id = import_part.job_id))));
grant delete, insert, select, update on import_part to accession_web;

create table import_profile (
  zone_id smallint not null,
  code text collate "C" not null,
  version integer not null,
  is_current boolean not null,
  profile jsonb not null,
  changed_at timestamp with time zone not null default now(),
  changed_by text,
  constraint import_profile_pkey PRIMARY KEY (zone_id, code, version),
  constraint import_profile_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES zone(zone_id)
);
alter table import_profile enable row level security;
CREATE UNIQUE INDEX import_profile_current ON import_profile USING btree (zone_id, code) WHERE is_current;
create policy added on import_profile as permissive for insert to public with check ((zone_id = ANY (changed_zones())));
create policy changed on import_profile as permissive for update to public using ((zone_id = ANY (changed_zones())));
create policy removed on import_profile as permissive for delete to public using ((zone_id = ANY (changed_zones())));
create policy seen on import_profile as permissive for select to public using ((zone_id = ANY (catalogue_zones())));
grant delete, insert, select, update on import_profile to accession_web;

create table import_record (
  job_id bigint not null,
  file_no smallint not null,
  "position" integer not null,
  byte_offset bigint not null,
  byte_length integer not null,
  hash bytea not null,
  outcome text not null,
  code text,
  mms_id text collate "C",
  version_before integer,
  version_after integer,
  linked_mms_id text collate "C",
  matched smallint not null,
  duplicate_in_file boolean not null,
  headings smallint not null,
  repairs text[],
  title text,
  trace jsonb,
  part smallint not null,
  constraint import_record_pkey PRIMARY KEY (job_id, file_no, "position", part),
  constraint import_record_outcome_check CHECK (outcome = ANY (ARRAY['created'::text, 'merged'::text, 'overlaid'::text, 'unchanged'::text, 'deleted'::text, 'not_imported'::text, 'filtered'::text, 'unresolved'::text, 'rejected'::text]))
);
alter table import_record enable row level security;
create policy seen on import_record as permissive for select to public using ((EXISTS ( SELECT
   FROM import_job j
  WHERE (j.job_id = import_record.job_id))));
grant delete, insert, select, update on import_record to accession_web;

create table importer (
  importer_id text not null,
  started_at timestamp with time zone not null default now(),
  seen_at timestamp with time zone not null default now(),
  constraint importer_pkey PRIMARY KEY (importer_id)
);
grant delete, insert, select, update on importer to accession_web;

create table integration_profile (
  zone_id smallint not null,
  logon text collate "C" not null,
  secret_hash text not null,
  secret_made_at timestamp with time zone not null default now(),
  addresses text[] not null default '{}'::text[],
  profile jsonb not null,
  version integer not null,
  changed_at timestamp with time zone not null default now(),
  changed_by text,
  constraint integration_profile_pkey PRIMARY KEY (zone_id),
  constraint integration_profile_logon_key UNIQUE (logon),
  constraint integration_profile_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES zone(zone_id),
  constraint integration_profile_logon_check CHECK (logon ~ '^[^/[:cntrl:]]{1,60}$'::text)
);
alter table integration_profile enable row level security;
create policy added on integration_profile as permissive for insert to public with check ((zone_id = ANY (changed_zones())));
create policy changed on integration_profile as permissive for update to public using ((zone_id = ANY (changed_zones())));
create policy seen on integration_profile as permissive for select to public using ((zone_id = ANY (own_zones())));
grant delete, insert, select, update on integration_profile to accession_web;

create table inventory_version (
  zone_id smallint not null,
  inventory_id text collate "C" not null,
  version integer not null,
  mms_id text collate "C" not null,
  content jsonb,
  action text not null,
  changed_at timestamp with time zone not null,
  changed_by text,
  job_id bigint,
  file_no smallint,
  "position" integer,
  part smallint not null,
  constraint inventory_version_pkey PRIMARY KEY (zone_id, inventory_id, version, part),
  constraint inventory_version_action_check CHECK (action = ANY (ARRAY['added'::text, 'changed'::text, 'moved'::text, 'deleted'::text])),
  constraint inventory_version_check CHECK ((content IS NULL) = (action = 'deleted'::text)),
  constraint inventory_version_inventory_id_check CHECK (inventory_id ~ '^(22|23|53)[0-9]{6,17}$'::text)
);
alter table inventory_version enable row level security;
CREATE INDEX inventory_version_bib ON inventory_version USING btree (zone_id, mms_id);
create policy added on inventory_version as permissive for insert to public with check ((zone_id = ANY (changed_zones())));
create policy changed on inventory_version as permissive for update to public using ((zone_id = ANY (changed_zones())));
create policy removed on inventory_version as permissive for delete to public using ((zone_id = ANY (changed_zones())));
create policy seen on inventory_version as permissive for select to public using ((zone_id = ANY (catalogue_zones())));
grant delete, insert, select, update on inventory_version to accession_web;

create table invitation (
  hash text collate "C" not null,
  person_id bigint,
  made_at timestamp with time zone not null default now(),
  made_by text,
  ends_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint invitation_pkey PRIMARY KEY (hash),
  constraint invitation_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(person_id)
);
grant delete, insert, select, update on invitation to accession_web;

create table item (
  zone_id smallint not null,
  item_id text collate "C" not null,
  holdings_id text collate "C" not null,
  mms_id text collate "C" not null,
  version integer not null,
  barcode text collate "C",
  status text not null,
  policy text,
  material_type text,
  copy_number text,
  description text,
  enumeration text[] not null default '{}'::text[],
  chronology text[] not null default '{}'::text[],
  public_note text,
  fulfilment_note text,
  internal_note text,
  inventory_number text,
  received_on date,
  temporary_library text collate "C",
  temporary_location text collate "C",
  action text not null,
  created_at timestamp with time zone not null default now(),
  changed_at timestamp with time zone not null default now(),
  changed_by text,
  job_id bigint,
  file_no smallint,
  "position" integer,
  part smallint not null,
  source text collate "C",
  constraint item_pkey PRIMARY KEY (zone_id, item_id, part),
  constraint item_action_check CHECK (action = ANY (ARRAY['added'::text, 'changed'::text, 'moved'::text])),
  constraint item_check CHECK ((temporary_library IS NULL) = (temporary_location IS NULL)),
  constraint item_item_id_check CHECK (item_id ~ '^23[0-9]{6,17}$'::text),
  constraint item_status_check CHECK (status = ANY (ARRAY['in-place'::text, 'not-in-place'::text, 'missing'::text, 'on-order'::text, 'in-process'::text])),
  constraint item_version_check CHECK (version > 0)
);
alter table item enable row level security;
CREATE INDEX item_bib ON item USING btree (zone_id, mms_id);
CREATE INDEX item_holdings ON item USING btree (zone_id, holdings_id);
CREATE INDEX item_source ON item USING btree (zone_id, source) WHERE (source IS NOT NULL);
create policy added on item as permissive for insert to public with check ((zone_id = ANY (changed_zones())));
create policy changed on item as permissive for update to public using ((zone_id = ANY (changed_zones())));
create policy removed on item as permissive for delete to public using ((zone_id = ANY (changed_zones())));
create policy seen on item as permissive for select to public using ((zone_id = ANY (catalogue_zones())));
grant delete, insert, select, update on item to accession_web;

create table item_barcode (
  zone_id smallint not null,
  barcode text collate "C" not null,
  item_id text collate "C" not null,
  mms_id text collate "C" not null,
  part smallint not null,
  constraint item_barcode_pkey PRIMARY KEY (zone_id, barcode, part)
);
alter table item_barcode enable row level security;
create policy added on item_barcode as permissive for insert to public with check ((zone_id = ANY (changed_zones())));
create policy changed on item_barcode as permissive for update to public using ((zone_id = ANY (changed_zones())));
create policy removed on item_barcode as permissive for delete to public using ((zone_id = ANY (changed_zones())));
create policy seen on item_barcode as permissive for select to public using ((zone_id = ANY (catalogue_zones())));
grant delete, insert, select, update on item_barcode to accession_web;

create table known_device (
  hash text collate "C" not null,
  person_id bigint not null,
  seen_at timestamp with time zone not null default now(),
  constraint known_device_pkey PRIMARY KEY (hash, person_id),
  constraint known_device_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(person_id)
);
grant delete, insert, select, update on known_device to accession_web;

create table library (
  zone_id smallint not null,
  code text collate "C" not null,
  name text not null,
  constraint library_pkey PRIMARY KEY (zone_id, code),
  constraint library_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES zone(zone_id),
  constraint library_code_check CHECK (code ~ '^[^[:cntrl:][:space:]]{1,60}$'::text),
  constraint library_name_check CHECK (length(name) >= 1 AND length(name) <= 200)
);
alter table library enable row level security;
CREATE UNIQUE INDEX library_code ON library USING btree (zone_id, lower(code));
create policy added on library as permissive for insert to public with check ((zone_id = ANY (changed_zones())));
create policy changed on library as permissive for update to public using ((zone_id = ANY (changed_zones())));
create policy removed on library as permissive for delete to public using ((zone_id = ANY (changed_zones())));
create policy seen on library as permissive for select to public using ((zone_id = ANY (catalogue_zones())));
grant delete, insert, select, update on library to accession_web;

create table location (
  zone_id smallint not null,
  library_code text collate "C" not null,
  code text collate "C" not null,
  name text not null,
  call_number_type text,
  constraint location_pkey PRIMARY KEY (zone_id, library_code, code),
  constraint location_zone_id_library_code_fkey FOREIGN KEY (zone_id, library_code) REFERENCES library(zone_id, code),
  constraint location_call_number_type_check CHECK (call_number_type ~ '^[0-8 ]$'::text),
  constraint location_code_check CHECK (code ~ '^[^[:cntrl:][:space:]]{1,60}$'::text),
  constraint location_name_check CHECK (length(name) >= 1 AND length(name) <= 200)
);
alter table location enable row level security;
CREATE UNIQUE INDEX location_code ON location USING btree (zone_id, library_code, lower(code));
create policy added on location as permissive for insert to public with check ((zone_id = ANY (changed_zones())));
create policy changed on location as permissive for update to public using ((zone_id = ANY (changed_zones())));
create policy removed on location as permissive for delete to public using ((zone_id = ANY (changed_zones())));
create policy seen on location as permissive for select to public using ((zone_id = ANY (catalogue_zones())));
grant delete, insert, select, update on location to accession_web;

create table match_key (
  kind text collate "C" not null,
  value text collate "C" not null,
  zone_id smallint not null,
  mms_id text collate "C" not null,
  origin text collate "C" not null,
  part smallint not null,
  constraint match_key_pkey PRIMARY KEY (kind, value, zone_id, mms_id, origin, part)
);
alter table match_key enable row level security;
create policy seen on match_key as permissive for select to public using ((zone_id = ANY (catalogue_zones())));
grant delete, insert, select, update on match_key to accession_web;

create table person (
  person_id bigint not null generated always as identity,
  login text collate "C" not null,
  name text not null,
  password text,
  totp_secret text,
  totp_pending text,
  totp_used bigint,
  active boolean not null default true,
  created_at timestamp with time zone not null default now(),
  created_by text,
  constraint person_pkey PRIMARY KEY (person_id),
  constraint person_login_key UNIQUE (login),
  constraint person_login_check CHECK (login = lower(login) AND login ~ '^[a-z0-9][a-z0-9._@-]{0,79}$'::text),
  constraint person_name_check CHECK (length(name) >= 1 AND length(name) <= 200)
);
CREATE UNIQUE INDEX person_name ON person USING btree (lower(translate(name, '‌‍'::text, ''::text)));
grant delete, insert, select, update on person to accession_web;

create table person_identity (
  issuer text collate "C" not null,
  subject text collate "C" not null,
  person_id bigint not null,
  linked_at timestamp with time zone not null default now(),
  constraint person_identity_pkey PRIMARY KEY (issuer, subject),
  constraint person_identity_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(person_id)
);
CREATE UNIQUE INDEX person_identity_person ON person_identity USING btree (person_id, issuer);
grant delete, insert, select, update on person_identity to accession_web;

create table person_role (
  person_id bigint not null,
  zone_id smallint not null,
  role text collate "C" not null,
  granted_at timestamp with time zone not null default now(),
  granted_by text,
  constraint person_role_pkey PRIMARY KEY (person_id, zone_id, role),
  constraint person_role_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(person_id),
  constraint person_role_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES zone(zone_id)
);
alter table person_role enable row level security;
create policy added on person_role as permissive for insert to public with check ((zone_id = ANY (changed_zones())));
create policy removed on person_role as permissive for delete to public using ((zone_id = ANY (changed_zones())));
create policy seen on person_role as permissive for select to public using (true);
grant delete, insert, select, update on person_role to accession_web;

create table portfolio (
  zone_id smallint not null,
  portfolio_id text collate "C" not null,
  mms_id text collate "C" not null,
  version integer not null,
  collection_id text collate "C",
  service_id text collate "C",
  url text,
  availability text not null,
  library text collate "C",
  coverage text,
  public_note text,
  internal_note text,
  authentication_note text,
  proxy boolean not null default false,
  material_type text,
  action text not null,
  created_at timestamp with time zone not null default now(),
  changed_at timestamp with time zone not null default now(),
  changed_by text,
  job_id bigint,
  file_no smallint,
  "position" integer,
  part smallint not null,
  source text collate "C",
  title_key text collate "C",
  source_id text collate "C",
  follows_url boolean not null default false,
  follows_coverage boolean not null default false,
  withdrawn_at timestamp with time zone,
  source_changed_at timestamp with time zone,
  source_seen_at timestamp with time zone,
  source_seen_by text,
  constraint portfolio_pkey PRIMARY KEY (zone_id, portfolio_id, part),
  constraint portfolio_action_check CHECK (action = ANY (ARRAY['added'::text, 'changed'::text, 'moved'::text])),
  constraint portfolio_availability_check CHECK (availability = ANY (ARRAY['available'::text, 'unavailable'::text])),
  constraint portfolio_collection_id_check CHECK (collection_id ~ '^61[0-9]{6,17}$'::text),
  constraint portfolio_portfolio_id_check CHECK (portfolio_id ~ '^53[0-9]{6,17}$'::text),
  constraint portfolio_service_id_check CHECK (service_id ~ '^62[0-9]{6,17}$'::text),
  constraint portfolio_source_id_check CHECK (source_id ~ '^53[0-9]{6,17}$'::text),
  constraint portfolio_version_check CHECK (version > 0)
);
alter table portfolio enable row level security;
CREATE INDEX portfolio_bib ON portfolio USING btree (zone_id, mms_id);
CREATE INDEX portfolio_collection ON portfolio USING btree (collection_id, zone_id) WHERE (collection_id IS NOT NULL);
CREATE INDEX portfolio_of_source ON portfolio USING btree (source_id, zone_id) WHERE (source_id IS NOT NULL);
CREATE INDEX portfolio_of_source_changed ON portfolio USING btree (zone_id, source_changed_at) WHERE (source_changed_at IS NOT NULL);
CREATE INDEX portfolio_source ON portfolio USING btree (zone_id, source) WHERE (source IS NOT NULL);
CREATE INDEX portfolio_title ON portfolio USING btree (collection_id, title_key) WHERE (title_key IS NOT NULL);
create policy added on portfolio as permissive for insert to public with check ((zone_id = ANY (changed_zones())));
create policy changed on portfolio as permissive for update to public using ((zone_id = ANY (changed_zones())));
create policy removed on portfolio as permissive for delete to public using ((zone_id = ANY (changed_zones())));
create policy seen on portfolio as permissive for select to public using ((zone_id = ANY (catalogue_zones())));
grant delete, insert, select, update on portfolio to accession_web;

create table preview_bib (
  job_id bigint not null,
  mms_id text collate "C" not null,
  state jsonb not null,
  record text,
  constraint preview_bib_pkey PRIMARY KEY (job_id, mms_id)
) with (toast_tuple_target=8160);
alter table preview_bib enable row level security;
CREATE INDEX preview_bib_linked ON preview_bib USING btree (job_id, ((state ->> 'linkedMmsId'::text))) WHERE ((state ->> 'linkedMmsId'::text) IS NOT NULL);
create policy seen on preview_bib as permissive for select to public using ((EXISTS ( SELECT
   FROM import_job j
  WHERE (j.job_id = preview_bib.job_id))));
grant delete, insert, select, update on preview_bib to accession_web;

create table preview_inventory (
  job_id bigint not null,
  key text collate "C" not null,
  inventory_id text collate "C" not null,
  mms_id text collate "C" not null,
  constraint preview_inventory_pkey PRIMARY KEY (job_id, key)
);
alter table preview_inventory enable row level security;
create policy seen on preview_inventory as permissive for select to public using ((EXISTS ( SELECT
   FROM import_job j
  WHERE (j.job_id = preview_inventory.job_id))));
grant delete, insert, select, update on preview_inventory to accession_web;

create table preview_key (
  job_id bigint not null,
  kind text collate "C" not null,
  value text collate "C" not null,
  mms_id text collate "C" not null,
  origin text collate "C" not null,
  constraint preview_key_pkey PRIMARY KEY (kind, value, job_id, mms_id, origin)
);
alter table preview_key enable row level security;
create policy seen on preview_key as permissive for select to public using ((EXISTS ( SELECT
   FROM import_job j
  WHERE (j.job_id = preview_key.job_id))));
grant delete, insert, select, update on preview_key to accession_web;

create table preview_record (
  job_id bigint not null,
  file_no smallint not null,
  "position" integer not null,
  mms_id text collate "C" not null,
  version_before integer,
  before text,
  after text,
  content text,
  constraint preview_record_pkey PRIMARY KEY (job_id, file_no, "position")
) with (toast_tuple_target=8160);
alter table preview_record enable row level security;
create policy seen on preview_record as permissive for select to public using ((EXISTS ( SELECT
   FROM import_job j
  WHERE (j.job_id = preview_record.job_id))));
grant delete, insert, select, update on preview_record to accession_web;

create table recovery_code (
  person_id bigint not null,
  hash text collate "C" not null,
  used_at timestamp with time zone,
  constraint recovery_code_pkey PRIMARY KEY (person_id, hash),
  constraint recovery_code_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(person_id)
);
grant delete, insert, select, update on recovery_code to accession_web;

create table replay_difference (
  job_id bigint not null,
  file_no smallint not null,
  "position" integer not null,
  differs text[] not null,
  was text not null,
  now text not null,
  constraint replay_difference_pkey PRIMARY KEY (job_id, file_no, "position"),
  constraint replay_difference_differs_check CHECK (differs <@ ARRAY['outcome'::text, 'code'::text, 'target'::text, 'content'::text, 'combined'::text] AND differs <> '{}'::text[])
);
alter table replay_difference enable row level security;
create policy seen on replay_difference as permissive for select to public using ((EXISTS ( SELECT
   FROM import_job j
  WHERE (j.job_id = replay_difference.job_id))));
grant delete, insert, select, update on replay_difference to accession_web;

create table rule_file (
  zone_id smallint not null,
  kind text collate "C" not null,
  code text collate "C" not null,
  version integer not null,
  is_current boolean not null,
  name text not null,
  text text not null,
  active boolean not null,
  shared boolean not null,
  changed_at timestamp with time zone not null default now(),
  changed_by text,
  constraint rule_file_pkey PRIMARY KEY (zone_id, kind, code, version),
  constraint rule_file_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES zone(zone_id),
  constraint rule_file_code_check CHECK (code ~ '^[a-z0-9][a-z0-9._-]{0,62}$'::text),
  constraint rule_file_kind_check CHECK (kind = ANY (ARRAY['normalize'::text, 'merge'::text, 'indication'::text, 'brief-level'::text, 'exceptions'::text])),
  constraint rule_file_version_check CHECK (version > 0)
);
alter table rule_file enable row level security;
CREATE UNIQUE INDEX rule_file_current ON rule_file USING btree (zone_id, kind, code) WHERE is_current;
create policy added on rule_file as permissive for insert to public with check ((zone_id = ANY (changed_zones())));
create policy changed on rule_file as permissive for update to public using ((zone_id = ANY (changed_zones())));
create policy seen on rule_file as permissive for select to public using (((zone_id = ANY (catalogue_zones())) OR (shared AND (EXISTS ( SELECT
   FROM zone z
  WHERE ((z.zone_id = rule_file.zone_id) AND (z.network_zone_id = ANY (catalogue_zones()))))))));
grant delete, insert, select, update on rule_file to accession_web;

create table saved_set (
  set_id bigint not null generated always as identity,
  zone_id smallint not null,
  name text not null,
  note text,
  kind text not null,
  entity text not null,
  query text,
  made_at timestamp with time zone not null default now(),
  made_by text,
  constraint saved_set_pkey PRIMARY KEY (set_id),
  constraint saved_set_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES zone(zone_id),
  constraint saved_set_check CHECK ((query IS NOT NULL) = (kind = 'logical'::text)),
  constraint saved_set_entity_check CHECK (entity = ANY (ARRAY['all-titles'::text, 'physical-titles'::text, 'physical-items'::text, 'electronic-titles'::text, 'electronic-portfolios'::text])),
  constraint saved_set_kind_check CHECK (kind = ANY (ARRAY['itemised'::text, 'logical'::text])),
  constraint saved_set_name_check CHECK (length(name) >= 1 AND length(name) <= 200),
  constraint saved_set_note_check CHECK (length(note) <= 2000)
);
alter table saved_set enable row level security;
CREATE UNIQUE INDEX saved_set_name ON saved_set USING btree (zone_id, lower(name));
create policy added on saved_set as permissive for insert to public with check ((zone_id = ANY (changed_zones())));
create policy changed on saved_set as permissive for update to public using ((zone_id = ANY (changed_zones())));
create policy removed on saved_set as permissive for delete to public using ((zone_id = ANY (changed_zones())));
create policy seen on saved_set as permissive for select to public using ((zone_id = ANY (own_zones())));
grant delete, insert, select, update on saved_set to accession_web;

create table saved_set_member (
  set_id bigint not null,
  member_id text collate "C" not null,
  added_at timestamp with time zone not null default now(),
  added_by text,
  part smallint not null,
  zone_id smallint not null,
  constraint saved_set_member_pkey PRIMARY KEY (set_id, member_id, part)
);
alter table saved_set_member enable row level security;
create policy added on saved_set_member as permissive for insert to public with check ((zone_id = ANY (changed_zones())));
create policy changed on saved_set_member as permissive for update to public using ((zone_id = ANY (changed_zones())));
create policy removed on saved_set_member as permissive for delete to public using ((zone_id = ANY (changed_zones())));
create policy seen on saved_set_member as permissive for select to public using ((zone_id = ANY (own_zones())));
grant delete, insert, select, update on saved_set_member to accession_web;

create table session (
  hash text collate "C" not null,
  person_id bigint not null,
  created_at timestamp with time zone not null default now(),
  seen_at timestamp with time zone not null default now(),
  address text,
  agent text,
  constraint session_pkey PRIMARY KEY (hash),
  constraint session_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(person_id)
);
CREATE INDEX session_person ON session USING btree (person_id);
grant delete, insert, select, update on session to accession_web;

create table sign_in_failure (
  kind text not null,
  value text collate "C" not null,
  failures integer not null,
  last_at timestamp with time zone not null,
  constraint sign_in_failure_pkey PRIMARY KEY (kind, value),
  constraint sign_in_failure_kind_check CHECK (kind = ANY (ARRAY['login'::text, 'address'::text, 'device'::text, 'own'::text]))
);
grant delete, insert, select, update on sign_in_failure to accession_web;

create table stored_file (
  sha256 text collate "C" not null,
  size bigint not null,
  stored_at timestamp with time zone not null default now(),
  constraint stored_file_pkey PRIMARY KEY (sha256),
  constraint stored_file_sha256_check CHECK (sha256 ~ '^[0-9a-f]{64}$'::text)
);
grant delete, insert, select, update on stored_file to accession_web;

create table undo_record (
  job_id bigint not null,
  file_no smallint not null,
  "position" integer not null,
  mms_id text collate "C" not null,
  result text not null,
  conflict jsonb,
  is_settled boolean not null default false,
  constraint undo_record_pkey PRIMARY KEY (job_id, file_no, "position", is_settled),
  constraint undo_record_result_check CHECK (result = ANY (ARRAY['removed'::text, 'restored'::text, 'merged'::text, 'conflict'::text, 'gone'::text, 'nothing'::text]))
);
alter table undo_record enable row level security;
create policy seen on undo_record as permissive for select to public using ((EXISTS ( SELECT
   FROM import_job j
  WHERE (j.job_id = undo_record.job_id))));
grant delete, insert, select, update on undo_record to accession_web;

create table zone (
  zone_id smallint not null,
  code text collate "C" not null,
  kind text not null,
  name text not null,
  suffix text collate "C" not null,
  network_zone_id smallint,
  settings jsonb not null default '{}'::jsonb,
  constraint zone_pkey PRIMARY KEY (zone_id),
  constraint zone_code_key UNIQUE (code),
  constraint zone_suffix_key UNIQUE (suffix),
  constraint zone_network_zone_id_fkey FOREIGN KEY (network_zone_id) REFERENCES zone(zone_id),
  constraint zone_code_check CHECK (code ~ '^[A-Za-z0-9_]{1,40}$'::text),
  constraint zone_kind_check CHECK (kind = ANY (ARRAY['institution'::text, 'network'::text, 'community'::text])),
  constraint zone_suffix_check CHECK (suffix ~ '^[0-9]{4}$'::text)
);
alter table zone enable row level security;
create policy changed on zone as permissive for update to public using ((zone_id = ANY (changed_zones())));
create policy seen on zone as permissive for select to public using (true);
grant delete, insert, select, update on zone to accession_web;

CREATE OR REPLACE FUNCTION catalogue_zones()
 RETURNS smallint[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (COALESCE(NULLIF(current_setting('accession.catalogue'::text, true), ''::text), '{}'::text))::smallint[];

CREATE OR REPLACE FUNCTION changed_zones()
 RETURNS smallint[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (COALESCE(NULLIF(current_setting('accession.changed'::text, true), ''::text), '{}'::text))::smallint[];

CREATE OR REPLACE FUNCTION make_web_role()
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if to_regrole('accession_web') is null then
    begin
      create role accession_web nologin;
    exception
      when duplicate_object or unique_violation then null;
    end;
  end if;
  execute format('grant accession_web to %I', current_user);
  grant usage on schema public to accession_web;
  grant select, insert, update, delete on all tables in schema public to accession_web;
  grant usage on all sequences in schema public to accession_web;
  alter default privileges in schema public grant select, insert, update, delete on tables to accession_web;
  alter default privileges in schema public grant usage on sequences to accession_web;
  if to_regclass('migration') is not null then
    revoke all on migration from accession_web;
  end if;
exception
  when insufficient_privilege then
    raise exception 'The database user % may neither make the role accession_web nor grant it. Let somebody who may do both once: create role accession_web nologin; grant accession_web to %;',
      current_user, quote_ident(current_user)
      using errcode = 'insufficient_privilege';
end
$function$;

CREATE OR REPLACE FUNCTION own_zones()
 RETURNS smallint[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (COALESCE(NULLIF(current_setting('accession.own'::text, true), ''::text), '{}'::text))::smallint[];
