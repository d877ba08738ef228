-- By which version of the program what bibs are found by was made from their records. Where the program has
-- moved on, the rows are made anew when the catalogue is opened.
create table derived_version (
  what text collate "C" primary key check (what in ('keys', 'headings', 'search')),
  version int not null,
  -- While they are being made anew: towards which version, and the bib after which that goes on.
  towards int,
  zone_id smallint,
  mms_id text collate "C"
);
insert into derived_version (what, version) values ('keys', 1), ('headings', 1), ('search', 1);
