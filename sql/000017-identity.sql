-- Who somebody is at an identity provider (OpenID Connect): what the provider calls them for good.
create table person_identity (
  issuer text collate "C" not null,
  subject text collate "C" not null,
  person_id bigint not null references person,
  linked_at timestamptz not null default now(),
  primary key (issuer, subject)
);
-- One account of a provider for a person: whom it lets in is plain to see.
create unique index person_identity_person on person_identity (person_id, issuer);
