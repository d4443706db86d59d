-- Other systems that tell of contacts.
create table webhook_sources (
    tenant_id uuid not null references tenants (id),
    id uuid not null unique,
    kind text not null check (kind in ('ghl', 'generic')),
    name text not null check (length(name) between 1 and 200),
    -- SHA-256 of a random secret, which is compared and never shown again.
    secret_hash bytea not null,
    enabled boolean not null default true,
    -- The location that a signature may speak for: the key is the same for all of GoHighLevel.
    location_id text,
    public_key text,
    -- Of a generic source: where its payload has what.
    mapping jsonb,
    created_at timestamptz not null,
    last_received_at timestamptz,
    primary key (tenant_id, id),
    check (public_key is null or location_id is not null)
) with (fillfactor = 70);

-- What was received, committed with its job before it is answered.
create table webhooks (
    tenant_id uuid not null,
    id uuid not null,
    source_id uuid not null,
    received_at timestamptz not null,
    -- The sender's own id of it, where it is signed too.
    webhook_id text,
    size int not null,
    -- Until it is too old, or somebody in it is erased.
    body bytea,
    state text not null check (state in ('waiting', 'done', 'ignored', 'malformed')),
    detail text,
    contact_id text,
    visitor_id text,
    linking text,
    finished_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, source_id) references webhook_sources (tenant_id, id) on delete cascade
) with (fillfactor = 80);

create index webhooks_of_source on webhooks (tenant_id, source_id, id desc);
create index webhooks_of_contact on webhooks (tenant_id, contact_id)
where contact_id is not null and body is not null;
create index webhooks_bodies on webhooks (received_at) where body is not null;
create index webhooks_age on webhooks using brin (received_at);

-- A repeat of a signed webhook is known by the id that it was signed with.
create unique index webhooks_once on webhooks (tenant_id, source_id, webhook_id)
where webhook_id is not null;

-- How new what is known of each contact of a source is, by the sender's own clock.
create table webhook_contacts (
    tenant_id uuid not null,
    source_id uuid not null,
    contact text not null,
    told_at timestamptz not null,
    primary key (tenant_id, source_id, contact),
    foreign key (tenant_id, source_id) references webhook_sources (tenant_id, id) on delete cascade
) with (fillfactor = 80);
