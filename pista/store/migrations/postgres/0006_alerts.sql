create table alert_rules (
    id uuid primary key,
    tenant_id uuid not null references tenants (id),
    name text not null check (length(name) between 1 and 200),
    kind text not null check (kind in ('threshold', 'silence', 'anomaly')),
    metric text not null check (
        metric in ('events', 'pageViews', 'uniqueVisitors', 'uniqueSessions', 'botEvents')
    ),
    event_type text,
    site_id uuid,
    comparison text not null check (comparison in ('above', 'below', 'either')),
    threshold double precision,
    window_minutes int not null check (window_minutes between 1 and 10080),
    sensitivity double precision,
    enabled boolean not null,
    webhook_url text,
    -- Sealed: see pista/store/secrets.py.
    webhook_secret bytea,
    created_at timestamptz not null,
    -- Counts the changes by people: what was decided of an older revision changes nothing.
    revision int not null default 1,
    -- Silence is counted from here at the earliest.
    watched_since timestamptz not null,
    state text not null check (state in ('ok', 'firing', 'learning', 'paused')),
    state_since timestamptz not null,
    -- The end of the last window that was looked at.
    evaluated_until timestamptz,
    last_value double precision,
    last_expected double precision,
    -- While firing: the end of the first of the windows in a row that were clearly back.
    clear_since timestamptz,
    check ((state = 'paused') = not enabled),
    check ((webhook_url is null) = (webhook_secret is null)),
    foreign key (tenant_id, site_id) references sites (tenant_id, id)
) with (fillfactor = 70);

create index alert_rules_tenant on alert_rules (tenant_id);

-- The rule's name and terms as they were: firings outlive their rule.
create table alert_firings (
    id uuid primary key,
    tenant_id uuid not null references tenants (id),
    rule_id uuid not null,
    rule_name text not null,
    kind text not null,
    metric text not null,
    fired_at timestamptz not null,
    recovered_at timestamptz,
    ending text check (ending in ('recovered', 'paused', 'deleted')),
    value double precision not null,
    expected double precision,
    threshold double precision,
    check ((recovered_at is null) = (ending is null))
);

-- However many watchers there are, a rule that fires fires once.
create unique index alert_firings_one_open on alert_firings (rule_id) where recovered_at is null;
create index alert_firings_tenant on alert_firings (tenant_id, id);

create table alert_deliveries (
    id uuid primary key,
    tenant_id uuid not null references tenants (id),
    firing_id uuid not null references alert_firings (id) on delete cascade,
    rule_id uuid not null,
    about text not null check (about in ('fired', 'recovered')),
    -- The message, the same at every attempt.
    body bytea not null,
    state text not null check (state in ('waiting', 'delivered', 'dead')),
    attempts int not null default 0,
    next_attempt_at timestamptz,
    delivered_at timestamptz,
    last_status int,
    last_error text,
    unique (firing_id, about),
    check ((state = 'waiting') = (next_attempt_at is not null))
);

create index alert_deliveries_waiting on alert_deliveries (next_attempt_at)
where state = 'waiting';

-- When the watcher last looked at the clock, and since when the clock has gone on evenly.
create table alert_watch (
    only_row boolean primary key default true check (only_row),
    looked_at timestamptz,
    steady_since timestamptz,
    gap_seconds double precision not null default 0
) with (fillfactor = 50);

insert into alert_watch default values;
