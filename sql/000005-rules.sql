-- Rule files: normalisation, merge, indication, brief level, exceptions.

-- Every save is a version, and none ever goes: a stored brief level is that of a rule which the zone has or had.
create table rule_file (
  zone_id smallint not null references zone,
  kind text collate "C" not null check (kind in ('normalize', 'merge', 'indication', 'brief-level', 'exceptions')),
  code text collate "C" not null check (code ~ '^[a-z0-9][a-z0-9._-]{0,62}$'),
  version int not null check (version > 0),
  is_current boolean not null,
  name text not null,
  -- As its author wrote it; src/rules/language/ reads it.
  text text not null,
  -- One with an error is kept, and is never active.
  active boolean not null,
  -- Whether other zones of the same network may use it.
  shared boolean not null,
  changed_at timestamptz not null default now(),
  changed_by text,
  primary key (zone_id, kind, code, version)
);
create unique index rule_file_current on rule_file (zone_id, kind, code) where is_current;
