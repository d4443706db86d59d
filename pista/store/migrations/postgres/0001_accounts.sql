create table tenants (
    id uuid primary key,
    name text not null check (length(name) between 1 and 200),
    time_zone text not null default 'UTC',
    created_at timestamptz not null default now()
);

create table sites (
    id uuid primary key,
    tenant_id uuid not null references tenants (id),
    name text not null check (length(name) between 1 and 200),
    -- Host names whose pages may send events, sub-domains included; '*' is any page.
    domains text[] not null,
    -- Public: it stands in every page. It says which site sends, and protects nothing.
    write_key text not null unique,
    created_at timestamptz not null default now(),
    first_event_at timestamptz,
    last_event_at timestamptz,
    -- For foreign keys that carry the tenant, so that a row cannot point into another tenant.
    unique (tenant_id, id)
);

create table users (
    id uuid primary key,
    tenant_id uuid not null references tenants (id),
    email text not null unique check (email = lower(email)),
    name text not null,
    password_hash text not null,
    role text not null check (role in ('admin', 'gtr', 'asesor')),
    created_at timestamptz not null default now(),
    deactivated_at timestamptz,
    unique (tenant_id, id)
);

create table user_sessions (
    token_hash bytea primary key,
    user_id uuid not null references users (id) on delete cascade,
    created_at timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at timestamptz not null
);

create index user_sessions_user on user_sessions (user_id);
create index user_sessions_expiry on user_sessions (expires_at);

create table api_keys (
    id uuid primary key,
    tenant_id uuid not null references tenants (id),
    name text not null,
    key_hash bytea not null unique,
    scopes text[] not null check (cardinality(scopes) > 0),
    created_at timestamptz not null default now(),
    last_used_at timestamptz,
    revoked_at timestamptz
);

create index api_keys_tenant on api_keys (tenant_id);

-- One row per e-mail and address that tried to sign in; a success deletes it.
create table login_attempts (
    source_hash bytea primary key,
    attempts int not null,
    window_started_at timestamptz not null
);

create index login_attempts_age on login_attempts (window_started_at);

-- Web processes keep the configuration in memory and load it again when they hear this. A trigger
-- says it, so that no way of changing a row, psql included, can forget to.
create function announce_config() returns trigger language plpgsql as $$
begin
    perform pg_notify('pista_config', '');
    return null;
end
$$;

create trigger tenants_announce_config
after insert or delete or update of name, time_zone on tenants
for each statement execute function announce_config();

-- Not on first_event_at and last_event_at: those change with every flush.
create trigger sites_announce_config
after insert or delete or update of name, domains, write_key, tenant_id on sites
for each statement execute function announce_config();
