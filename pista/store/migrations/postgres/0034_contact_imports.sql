-- Files of contacts that somebody imports. Their rows lie here until they are done.
create table contact_imports (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    file text not null check (length(file) between 1 and 200),
    encoding text not null,
    separator text not null,
    -- Whether the first row names the columns, as far as that can be told.
    header boolean not null,
    -- The first rows as they are.
    sample jsonb not null,
    width int not null,
    rows int not null,
    -- Chosen when it is started.
    mapping jsonb,
    country text,
    tags text[] not null default '{}',
    state text not null check (
        state in ('uploaded', 'running', 'done', 'cancelled', 'undoing', 'undone')
    ),
    rows_done int not null default 0,
    created int not null default 0,
    updated int not null default 0,
    unchanged int not null default 0,
    refused int not null default 0,
    -- Of what it made: taken back, and kept because somebody has touched it since.
    taken_back int not null default 0,
    kept int not null default 0,
    undone_to int not null default 0,
    asked_by text not null,
    created_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz,
    primary key (tenant_id, id)
) with (fillfactor = 70);

create index contact_imports_newest on contact_imports (tenant_id, created_at desc);
create index contact_imports_age on contact_imports (created_at);

create table contact_import_chunks (
    tenant_id uuid not null,
    import_id uuid not null,
    first_row int not null,
    rows int not null,
    -- A zstd frame of rows as JSON.
    body bytea not null,
    primary key (tenant_id, import_id, first_row),
    foreign key (tenant_id, import_id) references contact_imports (tenant_id, id) on delete cascade
);

alter table contact_import_chunks alter column body set storage external;

-- What became of rows that made a contact, or could not.
create table contact_import_results (
    tenant_id uuid not null,
    import_id uuid not null,
    row int not null,
    outcome text not null check (outcome in ('created', 'refused', 'partly')),
    contact_id text,
    -- Of one that was refused, or only partly taken: why, and what it said.
    why text,
    cells text[],
    primary key (tenant_id, import_id, row),
    foreign key (tenant_id, import_id) references contact_imports (tenant_id, id) on delete cascade
);

create index contact_import_results_contact on contact_import_results (tenant_id, contact_id)
where contact_id is not null;

alter table contact_imports enable row level security;
create policy own_tenant on contact_imports using (tenant_id = current_tenant());

alter table contact_import_chunks enable row level security;
create policy own_tenant on contact_import_chunks using (tenant_id = current_tenant());

alter table contact_import_results enable row level security;
create policy own_tenant on contact_import_results using (tenant_id = current_tenant());
