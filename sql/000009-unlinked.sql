-- A linked bib that its institution has made its own.
alter table bib drop constraint bib_action_check;
alter table bib add constraint bib_action_check check (action in (
  'created', 'merged', 'overlaid', 'edited', 'linked', 'unlinked', 'restored', 'tagged'));
alter table bib_version drop constraint bib_version_action_check;
alter table bib_version add constraint bib_version_action_check check (action in (
  'created', 'merged', 'overlaid', 'edited', 'linked', 'unlinked', 'restored', 'tagged', 'deleted'));
