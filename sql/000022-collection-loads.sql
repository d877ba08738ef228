-- Files that were loaded into electronic collections, and what institutions have seen of the changes that they made.
create table collection_load (
  zone_id smallint not null,
  collection_id text collate "C" not null,
  load_id bigint generated always as identity,
  format text not null check (format in ('kbart', 'marc')),
  file_name text not null,
  loaded_at timestamptz not null default now(),
  loaded_by text,
  -- Lines below the heading, or records; each is in one of the counts up to rejected.
  lines int not null,
  blank int not null,
  further int not null,
  deletes int not null,
  added int not null,
  changed int not null,
  unchanged int not null,
  rejected int not null,
  withdrawn int not null,
  -- The first of each list of the report: what was changed, rejected, noted, withdrawn.
  report jsonb not null,
  primary key (zone_id, collection_id, load_id),
  foreign key (zone_id, collection_id) references electronic_collection
);

alter table portfolio
  -- The institution has seen what a title list last changed of it: so far, and by whom.
  add column source_seen_at timestamptz,
  add column source_seen_by text;

alter table collection_load enable row level security;
create policy seen on collection_load for select using (zone_id = any(catalogue_zones()));
create policy added on collection_load for insert with check (zone_id = any(changed_zones()));
