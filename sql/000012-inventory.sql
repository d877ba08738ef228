-- Inventory: what libraries have of a bib. All of it hangs on a bib of its own zone, a linked bib among them, and
-- goes with that bib by its number.

-- Feeds the numbers of holdings (22), items (23) and portfolios (53), as mms_id_sequence does those of bibs.
create sequence inventory_id_sequence as bigint start 100000000001 cache 1;

-- The libraries of a zone, and the locations of each where things are kept.
create table library (
  zone_id smallint not null references zone,
  code text collate "C" not null check (code ~ '^[^[:cntrl:][:space:]]{1,60}$'),
  name text not null check (length(name) between 1 and 200),
  primary key (zone_id, code)
);
-- Codes that differ in case alone would be taken for one another.
create unique index library_code on library (zone_id, lower(code));

create table location (
  zone_id smallint not null,
  library_code text collate "C" not null,
  code text collate "C" not null check (code ~ '^[^[:cntrl:][:space:]]{1,60}$'),
  name text not null check (length(name) between 1 and 200),
  -- First indicator of 852 in new holdings here: the scheme that the location is shelved by.
  call_number_type text check (call_number_type ~ '^[0-8 ]$'),
  primary key (zone_id, library_code, code),
  foreign key (zone_id, library_code) references library
);
create unique index location_code on location (zone_id, library_code, lower(code));

-- Holdings as they are now: a MARC holdings record, and what it is found by.
create table holdings (
  zone_id smallint not null,
  holdings_id text collate "C" not null check (holdings_id ~ '^22[0-9]{6,17}$'),
  mms_id text collate "C" not null,
  version int not null check (version > 0),
  -- Packed form of src/marc/packed.ts; 852 has what the next columns say.
  record text not null,
  library text collate "C" not null,
  location text collate "C" not null,
  -- 852 $k $h $i $m as it is shown, and the form that is in shelving order.
  call_number text not null,
  call_number_sort text collate "C" not null,
  suppressed boolean not null,
  -- What made this version: the verb, and the person or the job's record.
  action text not null check (action in ('added', 'changed', 'moved')),
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  changed_by text,
  job_id bigint,
  file_no smallint,
  position int,
  -- Of the bib, so that what hangs on a bib is where the bib is.
  part smallint not null,
  primary key (zone_id, holdings_id, part)
) with (toast_tuple_target = 8160);
create index holdings_bib on holdings (zone_id, mms_id);
create index holdings_shelf on holdings (zone_id, library, location, call_number_sort);

-- A piece of physical holdings.
create table item (
  zone_id smallint not null,
  item_id text collate "C" not null check (item_id ~ '^23[0-9]{6,17}$'),
  holdings_id text collate "C" not null,
  -- The bib of its holdings.
  mms_id text collate "C" not null,
  version int not null check (version > 0),
  -- Unique in the zone by item_barcode, which agrees with this.
  barcode text collate "C",
  status text not null check (status in ('in-place', 'not-in-place', 'missing', 'on-order', 'in-process')),
  policy text,
  material_type text,
  copy_number text,
  -- How one of several items is told from the others: v.3 (1998:Jan.).
  description text,
  -- The levels of both from the highest down: volume, number; year, month.
  enumeration text[] not null default '{}',
  chronology text[] not null default '{}',
  public_note text,
  fulfilment_note text,
  internal_note text,
  inventory_number text,
  received_on date,
  -- Where it is for a time, other than its holdings say.
  temporary_library text collate "C",
  temporary_location text collate "C",
  action text not null check (action in ('added', 'changed', 'moved')),
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  changed_by text,
  job_id bigint,
  file_no smallint,
  position int,
  part smallint not null,
  primary key (zone_id, item_id, part),
  check ((temporary_library is null) = (temporary_location is null))
);
create index item_bib on item (zone_id, mms_id);
create index item_holdings on item (zone_id, holdings_id);

-- Which item has a barcode: one of a zone. It has a part of its own, of the barcode, so that the primary key can
-- hold that.
create table item_barcode (
  zone_id smallint not null,
  barcode text collate "C" not null,
  item_id text collate "C" not null,
  mms_id text collate "C" not null,
  part smallint not null,
  primary key (zone_id, barcode, part)
);

-- Access to an electronic resource; of a network or community zone, for all members.
create table portfolio (
  zone_id smallint not null,
  portfolio_id text collate "C" not null check (portfolio_id ~ '^53[0-9]{6,17}$'),
  mms_id text collate "C" not null,
  version int not null check (version > 0),
  -- The electronic collection that it is part of; a portfolio without one stands alone.
  collection_id text collate "C" check (collection_id ~ '^61[0-9]{6,17}$'),
  service_id text collate "C" check (service_id ~ '^62[0-9]{6,17}$'),
  url text,
  availability text not null check (availability in ('available', 'unavailable')),
  library text collate "C",
  coverage text,
  public_note text,
  internal_note text,
  authentication_note text,
  proxy boolean not null default false,
  material_type text,
  action text not null check (action in ('added', 'changed', 'moved')),
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  changed_by text,
  job_id bigint,
  file_no smallint,
  position int,
  part smallint not null,
  primary key (zone_id, portfolio_id, part)
);
create index portfolio_bib on portfolio (zone_id, mms_id);
create index portfolio_collection on portfolio (collection_id, zone_id) where collection_id is not null;

-- What holdings, items and portfolios were: each version that is no more current, whole, as the row was. Of what
-- is deleted the last row has the action `deleted`, and no content.
create table inventory_version (
  zone_id smallint not null,
  inventory_id text collate "C" not null check (inventory_id ~ '^(22|23|53)[0-9]{6,17}$'),
  version int not null,
  mms_id text collate "C" not null,
  -- The columns of the table that it is of, by their names; without those that stand here.
  content jsonb,
  action text not null check (action in ('added', 'changed', 'moved', 'deleted')),
  changed_at timestamptz not null,
  changed_by text,
  job_id bigint,
  file_no smallint,
  position int,
  part smallint not null,
  primary key (zone_id, inventory_id, version, part),
  check ((content is null) = (action = 'deleted'))
);
create index inventory_version_bib on inventory_version (zone_id, mms_id);

-- Inventory that went to another bib because the two became one: beside combined_bib, by the same record or export.
create table combined_inventory (
  combined_id bigint generated always as identity,
  job_id bigint,
  file_no smallint,
  position int,
  export_id bigint,
  zone_id smallint not null,
  -- Of holdings, whose items went with them, or of a portfolio.
  inventory_id text collate "C" not null,
  from_mms_id text collate "C" not null,
  into_mms_id text collate "C" not null,
  part smallint not null,
  primary key (combined_id, part),
  constraint combined_inventory_source check (num_nonnulls(job_id, file_no, position) = case when export_id is null then 3 else 0 end)
);
create index combined_inventory_record on combined_inventory (job_id, file_no, position) where job_id is not null;
create index combined_inventory_export on combined_inventory (export_id) where export_id is not null;
