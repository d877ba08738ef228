-- Who works here, what they may do, and what was done.

create table person (
  person_id bigint generated always as identity primary key,
  -- What is typed to sign in; compared without case.
  login text collate "C" not null check (login = lower(login) and login ~ '^[a-z0-9][a-z0-9._@-]{0,79}$'),
  name text not null check (length(name) between 1 and 200),
  -- As src/people/password.ts writes it; nothing until an invitation was taken up.
  password text,
  -- Base32 of the second factor; nothing without one. It is pending until a first code has been given.
  totp_secret text,
  totp_pending text,
  -- Period of the last code that was taken: none is taken twice.
  totp_used bigint,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  created_by text,
  unique (login)
);
-- Locks, versions and the audit trail say who by the name: no two people share one.
create unique index person_name on person (lower(translate(name, U&'\200C\200D', '')));

-- A role counts in its zone alone (D28).
create table person_role (
  person_id bigint not null references person,
  zone_id smallint not null references zone,
  role text collate "C" not null,
  granted_at timestamptz not null default now(),
  granted_by text,
  primary key (person_id, zone_id, role)
);

-- Codes for a day on which the second factor is lost: SHA-256, each used once.
create table recovery_code (
  person_id bigint not null references person,
  hash text collate "C" not null,
  used_at timestamptz,
  primary key (person_id, hash)
);

create table session (
  -- SHA-256 of the cookie's token.
  hash text collate "C" primary key,
  person_id bigint not null references person,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  address text,
  agent text
);
create index session_person on session (person_id);

-- A link that lets in once: the first person of an empty catalogue, one who was invited, one who has lost the password.
create table invitation (
  hash text collate "C" primary key,
  -- Nothing for the first person, who is yet to be named.
  person_id bigint references person,
  made_at timestamptz not null default now(),
  made_by text,
  ends_at timestamptz not null,
  used_at timestamptz
);

create table api_key (
  api_key_id bigint generated always as identity primary key,
  person_id bigint not null references person,
  name text not null,
  -- The first characters, to tell keys apart; SHA-256 of the whole.
  prefix text not null,
  hash text collate "C" not null unique,
  -- What of its owner's rights it has: the zones (all where none is named), and whether it may change anything.
  zones text[] not null default '{}',
  writes boolean not null,
  made_at timestamptz not null default now(),
  ends_at timestamptz not null,
  revoked_at timestamptz,
  used_at timestamptz
);
create index api_key_person on api_key (person_id);

-- Browsers in which somebody has signed in, by SHA-256 of a cookie's token: what others try does not make them wait.
create table known_device (
  hash text collate "C" not null,
  person_id bigint not null references person,
  seen_at timestamptz not null default now(),
  primary key (hash, person_id)
);

-- Wrong passwords in a row: by login and by address, by a known device of somebody's, and by somebody who
-- is signed in and types the own one. The next try waits.
create table sign_in_failure (
  kind text not null check (kind in ('login', 'address', 'device', 'own')),
  value text collate "C" not null,
  failures int not null,
  last_at timestamptz not null,
  primary key (kind, value)
);

-- A key that a program chose counts in the zone of its jobs: another zone's may have chosen the same.
alter table import_job drop constraint import_job_idempotency_key_key;
alter table import_job add unique (zone_id, idempotency_key);

-- Every request that may change something: written before it is carried out, with the answer afterwards.
create table audit (
  audit_id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  who text not null,
  -- Who acts; of one who signs in, as whom.
  person_id bigint,
  by_key bigint,
  address text,
  zone_code text,
  -- Method and pattern of the route, and what stood in the pattern's places.
  action text not null,
  target text,
  request_id text not null,
  -- Nothing while it is carried out, or where the server ended meanwhile.
  status smallint
);
create index audit_zone on audit (zone_code, audit_id desc);
