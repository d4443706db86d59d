-- Months of events that somebody has asked to remove: asked here by a web process, which may only
-- read ClickHouse, and done by the leading writer between two flushes.
create table month_removals (
    id uuid primary key,
    tenant_id uuid not null references tenants (id),
    -- YYYYMM, of UTC.
    month int not null check (month between 190001 and 999912),
    -- Who asked: the id, and the name that is shown.
    asked_by uuid,
    asked_by_name text not null,
    asked_at timestamptz not null,
    started_at timestamptz,
    -- All statements have been given to ClickHouse; what it deletes row by row takes longer.
    removed_at timestamptz,
    finished_at timestamptz,
    -- What there was when it started.
    events bigint,
    bytes bigint,
    parts_left int,
    error text
);

-- Asking twice is asking once.
create unique index month_removals_open on month_removals (tenant_id, month)
where finished_at is null;

create index month_removals_of_tenant on month_removals (tenant_id, asked_at desc);
