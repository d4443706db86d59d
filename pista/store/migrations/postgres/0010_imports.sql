-- Files whose rows are staged in ClickHouse; the leading writer stores them between two flushes.
create table imports (
    id uuid primary key,
    tenant_id uuid not null references tenants (id),
    file text not null,
    -- What the rows are judged by, the same from the first to the last.
    site_id uuid,
    site_ids uuid[] not null,
    oldest timestamptz not null,
    newest timestamptz not null,
    rows bigint not null,
    rows_done bigint not null default 0,
    rows_stored bigint not null default 0,
    events_stored bigint not null default 0,
    -- Up to here, by time and id, all rows are stored.
    done_at timestamptz not null,
    done_id uuid not null,
    -- The rows after that and up to here are being stored under this flush id.
    flush_id uuid,
    to_at timestamptz,
    to_id uuid,
    error text,
    created_at timestamptz not null,
    finished_at timestamptz,
    check ((flush_id is null) = (to_at is null) and (flush_id is null) = (to_id is null))
);

create index imports_unfinished on imports (id) where finished_at is null;
