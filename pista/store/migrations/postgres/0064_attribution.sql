-- Which click earned a result, and the conversions that advertising platforms are told of.

-- One row a result, decided again whenever more is known; what was sent by then stays as it was.
-- No foreign keys to clicks: a person's clicks may be erased, and the report stays true.
create table credits (
    tenant_id uuid not null references tenants (id),
    kind text not null check (kind in ('contact', 'conversation', 'lead', 'sale')),
    result_id text not null,
    -- When the result happened.
    at timestamptz not null,
    click_id uuid,
    method text not null
    check (method in ('token', 'start', 'code', 'ctwa', 'visitor', 'contact', 'none')),
    -- Step by step: what was looked for, what was found, which was taken and why.
    why jsonb not null,
    click_at timestamptz,
    link_id uuid,
    campaign text,
    adset text,
    ad text,
    -- The paid clicks in the window, the earliest first: what other models share it between.
    touches uuid[] not null default '{}',
    value_cents bigint,
    currency text check (currency ~ '^[A-Z]{3}$'),
    decided_at timestamptz not null,
    primary key (tenant_id, kind, result_id)
);

create index credits_at on credits (tenant_id, kind, at);
create index credits_click on credits (tenant_id, click_id) where click_id is not null;

-- Who is told of conversions.
create table destinations (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    kind text not null check (kind in ('meta', 'google', 'tiktok', 'ga4', 'utmify', 'webhook')),
    name text not null check (length(name) between 1 and 200),
    settings jsonb not null,
    secrets bytea,
    state text not null check (state in ('on', 'off', 'paused')),
    paused_why text,
    events text[] not null,
    -- Meta's test events, until then.
    test_code text,
    test_until timestamptz,
    -- Nothing is sent before: it said that it is sent too much.
    not_before timestamptz,
    -- By how much its clock is ahead of ours, as its last answer told.
    skew_seconds integer not null default 0,
    last_sent_at timestamptz,
    created_at timestamptz not null,
    deleted_at timestamptz,
    primary key (tenant_id, id)
);

create table conversions (
    tenant_id uuid not null references tenants (id),
    event_id text not null check (event_id ~ '^[a-z_]+:[A-Za-z0-9_.:-]{1,100}$'),
    name text not null check (name in ('Purchase', 'Lead', 'InitiateCheckout')),
    sale_id uuid,
    contact_id text,
    event_time timestamptz not null,
    value_cents bigint,
    currency text check (currency ~ '^[A-Z]{3}$'),
    created_at timestamptz not null,
    primary key (tenant_id, event_id)
);

create unique index conversions_sale on conversions (tenant_id, sale_id, name)
where sale_id is not null;

create table deliveries (
    tenant_id uuid not null,
    event_id text not null,
    destination_id uuid not null,
    state text not null
    check (
        state in ('held', 'ready', 'unknown', 'sent', 'parked', 'dead', 'skipped', 'canceled')
    ),
    why text,
    grace_until timestamptz,
    next_at timestamptz,
    attempts integer not null default 0,
    -- Of one event, as it is sent at every attempt; gone some weeks later, or with the person.
    payload bytea,
    frozen_at timestamptz,
    -- An attempt of which nobody knows how it ended: when the first one set out.
    unknown_since timestamptz,
    -- How many a batch may hold that it goes along in: halved where one of them is refused.
    most_together integer not null default 1000,
    sent_at timestamptz,
    status integer,
    code text,
    error text,
    trace_id text,
    milliseconds integer,
    created_at timestamptz not null,
    primary key (tenant_id, event_id, destination_id),
    foreign key (tenant_id, event_id) references conversions (tenant_id, event_id)
    on delete cascade,
    foreign key (tenant_id, destination_id) references destinations (tenant_id, id)
);

create index deliveries_newest on deliveries (tenant_id, created_at desc, event_id);
create index deliveries_waiting on deliveries (tenant_id, destination_id, next_at)
where state in ('held', 'ready', 'unknown');
create index deliveries_kept on deliveries (frozen_at) where payload is not null;

create table delivery_attempts (
    tenant_id uuid not null,
    event_id text not null,
    destination_id uuid not null,
    number integer not null,
    set_out_at timestamptz not null,
    -- Null: nobody knows how it ended.
    ended_at timestamptz,
    outcome text,
    status integer,
    code text,
    error text,
    trace_id text,
    milliseconds integer,
    -- How many events the request held.
    together integer not null,
    primary key (tenant_id, event_id, destination_id, number),
    foreign key (tenant_id, event_id, destination_id)
    references deliveries (tenant_id, event_id, destination_id) on delete cascade
);

alter table credits enable row level security;
create policy own_tenant on credits using (tenant_id = current_tenant());

alter table destinations enable row level security;
create policy own_tenant on destinations using (tenant_id = current_tenant());

alter table conversions enable row level security;
create policy own_tenant on conversions using (tenant_id = current_tenant());

alter table deliveries enable row level security;
create policy own_tenant on deliveries using (tenant_id = current_tenant());

alter table delivery_attempts enable row level security;
create policy own_tenant on delivery_attempts using (tenant_id = current_tenant());
