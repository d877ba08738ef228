-- The catalogue: zones, bibs and what they are found by.
--
-- Hot tables carry `part`, a small hash, last in their primary key, and have neither triggers nor
-- foreign keys, so that a distributed PostgreSQL can spread even one huge zone; `accession verify`
-- checks what foreign keys would.

create table zone (
  zone_id smallint primary key,
  code text collate "C" not null unique check (code ~ '^[A-Za-z0-9_]{1,40}$'),
  kind text not null check (kind in ('institution', 'network', 'community')),
  name text not null,
  -- The last four digits of the zone's record numbers.
  suffix text collate "C" not null unique check (suffix ~ '^[0-9]{4}$'),
  -- The network that an institution belongs to.
  network_zone_id smallint references zone,
  -- Protected fields and other rules of the zone; src/catalog/zone.ts has the shape.
  settings jsonb not null default '{}'
);

-- Feeds every MMS ID: 99, this number, the suffix of the zone. Gaps are normal.
create sequence mms_id_sequence as bigint start 100000000001 cache 1;

-- A record is about 2 kB, just where PostgreSQL begins to compress rows, which costs more than the write:
-- toast_tuple_target leaves rows below 8 kB as they are.

-- One bib in one zone, as it is now. What it was is in bib_version.
create table bib (
  zone_id smallint not null,
  mms_id text collate "C" not null check (mms_id ~ '^99[0-9]{6,17}$'),
  version int not null check (version > 0),
  -- Packed form of src/marc/packed.ts. Of a linked bib: the leader and the local fields only.
  record text not null,
  brief_level smallint not null check (brief_level between 1 and 10),
  carrier text not null check (carrier in ('print', 'electronic', 'other')),
  suppressed boolean not null,
  publish_to_oclc text not null check (publish_to_oclc in ('publish', 'holdings-only', 'do-not-publish')),
  originating_system text not null,
  -- (003)001 or 001 of the source, and the 005 of the version imported last.
  originating_number text,
  originating_version text,
  -- The network or community bib that this institution's bib is linked to.
  linked_mms_id text collate "C",
  -- Hash of the incoming record that this version was made from, and by which rule.
  source_hash text collate "C",
  -- The same of the records by which the job that made this version had changed the bib before, where its file
  -- names the bib more than once: the same file again must not lead the bib through them a second time.
  passed text[],
  -- What made this version: the verb, and the person or the job's record.
  action text not null check (action in ('created', 'merged', 'overlaid', 'edited', 'linked', 'restored', 'tagged')),
  changed_at timestamptz not null default now(),
  changed_by text,
  job_id bigint,
  file_no smallint,
  position int,
  part smallint not null,
  primary key (zone_id, mms_id, part)
) with (fillfactor = 95, toast_tuple_target = 8160);
create index bib_linked on bib (linked_mms_id, zone_id) where linked_mms_id is not null;

-- Versions that are no more current, whole; the last one of a deleted bib is `deleted`, without record.
create table bib_version (
  zone_id smallint not null,
  mms_id text collate "C" not null,
  version int not null,
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
  action text not null check (action in ('created', 'merged', 'overlaid', 'edited', 'linked', 'restored', 'tagged', 'deleted')),
  changed_at timestamptz not null default now(),
  changed_by text,
  job_id bigint,
  file_no smallint,
  position int,
  part smallint not null,
  primary key (zone_id, mms_id, version, part)
) with (toast_tuple_target = 8160);

-- What a bib is found by. Not unique by value: two bibs with one OCLC number is a state that a
-- cataloguer resolves. The look-up of a batch asks by (kind, value) in every zone at once.
create table match_key (
  kind text collate "C" not null,
  value text collate "C" not null,
  zone_id smallint not null,
  mms_id text collate "C" not null,
  origin text collate "C" not null,
  part smallint not null,
  primary key (kind, value, zone_id, mms_id, origin, part)
);

-- One row a heading of a bib; a browse list is a walk along the primary key.
create table bib_heading (
  zone_id smallint not null,
  kind text collate "C" not null,
  sort_form text collate "C" not null,
  mms_id text collate "C" not null,
  form text not null,
  part smallint not null,
  primary key (zone_id, kind, sort_form, mms_id, part)
);

-- The search row of a bib. Words are folded by src/rules/words.ts, never by the database. A linked
-- bib has none of its network's words: its search joins the network row.
create table bib_search (
  zone_id smallint not null,
  mms_id text collate "C" not null,
  title text not null,
  -- Weights say where a word stands: A title, B name, C subject, D anywhere else.
  words tsvector not null,
  part smallint not null,
  primary key (zone_id, mms_id, part)
) with (toast_tuple_target = 8160);
create index bib_search_words on bib_search using gin (words);

-- Who has a bib open. It ends 60 minutes after the last sign of life (D22).
create table bib_lock (
  zone_id smallint not null,
  mms_id text collate "C" not null,
  holder text not null,
  holder_zone_id smallint,
  since timestamptz not null,
  seen_at timestamptz not null,
  -- A save must bring the token of the lock that it was made under.
  token bigint generated always as identity,
  part smallint not null,
  primary key (zone_id, mms_id, part)
);
