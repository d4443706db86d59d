-- A tenant's daily export.
create table export_schedules (
    tenant_id uuid primary key references tenants (id),
    enabled boolean not null,
    format text not null check (format in ('parquet', 'csv', 'ndjson')),
    target text not null check (target in ('folder', 's3')),
    prefix text not null check (length(prefix) between 1 and 200),
    -- Of the tenant's time zone.
    hour smallint not null check (hour between 0 and 23),
    -- Up to here every day is exported.
    last_day date,
    last_error text
);

-- One row for each export, asked for by a person or made by the schedule.
create table exports (
    id uuid primary key,
    tenant_id uuid not null references tenants (id),
    scheduled boolean not null,
    first_day date not null,
    last_day date not null check (last_day >= first_day),
    format text not null check (format in ('parquet', 'csv', 'ndjson')),
    target text not null check (target in ('folder', 's3')),
    -- Below the tenant's own folder.
    prefix text not null,
    state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
    days_done int not null default 0,
    error text,
    requested_by text,
    created_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz,
    -- How often it was interrupted since the last finished day, and when it may go on.
    attempts int not null default 0,
    next_try_at timestamptz,
    -- When a runner last did a day of it: they take turns.
    worked_at timestamptz not null,
    unique (tenant_id, id)
);

create index exports_open on exports (worked_at) where state in ('waiting', 'running');

-- A day is exported by one scheduled export at a time.
create unique index exports_scheduled on exports (tenant_id)
where scheduled and state in ('waiting', 'running');

create table export_files (
    export_id uuid not null references exports (id) on delete cascade,
    day date not null,
    name text not null,
    events bigint not null,
    bytes bigint not null,
    primary key (export_id, day)
);
