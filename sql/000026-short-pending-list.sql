-- A search reads all of the pending list: 1 MB of it takes a millisecond, 8 MB ten. An import is as fast with either.
alter index bib_search_words set (gin_pending_list_limit = 1024);
alter index bib_search_local set (gin_pending_list_limit = 1024);
