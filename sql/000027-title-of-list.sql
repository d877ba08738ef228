-- A list looks for each of its titles.
create index portfolio_title on portfolio (collection_id, title_key) where title_key is not null;
