-- Row-level security, the second net under zone isolation: a statement of a person's request gives no row of a
-- zone that the person does not see, whether its text names a zone or not, and changes none where the person has
-- no role. Requests run as accession_web, and src/db tells each connection the zones. Whoever owns the tables
-- passes by all of it: importer, gateway, command line, migrations.
-- A table that comes later needs its policy in its own migration; test/row-security.test.ts names those without.

-- The role is of the server and not of this database: a copy that is restored elsewhere has yet to get it, so
-- that what makes it can be called again. Whoever may not make roles is told how it is done by hand.
create function make_web_role() returns void language plpgsql as $$
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
  if to_regclass('public.migration') is not null then
    revoke all on migration from accession_web;
  end if;
exception
  when insufficient_privilege then
    raise exception 'The database user % may neither make the role accession_web nor grant it. Let somebody who may do both once: create role accession_web nologin; grant accession_web to %;',
      current_user, quote_ident(current_user)
      using errcode = 'insufficient_privilege';
end
$$;

select make_web_role();

-- The zones that a connection was told (src/db/scope.ts): none where it was told nothing. Settings and not a
-- table, and no subquery in the policies of zones: a distributed PostgreSQL takes none.
create function catalogue_zones() returns smallint[] language sql stable parallel safe
  return coalesce(nullif(current_setting('accession.catalogue', true), ''), '{}')::smallint[];
create function own_zones() returns smallint[] language sql stable parallel safe
  return coalesce(nullif(current_setting('accession.own', true), ''), '{}')::smallint[];
create function changed_zones() returns smallint[] language sql stable parallel safe
  return coalesce(nullif(current_setting('accession.changed', true), ''), '{}')::smallint[];

-- What belongs to a zone: seen with its catalogue, changed by roles in it.
do $$
declare
  named text;
begin
  foreach named in array array[
    'bib_lock', 'import_profile', 'library', 'location',
    'holdings', 'item', 'item_barcode', 'portfolio', 'inventory_version']
  loop
    execute format('alter table %I enable row level security', named);
    execute format('create policy seen on %I for select using (zone_id = any(catalogue_zones()))', named);
    execute format('create policy added on %I for insert with check (zone_id = any(changed_zones()))', named);
    execute format('create policy changed on %I for update using (zone_id = any(changed_zones()))', named);
    execute format('create policy removed on %I for delete using (zone_id = any(changed_zones()))', named);
  end loop;
end
$$;

-- What imports alone write, by COPY, which passes by: no request does.
do $$
declare
  named text;
begin
  foreach named in array array['bib', 'bib_version', 'match_key', 'bib_heading', 'bib_facet', 'combined_inventory'] loop
    execute format('alter table %I enable row level security', named);
    execute format('create policy seen on %I for select using (zone_id = any(catalogue_zones()))', named);
  end loop;
end
$$;

-- To hold a bib while it is locked is an update in the eyes of PostgreSQL.
create policy held on bib for update using (zone_id = any(changed_zones()));

-- Members of a network use what others of it share.
alter table rule_file enable row level security;
create policy seen on rule_file for select using (
  zone_id = any(catalogue_zones())
  or shared and exists (
    select from zone z where z.zone_id = rule_file.zone_id and z.network_zone_id = any(catalogue_zones())));
create policy added on rule_file for insert with check (zone_id = any(changed_zones()));
create policy changed on rule_file for update using (zone_id = any(changed_zones()));

-- Sets are of those who work in the zone.
alter table saved_set enable row level security;
create policy seen on saved_set for select using (zone_id = any(own_zones()));
create policy added on saved_set for insert with check (zone_id = any(changed_zones()));
create policy changed on saved_set for update using (zone_id = any(changed_zones()));
create policy removed on saved_set for delete using (zone_id = any(changed_zones()));

-- Everybody knows which zones there are.
alter table zone enable row level security;
create policy seen on zone for select using (true);
create policy changed on zone for update using (zone_id = any(changed_zones()));

-- Who works where counts as a whole: a zone may not be left without anybody who looks after its people.
alter table person_role enable row level security;
create policy seen on person_role for select using (true);
create policy added on person_role for insert with check (zone_id = any(changed_zones()));
create policy removed on person_role for delete using (zone_id = any(changed_zones()));

-- The guard writes the audit trail, and passes by.
alter table audit enable row level security;
create policy seen on audit for select using (
  zone_code is null or zone_code in (select z.code from zone z where z.zone_id = any(own_zones())));

-- Jobs are seen from the zone that runs them and from the one whose bibs they change; a role in the first is
-- what it takes to submit one.
alter table import_job enable row level security;
create policy seen on import_job for select using (
  zone_id = any(own_zones()) or bib_zone_id = any(own_zones()));
create policy added on import_job for insert with check (
  zone_id = any(changed_zones()) and bib_zone_id = any(catalogue_zones()));
create policy changed on import_job for update using (zone_id = any(changed_zones()));

-- What hangs on a job is seen with it.
do $$
declare
  named text;
begin
  foreach named in array array[
    'import_file', 'import_part', 'import_junk', 'import_event', 'import_record',
    'preview_bib', 'preview_key', 'preview_record', 'undo_record', 'replay_difference']
  loop
    execute format('alter table %I enable row level security', named);
    execute format(
      'create policy seen on %I for select using (exists (select from import_job j where j.job_id = %1$I.job_id))',
      named);
  end loop;
  -- A commit takes the files of its preview, with what was found in them.
  foreach named in array array['import_file', 'import_part', 'import_junk', 'import_event'] loop
    execute format(
      'create policy added on %I for insert with check (exists (
         select from import_job j where j.job_id = %1$I.job_id and j.zone_id = any(changed_zones())))',
      named);
  end loop;
end
$$;

alter table import_issue enable row level security;
create policy seen on import_issue for select using (
  zone_id = any(own_zones()) or exists (select from import_job j where j.job_id = import_issue.job_id));
create policy changed on import_issue for update using (zone_id = any(changed_zones()));

alter table gateway_export enable row level security;
create policy seen on gateway_export for select using (zone_id = any(own_zones()));

alter table integration_profile enable row level security;
create policy seen on integration_profile for select using (zone_id = any(own_zones()));
create policy added on integration_profile for insert with check (zone_id = any(changed_zones()));
create policy changed on integration_profile for update using (zone_id = any(changed_zones()));

-- A job tells all that it did, in the institutions whose bibs hang on those of the network too.
alter table combined_bib enable row level security;
create policy seen on combined_bib for select using (
  zone_id = any(catalogue_zones()) or exists (select from import_job j where j.job_id = combined_bib.job_id));
