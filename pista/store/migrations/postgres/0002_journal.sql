-- The journal: what has arrived and is acknowledged, until the writer has it in ClickHouse.
--
-- Each web process owns one stream (by a session-level advisory lock on its number) and commits its
-- groups one after another, so within a stream rows become visible in the order of `seq`. A reader's
-- low-water mark therefore never passes a row that is still to come, and the writer never scans
-- over rows that are already gone.

create table journal_streams (
    stream smallint primary key,
    last_seq bigint not null default 0,
    received bigint not null default 0,
    kept bigint not null default 0,
    discarded bigint not null default 0,
    rejected bigint not null default 0
) with (fillfactor = 50);

create table journal (
    stream smallint not null references journal_streams,
    seq bigint not null,
    received_at timestamptz not null,
    events int not null,
    -- Of the lines in the body, before they were packed.
    size int not null,
    body bytea not null,
    primary key (stream, seq)
) with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);

-- Bodies are zstd frames: PostgreSQL cannot make them smaller.
alter table journal alter column body set storage external;

-- One row for each batch of the past 48 hours: its answer, so that a repeat is answered alike.
create table ingest_batches (
    site_id uuid not null,
    batch_key uuid not null,
    fingerprint bytea not null,
    answer bytea not null,
    received_at timestamptz not null,
    primary key (site_id, batch_key)
) with (autovacuum_vacuum_insert_scale_factor = 0.1);

create index ingest_batches_received_at on ingest_batches using brin (received_at);

-- The flush that is under way: written before ClickHouse is told, removed with the rows it took.
create table journal_flushes (
    id uuid primary key,
    streams smallint[] not null,
    first_seqs bigint[] not null,
    last_seqs bigint[] not null,
    events bigint not null,
    started_at timestamptz not null
);

-- One at a time.
create unique index journal_flushes_one on journal_flushes ((true));

create table journal_flushed (
    only_row boolean primary key default true check (only_row),
    flushed bigint not null default 0,
    flush_count bigint not null default 0,
    last_flush_at timestamptz
) with (fillfactor = 50);

insert into journal_flushed default values;

-- Bytes that ClickHouse could not read: kept for a person to look at, never in the way of the rest.
create table journal_quarantine (
    id bigint generated always as identity primary key,
    flush_id uuid not null,
    quarantined_at timestamptz not null default now(),
    events int not null,
    body bytea not null,
    error text not null
);

-- When each task of the clock last ran, so that one that was missed is made up for.
create table maintenance_runs (
    name text primary key,
    ran_at timestamptz not null
);
