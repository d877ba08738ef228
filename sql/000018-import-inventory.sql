-- Inventory that imports make: where each piece came from, and what became of each that a record asked for.

-- The place in a file, or in the content of a record, that an item or a portfolio was made from: the same again makes
-- no other. Nothing for what people add.
alter table item add column source text collate "C";
create index item_source on item (zone_id, source) where source is not null;
alter table portfolio add column source text collate "C";
create index portfolio_source on portfolio (zone_id, source) where source is not null;

-- Beside the ledger: a row for each piece of inventory that a record of a job asked for. Of records that asked for
-- none there is none.
create table import_inventory (
  inventory_row_id bigint generated always as identity,
  job_id bigint not null,
  file_no smallint not null,
  position int not null,
  -- By a person who settled the record afterwards, and not by the job.
  is_settled boolean not null,
  kind text not null check (kind in ('holdings', 'item', 'portfolio')),
  result text not null check (result in ('added', 'reused', 'known', 'refused')),
  -- What was wrong with it, and why in words; an item may be added all the same.
  code text,
  why text,
  zone_id smallint not null,
  -- Of a preview as it would be: what is still to be made has no number of the catalogue, and begins with new.
  inventory_id text collate "C",
  mms_id text collate "C",
  library text collate "C",
  location text collate "C",
  barcode text collate "C",
  url text,
  part smallint not null,
  primary key (inventory_row_id, part),
  check ((result = 'refused') = (inventory_id is null)),
  check (result <> 'refused' or code is not null)
);
create index import_inventory_record on import_inventory (job_id, file_no, position);

-- What of inventory the batches of a preview have to see of each other, until the last one is done: by `hash64` of a
-- place, a barcode, a source or a URL, with the bib that it is of.
create table preview_inventory (
  job_id bigint not null,
  key text collate "C" not null,
  inventory_id text collate "C" not null,
  mms_id text collate "C" not null,
  primary key (job_id, key)
);

-- Both are seen with the job.
alter table import_inventory enable row level security;
create policy seen on import_inventory for select using (
  exists (select from import_job j where j.job_id = import_inventory.job_id));
alter table preview_inventory enable row level security;
create policy seen on preview_inventory for select using (
  exists (select from import_job j where j.job_id = preview_inventory.job_id));
