-- Electronic collections: what a provider offers as one, with its services, whose portfolios a title list brings.
-- Mostly of the community zone, whence institutions activate portfolios for themselves.
create table electronic_collection (
  zone_id smallint not null references zone,
  collection_id text collate "C" not null check (collection_id ~ '^61[0-9]{6,17}$'),
  name text not null check (length(name) between 1 and 400),
  provider text,
  created_at timestamptz not null default now(),
  created_by text,
  -- The last title list that was loaded whole.
  loaded_at timestamptz,
  loaded_by text,
  file_name text,
  primary key (zone_id, collection_id)
);

create table electronic_service (
  zone_id smallint not null,
  service_id text collate "C" not null check (service_id ~ '^62[0-9]{6,17}$'),
  collection_id text collate "C" not null,
  name text not null check (length(name) between 1 and 400),
  primary key (zone_id, service_id),
  foreign key (zone_id, collection_id) references electronic_collection
);
create index electronic_service_collection on electronic_service (zone_id, collection_id);

alter table portfolio
  -- By what a title list knows the title; one portfolio of a collection in its zone.
  add column title_key text collate "C",
  -- The portfolio of the community zone that this one was activated from.
  add column source_id text collate "C" check (source_id ~ '^53[0-9]{6,17}$'),
  -- Address and coverage are those of the source, and change with it.
  add column follows_url boolean not null default false,
  add column follows_coverage boolean not null default false,
  -- Since when the title list has it no more.
  add column withdrawn_at timestamptz,
  -- When a title list last changed what an activated portfolio has from its source.
  add column source_changed_at timestamptz;
create index portfolio_of_source on portfolio (source_id, zone_id) where source_id is not null;
create index portfolio_of_source_changed on portfolio (zone_id, source_changed_at) where source_changed_at is not null;

do $$
declare
  named text;
begin
  foreach named in array array['electronic_collection', 'electronic_service'] loop
    execute format('alter table %I enable row level security', named);
    execute format('create policy seen on %I for select using (zone_id = any(catalogue_zones()))', named);
    execute format('create policy added on %I for insert with check (zone_id = any(changed_zones()))', named);
    execute format('create policy changed on %I for update using (zone_id = any(changed_zones()))', named);
  end loop;
end
$$;
