-- Contacts whose data is to be erased: asked for here, done by the leading writer between two flushes.
create table contact_erasures (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    -- Until it is done, as what the person is known by.
    contact_id text,
    person jsonb,
    -- Of tenant and contact: tells nothing to whoever does not know the id.
    contact_hash bytea not null,
    asked_by uuid,
    asked_by_name text not null,
    asked_at timestamptz not null,
    -- Where the journal ended then: what lies before is stored first, and looked through after.
    streams smallint[] not null,
    seqs bigint[] not null,
    state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
    -- Webhooks up to here were looked through for the person; then all of them.
    swept_to uuid,
    swept_at timestamptz,
    -- The rooms have let go of it.
    erased_at timestamptz,
    -- Months in which events are still to be looked through, or null before.
    months int[],
    -- The erasures of its visitors.
    visitors uuid[] not null default '{}',
    counts jsonb not null default '{}',
    error text,
    finished_at timestamptz,
    primary key (tenant_id, id),
    check ((state = 'done') = (finished_at is not null)),
    check ((contact_id is null) = (finished_at is not null)),
    check (finished_at is null or person is null)
);

-- Asking twice is asking once.
create unique index contact_erasures_open on contact_erasures (tenant_id, contact_hash)
where finished_at is null;

create index contact_erasures_of_tenant on contact_erasures (tenant_id, asked_at desc);

-- Of a browser that several people were on, one person's part is erased: from one moment to another,
-- or the events of some moments alone, in milliseconds since the epoch. Empty is all of it.
alter table erasures
add column since_ms bigint,
add column until_ms bigint,
add column moments bigint[] not null default '{}',
add column part text not null default '';

drop index erasures_open;

create unique index erasures_open on erasures (tenant_id, visitor_hash, part)
where finished_at is null;

alter table contact_erasures enable row level security;
create policy own_tenant on contact_erasures using (tenant_id = current_tenant());
