-- What advertisements cost, by day, as the platforms tell it.

-- What makes two lines the same one, short enough for an index whatever the names are.
create function spend_key(
    platform text, currency text, campaign_id text, campaign text, adset_id text, adset text,
    ad_id text, ad text
) returns bytea language sql immutable parallel safe as $$
select sha256(convert_to(jsonb_build_array($1, $2, $3, $4, $5, $6, $7, $8)::text, 'UTF8'))
$$;

create table spend (
    tenant_id uuid not null references tenants (id),
    day date not null,
    key bytea not null generated always as (
        spend_key(platform, currency, campaign_id, campaign, adset_id, adset, ad_id, ad)
    ) stored,
    platform text not null check (platform in ('meta', 'google', 'tiktok', 'kwai', 'other')),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    campaign_id text not null default '',
    campaign text not null default '',
    adset_id text not null default '',
    adset text not null default '',
    ad_id text not null default '',
    ad text not null default '',
    cost_cents bigint not null check (cost_cents >= 0),
    impressions bigint,
    clicks bigint,
    -- The file that said so last; null: a program did.
    import_id uuid,
    changed_at timestamptz not null,
    primary key (tenant_id, day, key)
);

create table spend_imports (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    file text not null check (length(file) between 1 and 200),
    encoding text not null,
    separator text not null,
    header boolean not null,
    sample jsonb not null,
    width int not null,
    rows int not null,
    state text not null check (state in ('uploaded', 'done', 'cancelled', 'undone')),
    lines int not null default 0,
    refused int not null default 0,
    taken_back int not null default 0,
    asked_by text not null,
    created_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz,
    primary key (tenant_id, id)
);

create index spend_imports_newest on spend_imports (tenant_id, created_at desc);
create index spend_imports_age on spend_imports (created_at);

create table spend_import_chunks (
    tenant_id uuid not null,
    import_id uuid not null,
    first_row int not null,
    rows int not null,
    -- A zstd frame of rows as JSON.
    body bytea not null,
    primary key (tenant_id, import_id, first_row),
    foreign key (tenant_id, import_id) references spend_imports (tenant_id, id) on delete cascade
);

-- Rows that could not be read.
create table spend_import_results (
    tenant_id uuid not null,
    import_id uuid not null,
    row int not null,
    why text,
    cells text[],
    primary key (tenant_id, import_id, row),
    foreign key (tenant_id, import_id) references spend_imports (tenant_id, id) on delete cascade
);

-- What each line of an import took the place of, so that it can be put back; null: of nothing.
create table spend_import_lines (
    tenant_id uuid not null,
    import_id uuid not null,
    day date not null,
    key bytea not null,
    cost_cents bigint,
    impressions bigint,
    clicks bigint,
    said_by uuid,
    primary key (tenant_id, import_id, day, key),
    foreign key (tenant_id, import_id) references spend_imports (tenant_id, id) on delete cascade
);

alter table spend enable row level security;
create policy own_tenant on spend using (tenant_id = current_tenant());

alter table spend_imports enable row level security;
create policy own_tenant on spend_imports using (tenant_id = current_tenant());

alter table spend_import_chunks enable row level security;
create policy own_tenant on spend_import_chunks using (tenant_id = current_tenant());

alter table spend_import_results enable row level security;
create policy own_tenant on spend_import_results using (tenant_id = current_tenant());

alter table spend_import_lines enable row level security;
create policy own_tenant on spend_import_lines using (tenant_id = current_tenant());
