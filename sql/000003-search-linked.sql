-- The search rows of linked bibs hold their local fields alone, and so have no title. A search that is
-- met by the network's words and the local ones together finds them here, without passing through the
-- rows of all other bibs.
create index bib_search_local on bib_search using gin (words) where title = '';
