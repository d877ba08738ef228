-- Members of sets bear their zone, so that row-level security holds them as it holds their sets.
alter table saved_set_member add column zone_id smallint;
update saved_set_member m set zone_id = s.zone_id from saved_set s where s.set_id = m.set_id;
alter table saved_set_member alter column zone_id set not null;

alter table saved_set_member enable row level security;
create policy seen on saved_set_member for select using (zone_id = any(own_zones()));
create policy added on saved_set_member for insert with check (zone_id = any(changed_zones()));
create policy changed on saved_set_member for update using (zone_id = any(changed_zones()));
create policy removed on saved_set_member for delete using (zone_id = any(changed_zones()));

-- What else a record says that results are narrowed by; rows are made anew at the next start.
alter table bib_facet
  -- Leader/17, # for a blank.
  add column encoding_level text collate "C" not null default '',
  -- By a 506.
  add column open_access boolean not null default false;
