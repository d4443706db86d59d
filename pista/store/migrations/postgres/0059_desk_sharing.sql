-- Clientes that are given out by themselves, by the company's rules.

alter table desk_settings
add column assigning jsonb not null default '{}';

alter table clientes
-- Who had it last and did not do it: it does not go straight back to them.
add column let_go_by uuid,
-- A supervisor has taken it back: it is theirs to give.
add column kept_back boolean not null default false;

-- How much each asesor may be given, what they can do, and whose turn it was when.
create table desk_asesores (
    tenant_id uuid not null,
    user_id uuid not null,
    -- Null: as many as the company's rules say.
    most int check (most between 0 and 1000),
    skills text[] not null default '{}',
    turn bigint not null default 0,
    primary key (tenant_id, user_id),
    foreign key (tenant_id, user_id) references users (tenant_id, id)
) with (fillfactor = 50);

alter table desk_asesores enable row level security;
create policy own_tenant on desk_asesores using (tenant_id = current_tenant());
