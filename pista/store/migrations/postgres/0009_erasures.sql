-- Visitors whose data is to be erased: asked here, done by the leading writer between two flushes.
create table erasures (
    id uuid primary key,
    tenant_id uuid not null references tenants (id),
    -- Until it is done.
    visitor_id text,
    -- Of tenant and visitor: tells nothing to whoever does not know the id.
    visitor_hash bytea not null,
    asked_by uuid,
    asked_by_name text not null,
    asked_at timestamptz not null,
    -- Where the journal ended then: what lies before is stored first, and deleted after.
    streams smallint[] not null,
    seqs bigint[] not null,
    state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
    started_at timestamptz,
    -- ClickHouse has been told to delete.
    deleted_at timestamptz,
    -- Hours since the epoch in which the counts are still to be made anew.
    hours int[] not null default '{}',
    -- Rows, by what they were.
    counts jsonb not null default '{}',
    error text,
    finished_at timestamptz,
    -- ClickHouse has removed the files in which the visitor's rows were.
    files_gone_at timestamptz,
    check ((state = 'done') = (finished_at is not null)),
    check ((visitor_id is null) = (finished_at is not null))
);

-- Asking twice is asking once.
create unique index erasures_open on erasures (tenant_id, visitor_hash) where finished_at is null;

create index erasures_of_tenant on erasures (tenant_id, asked_at desc);
