-- What the live stream reads. All three tables are unlogged: they hold nothing that is not in
-- ClickHouse too, and a crash of PostgreSQL empties them together, which readers are told of.

-- Rows that have left the journal, for a minute, while somebody listens.
create unlogged table journal_recent (
    stream smallint not null,
    seq bigint not null,
    received_at timestamptz not null,
    events int not null,
    size int not null,
    flush_id uuid not null,
    -- The same for all rows of a flush.
    kept_at timestamptz not null,
    body bytea not null,
    primary key (stream, seq)
) with (autovacuum_vacuum_scale_factor = 0.05);

alter table journal_recent alter column body set storage external;

create index journal_recent_kept_at on journal_recent (kept_at);

-- The last row of each stream that is neither in the journal nor in journal_recent any more, and the
-- flush with which it went: what a reader has missed when its place lies before it.
create unlogged table journal_gone (
    stream smallint primary key,
    seq bigint not null,
    flush_id uuid
) with (fillfactor = 50);

-- Web processes with somebody listening; while there is one, rows are kept.
create unlogged table journal_listeners (
    listener uuid primary key,
    expires_at timestamptz not null
);
