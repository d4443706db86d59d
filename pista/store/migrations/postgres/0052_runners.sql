-- Who does jobs, and since when PostgreSQL was there as they began. Unlogged: a server that crashed
-- has forgotten them, and so has one that took over. Then it was not they who ended.
create unlogged table runners (
    number int primary key,
    postgres_since timestamptz not null
);
