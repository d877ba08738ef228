-- A record may change inventory that was there, or take it away: the ledger says so, and an undo takes it back.
alter table import_inventory drop constraint import_inventory_result_check;
alter table import_inventory add constraint import_inventory_result_check
  check (result in ('added', 'reused', 'known', 'changed', 'removed', 'refused'));
