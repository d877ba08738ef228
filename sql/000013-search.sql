-- What results are narrowed and sorted by: of each bib one narrow row, made of its record and its state. A linked
-- bib has what the record says from the row of the bib that it is linked to; here that is empty.
create table bib_facet (
  zone_id smallint not null,
  mms_id text collate "C" not null,
  resource_type text collate "C" not null,
  -- Of 008 and 041, the first one first.
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
  -- Folded, without leading article.
  sort_title text collate "C" not null,
  sort_creator text collate "C" not null,
  part smallint not null,
  primary key (zone_id, mms_id, part)
);

alter table derived_version drop constraint derived_version_what_check,
  add constraint derived_version_what_check check (what in ('keys', 'headings', 'search', 'facets'));
insert into derived_version (what, version) values ('facets', 0);

-- Sets of what was found, to be gone back to and worked through. A logical set is a search, and has at any time what
-- that finds; an itemised one has the members that it was given.
create table saved_set (
  set_id bigint generated always as identity primary key,
  zone_id smallint not null references zone,
  name text not null check (length(name) between 1 and 200),
  note text check (length(note) <= 2000),
  kind text not null check (kind in ('itemised', 'logical')),
  -- What its members are.
  entity text not null check (entity in ('all-titles', 'physical-titles', 'physical-items', 'electronic-titles', 'electronic-portfolios')),
  -- CQL.
  query text,
  made_at timestamptz not null default now(),
  made_by text,
  check ((query is not null) = (kind = 'logical'))
);
create unique index saved_set_name on saved_set (zone_id, lower(name));

create table saved_set_member (
  set_id bigint not null,
  -- Of a bib, an item or a portfolio.
  member_id text collate "C" not null,
  added_at timestamptz not null default now(),
  added_by text,
  part smallint not null,
  primary key (set_id, member_id, part)
);
