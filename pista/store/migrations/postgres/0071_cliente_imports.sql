-- Files of clientes that somebody imports. Their rows lie here until they are done.
create table cliente_imports (
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
    -- How it is read, which is said when it is checked; and what is to become of those that are
    -- known, which is said when it is started.
    terms jsonb,
    choices jsonb,
    state text not null check (
        state in (
            'uploaded', 'checking', 'checked', 'running', 'done', 'cancelled', 'undoing', 'undone'
        )
    ),
    rows_done int not null default 0,
    found jsonb not null default '{}',
    became jsonb not null default '{}',
    taken_back int not null default 0,
    kept int not null default 0,
    asked_by text not null,
    -- Who started it, as the history of clientes names them.
    actor_kind text not null default 'key',
    actor_id uuid,
    created_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz,
    primary key (tenant_id, id)
) with (fillfactor = 70);

create index cliente_imports_newest on cliente_imports (tenant_id, created_at desc);
create index cliente_imports_age on cliente_imports (created_at);

create table cliente_import_chunks (
    tenant_id uuid not null,
    import_id uuid not null,
    first_row int not null,
    rows int not null,
    -- A zstd frame of rows as JSON.
    body bytea not null,
    primary key (tenant_id, import_id, first_row),
    foreign key (tenant_id, import_id) references cliente_imports (tenant_id, id) on delete cascade
);

alter table cliente_import_chunks alter column body set storage external;

-- Whom a file is about, by phone or else by e-mail, and in which row for the first time.
create table cliente_import_people (
    tenant_id uuid not null,
    import_id uuid not null,
    who text not null,
    row int not null,
    primary key (tenant_id, import_id, who),
    foreign key (tenant_id, import_id) references cliente_imports (tenant_id, id) on delete cascade
);

-- What became of rows that made or changed a cliente, or could not be taken as they are.
create table cliente_import_results (
    tenant_id uuid not null,
    import_id uuid not null,
    row int not null,
    outcome text not null check (
        outcome in ('created', 'updated', 'reopened', 'skipped', 'refused')
    ),
    cliente_id bigint,
    -- As it was left: whoever does something with it makes it another.
    version int,
    at timestamptz not null default clock_timestamp(),
    -- The contact that was made with it.
    contact_id text,
    -- What one that was changed was like.
    before jsonb,
    -- Why an undo left it.
    kept text check (kept in ('touched', 'reopened')),
    -- Of one that was refused, skipped or only partly taken: why, and what it said.
    why text,
    cells text[],
    primary key (tenant_id, import_id, row),
    foreign key (tenant_id, import_id) references cliente_imports (tenant_id, id) on delete cascade
);

create index cliente_import_results_cliente on cliente_import_results (tenant_id, cliente_id)
where cliente_id is not null;
create index cliente_import_results_contact on cliente_import_results (tenant_id, contact_id)
where contact_id is not null;

-- A phone however it was typed, to find whom an imported one is about.
alter table clientes add column digits text generated always as (
    nullif(regexp_replace(telefono, '[^0-9]', '', 'g'), '')
) stored;

create index clientes_digits on clientes (tenant_id, digits) where digits is not null;

alter table cliente_imports enable row level security;
create policy own_tenant on cliente_imports using (tenant_id = current_tenant());

alter table cliente_import_chunks enable row level security;
create policy own_tenant on cliente_import_chunks using (tenant_id = current_tenant());

alter table cliente_import_people enable row level security;
create policy own_tenant on cliente_import_people using (tenant_id = current_tenant());

alter table cliente_import_results enable row level security;
create policy own_tenant on cliente_import_results using (tenant_id = current_tenant());
