create table contact_settings (
    tenant_id uuid primary key references tenants (id),
    -- Of phone numbers without a country code.
    default_country text not null check (default_country ~ '^[A-Z]{2}$')
);

create table contacts (
    tenant_id uuid not null references tenants (id),
    id text not null check (id ~ '^cntct_[0-9A-Za-z]{22,40}$'),
    name text,
    email text,
    phone text,
    crm_id text,
    attributes jsonb not null default '{}',
    tags text[] not null default '{}',
    source text not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    -- Another contact that is the same person. Nothing of this row moves there, so that
    -- taking it back is clearing this column.
    merged_into text,
    -- What the contact is found by, with those merged into it: words, and `tag=…` and the like.
    search tsvector not null default '',
    primary key (tenant_id, id),
    foreign key (tenant_id, merged_into) references contacts (tenant_id, id),
    check (merged_into <> id)
);

create index contacts_newest on contacts (tenant_id, created_at desc, id desc)
where merged_into is null;
create index contacts_merged on contacts (tenant_id, merged_into) where merged_into is not null;
create index contacts_search on contacts using gin (search);

-- What a person is known by; each is of one contact only, however many say it at once.
create table contact_identities (
    tenant_id uuid not null references tenants (id),
    kind text not null check (
        kind in ('crm', 'user_id', 'whatsapp', 'telegram', 'email', 'phone')
    ),
    value text not null check (length(value) between 1 and 254),
    contact_id text not null,
    -- Provisional: somebody typed it; strong: a signed message or one of our people said it.
    strength text not null check (strength in ('strong', 'provisional')),
    source text not null,
    created_at timestamptz not null,
    primary key (tenant_id, kind, value),
    foreign key (tenant_id, contact_id) references contacts (tenant_id, id)
);

create index contact_identities_contact on contact_identities (tenant_id, contact_id);

-- What only a person can decide: are these two the same?
create table contact_reviews (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    reason text not null check (
        reason in ('shared_identity', 'too_many_identities', 'shared_browser', 'too_many_visitors')
    ),
    contact_id text not null,
    other_contact_id text,
    kind text,
    value text,
    visitor_id text,
    -- One item however often it comes up, also when it has been decided.
    about text not null,
    opened_at timestamptz not null,
    decision text check (decision in ('merge', 'separate')),
    merge_id uuid,
    decided_by text,
    decided_at timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, about),
    foreign key (tenant_id, contact_id) references contacts (tenant_id, id),
    foreign key (tenant_id, other_contact_id) references contacts (tenant_id, id),
    check ((decision is null) = (decided_at is null))
);

create index contact_reviews_open on contact_reviews (tenant_id, id) where decision is null;

-- Each merge, also those taken back.
create table contact_merges (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    contact_id text not null,
    into_id text not null,
    merged_by text not null,
    merged_at timestamptz not null,
    undone_by text,
    undone_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, contact_id) references contacts (tenant_id, id),
    foreign key (tenant_id, into_id) references contacts (tenant_id, id)
);

create unique index contact_merges_standing on contact_merges (tenant_id, contact_id)
where undone_at is null;

-- The contact that is shown for this one: what it was merged into, and that into.
create function contact_root(of_tenant uuid, of_contact text) returns text language sql stable as $$
    with recursive up (id, merged_into) as (
        select id, merged_into from contacts where tenant_id = of_tenant and id = of_contact
        union all
        select c.id, c.merged_into
        from up
        join contacts c on c.tenant_id = of_tenant and c.id = up.merged_into
    )
    select id from up where merged_into is null
$$;

-- A contact and all that were merged into it, and into them.
create function contact_family(of_tenant uuid, of_contact text) returns setof text
language sql stable as $$
    with recursive down (id) as (
        select id from contacts where tenant_id = of_tenant and id = of_contact
        union all
        select c.id
        from down
        join contacts c on c.tenant_id = of_tenant and c.merged_into = down.id
    )
    select id from down
$$;
