-- How somebody looks at the list of clientes, under a name; for them, or for all supervisors.

create table desk_views (
    tenant_id uuid not null,
    id uuid not null,
    owner_id uuid not null,
    name text not null check (length(name) between 1 and 60),
    shared boolean not null,
    -- Filters, order, layout and columns; never whom somebody looked for.
    terms jsonb not null,
    updated_at timestamptz not null,
    -- It can be brought back for a day.
    deleted_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, owner_id) references users (tenant_id, id)
);

create unique index desk_views_name on desk_views (tenant_id, owner_id, lower(name))
where deleted_at is null;
create index desk_views_gone on desk_views (deleted_at) where deleted_at is not null;

-- With which view somebody begins.
create table desk_default_views (
    tenant_id uuid not null,
    user_id uuid not null,
    view_id uuid not null,
    primary key (tenant_id, user_id),
    foreign key (tenant_id, user_id) references users (tenant_id, id),
    foreign key (tenant_id, view_id) references desk_views (tenant_id, id) on delete cascade
);

create index desk_default_views_of on desk_default_views (tenant_id, view_id);

alter table desk_views enable row level security;
create policy own_tenant on desk_views using (tenant_id = current_tenant());

alter table desk_default_views enable row level security;
create policy own_tenant on desk_default_views using (tenant_id = current_tenant());
