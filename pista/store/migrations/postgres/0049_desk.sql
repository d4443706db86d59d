-- The lead desk: clientes, whose they are, what happened to each, and who has one in hand.

-- Every way along which a cliente may go: what pista/desk/machine.py says, as the database holds
-- everybody to it. From '' it is made.
create table desk_moves (
    move text not null,
    from_status text not null,
    to_status text not null,
    primary key (move, from_status, to_status)
);

insert into desk_moves (move, from_status, to_status) values
('create', '', 'nuevo'),
('derive', 'nuevo', 'derivado'),
('derive', 'no_gestionado', 'derivado'),
('reassign', 'derivado', 'derivado'),
('reassign', 'en_gestion', 'derivado'),
('transfer', 'derivado', 'derivado'),
('transfer', 'en_gestion', 'derivado'),
('withdraw', 'derivado', 'nuevo'),
('withdraw', 'derivado', 'no_gestionado'),
('withdraw', 'en_gestion', 'nuevo'),
('withdraw', 'en_gestion', 'no_gestionado'),
('open', 'derivado', 'en_gestion'),
('complete', 'en_gestion', 'terminado'),
('give_back', 'derivado', 'no_gestionado'),
('give_back', 'en_gestion', 'no_gestionado'),
('time_out', 'derivado', 'no_gestionado'),
('time_out', 'en_gestion', 'no_gestionado'),
('reopen', 'no_gestionado', 'nuevo'),
('reopen', 'no_gestionado', 'derivado'),
('reopen', 'terminado', 'nuevo'),
('reopen', 'terminado', 'derivado');

create table clientes (
    tenant_id uuid not null references tenants (id),
    id bigint generated always as identity,
    -- The very one that was meant; it may be shown as part of another.
    contact_id text,
    nombre text not null check (length(nombre) between 1 and 200),
    telefono text,
    email text,
    campaign text,
    source text not null,
    seguimiento_status text not null default 'nuevo' check (
        seguimiento_status in ('nuevo', 'derivado', 'en_gestion', 'terminado', 'no_gestionado')
    ),
    asesor_asignado uuid,
    created_at timestamptz not null,
    derivado_at timestamptz,
    opened_at timestamptz,
    -- When its asesor last did something with it, and when it goes back for want of that.
    last_activity timestamptz,
    due_at timestamptz,
    wizard_completado boolean not null default false,
    fecha_wizard_completado timestamptz,
    state_since timestamptz not null,
    -- How often it came back without having been done.
    returns int not null default 0,
    -- Larger for each change but those of its clocks.
    version int not null default 1,
    notas text,
    outcome text,
    next_action text,
    next_action_at timestamptz,
    -- What goes back next comes first; of the others, what has waited longest.
    urgent_at timestamptz not null generated always as (coalesce(due_at, state_since)) stored,
    primary key (tenant_id, id),
    foreign key (tenant_id, contact_id) references contacts (tenant_id, id),
    foreign key (tenant_id, asesor_asignado) references users (tenant_id, id),
    check ((seguimiento_status in ('derivado', 'en_gestion')) = (asesor_asignado is not null)),
    check ((asesor_asignado is not null) = (due_at is not null)),
    check ((asesor_asignado is not null) = (last_activity is not null)),
    check ((seguimiento_status = 'terminado') = wizard_completado),
    check (wizard_completado = (fecha_wizard_completado is not null))
) with (
    fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0
);

create index clientes_due on clientes (due_at)
where seguimiento_status in ('derivado', 'en_gestion');
create index clientes_urgent on clientes (tenant_id, seguimiento_status, urgent_at, id);
create index clientes_newest on clientes (
    tenant_id, seguimiento_status, created_at desc, id desc
);
create index clientes_asesor on clientes (tenant_id, asesor_asignado, seguimiento_status)
where asesor_asignado is not null;
-- A campaign may be over, and have none of the status that is asked for.
create index clientes_campaign_urgent on clientes (
    tenant_id, campaign, seguimiento_status, urgent_at, id
) where campaign is not null;
create index clientes_campaign_newest on clientes (
    tenant_id, campaign, seguimiento_status, created_at desc, id desc
) where campaign is not null;
create index clientes_contact on clientes (tenant_id, contact_id) where contact_id is not null;

-- Whoever wrote the statement: a cliente goes from one status to another along a move, or not at all.
create function check_desk_move() returns trigger language plpgsql as $$
declare
    was text := case when tg_op = 'UPDATE' then old.seguimiento_status else '' end;
begin
    if not exists (
        select from desk_moves m
        where m.from_status = was and m.to_status = new.seguimiento_status
    ) then
        raise exception 'a cliente does not go from "%" to %', was, new.seguimiento_status
        using errcode = 'check_violation';
    end if;
    return null;
end
$$;

create trigger clientes_move
after insert or update of seguimiento_status on clientes
for each row execute function check_desk_move();

-- What a cliente is found by. Apart from it, as this changes seldom and clocks often.
create table cliente_words (
    tenant_id uuid not null,
    cliente_id bigint not null,
    words tsvector not null,
    primary key (tenant_id, cliente_id),
    foreign key (tenant_id, cliente_id) references clientes (tenant_id, id) on delete cascade
);

create index cliente_words_found on cliente_words using gin (words);

-- As `contacts_found`: asked past the policy, of the tenant's rows all the same. Words that many
-- have are met among the newest.
create function clientes_found(of_tenant uuid, query text, most int)
returns setof bigint language plpgsql stable security definer
set search_path from current set plan_cache_mode = force_custom_plan as $$
declare
    met bigint [];
begin
    select array_agg(m.cliente_id) into met
    from (
        select n.cliente_id
        from (
            select w.cliente_id, w.words
            from cliente_words w
            where w.tenant_id = of_tenant and may_reach(of_tenant)
            order by w.cliente_id desc
            limit 10000
        ) n
        where n.words @@ query::tsquery
        limit most
    ) m;
    if cardinality(met) = most then
        return query select unnest(met);
        return;
    end if;
    return query
    with found as materialized (
        select w.cliente_id
        from cliente_words w
        where w.tenant_id = of_tenant and may_reach(of_tenant) and w.words @@ query::tsquery
    )
    select f.cliente_id from found f order by f.cliente_id desc limit most;
end
$$;

revoke execute on function clientes_found from public;

-- What happened to each, and for how long it had been as it was. Only ever added to.
create table desk_history (
    tenant_id uuid not null,
    cliente_id bigint not null,
    id bigint generated always as identity,
    move text not null,
    from_status text not null,
    to_status text not null,
    at timestamptz not null,
    -- In the status that it left.
    seconds double precision not null,
    actor_kind text not null check (actor_kind in ('user', 'key', 'system')),
    actor_id uuid,
    asesor_before uuid,
    asesor_after uuid,
    why text,
    -- Of a time-out: when it was due, however late it was moved.
    due_at timestamptz,
    primary key (tenant_id, cliente_id, id),
    foreign key (tenant_id, cliente_id) references clientes (tenant_id, id) on delete cascade,
    foreign key (move, from_status, to_status)
    references desk_moves (move, from_status, to_status)
);

create index desk_history_at on desk_history (tenant_id, at);

create function refuse_rewriting() returns trigger language plpgsql as $$
begin
    raise exception '% is only ever added to', tg_table_name;
end
$$;

create trigger desk_history_append_only
before update or truncate on desk_history
for each statement execute function refuse_rewriting();

-- What is told to open screens, written with what it tells of, and kept for those that come back.
-- No names in it: ids, states and times.
create table desk_messages (
    tenant_id uuid not null references tenants (id),
    seq bigint generated always as identity,
    -- Numbers are given before commits, so who reads on after one looks at this as well.
    written_in bigint not null default pg_current_xact_id()::text::bigint,
    at timestamptz not null default clock_timestamp(),
    -- Asesores whom it concerns; whoever sees all of the company hears it anyway.
    audience uuid[] not null,
    body jsonb not null,
    primary key (tenant_id, seq)
);

create index desk_messages_age on desk_messages (at);

-- Who has a cliente in hand: whoever brings the token, until it ends by this database's clock.
create table cliente_locks (
    tenant_id uuid not null,
    cliente_id bigint not null,
    token text not null,
    holder uuid not null,
    taken_at timestamptz not null,
    expires_at timestamptz not null,
    primary key (tenant_id, cliente_id),
    foreign key (tenant_id, cliente_id) references clientes (tenant_id, id) on delete cascade,
    foreign key (tenant_id, holder) references users (tenant_id, id)
) with (fillfactor = 50);

create index cliente_locks_holder on cliente_locks (tenant_id, holder);

-- What was entered in the wizard so far; it outlives whoever entered it.
create table cliente_drafts (
    tenant_id uuid not null,
    cliente_id bigint not null,
    answers jsonb not null,
    revision bigint not null,
    updated_by uuid,
    updated_at timestamptz not null,
    primary key (tenant_id, cliente_id),
    foreign key (tenant_id, cliente_id) references clientes (tenant_id, id) on delete cascade
) with (fillfactor = 70);

-- Of many clientes given away at once: as they were, so that it can be taken back.
create table desk_assignments (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    made_by uuid,
    made_at timestamptz not null,
    undone_at timestamptz,
    before jsonb not null,
    primary key (tenant_id, id)
);

create index desk_assignments_age on desk_assignments (made_at);

create table desk_settings (
    tenant_id uuid primary key references tenants (id),
    limit_seconds int not null check (limit_seconds between 5 and 86400),
    warning_seconds int not null check (warning_seconds between 0 and limit_seconds),
    -- [{"day": 1, "opens": "09:00", "closes": "18:00"}], in the company's time; none: always open.
    hours jsonb not null default '[]',
    -- What an asesor is asked, step by step, and what may come of it.
    wizard jsonb not null default '[]',
    outcomes jsonb not null default '[]',
    rules jsonb not null default '{}',
    updated_at timestamptz not null
);

-- Who is at work. `seen_at` by any sign of life.
create table desk_presence (
    tenant_id uuid not null,
    user_id uuid not null,
    state text not null check (state in ('available', 'paused', 'away')),
    reason text check (length(reason) <= 200),
    since timestamptz not null,
    seen_at timestamptz not null,
    primary key (tenant_id, user_id),
    foreign key (tenant_id, user_id) references users (tenant_id, id)
) with (fillfactor = 50);

-- When the time is up that began then: so many seconds on, of those in which the company is open.
create function desk_due(of_tenant uuid, since timestamptz) returns timestamptz
language plpgsql stable as $$
declare
    remaining interval;
    opening jsonb;
    zone text;
    first_day date;
    slot record;
begin
    select make_interval(secs => s.limit_seconds), s.hours into remaining, opening
    from desk_settings s
    where s.tenant_id = of_tenant;
    if not found then
        return since + interval '300 seconds';
    end if;
    if opening = '[]' then
        return since + remaining;
    end if;
    select t.time_zone into zone from tenants t where t.id = of_tenant;
    first_day := (since at time zone zone)::date - 1;
    for slot in
        select greatest(s.opens, since) as opens, s.closes
        from generate_series(0, 400) as later
        cross join lateral (
            select
                (first_day + later + (h ->> 'opens')::time) at time zone zone as opens,
                case h ->> 'closes'
                    when '24:00' then (first_day + later + 1)::timestamp at time zone zone
                    else (first_day + later + (h ->> 'closes')::time) at time zone zone
                end as closes
            from jsonb_array_elements(opening) as h
            where (h ->> 'day')::int = extract(isodow from first_day + later)
        ) s
        where s.closes > since and s.closes > s.opens
        order by later, s.opens
    loop
        if slot.closes - slot.opens >= remaining then
            return slot.opens + remaining;
        end if;
        remaining := remaining - (slot.closes - slot.opens);
    end loop;
    return since + interval '400 days';
end
$$;

alter table clientes enable row level security;
create policy own_tenant on clientes using (tenant_id = current_tenant());

alter table cliente_words enable row level security;
create policy own_tenant on cliente_words using (tenant_id = current_tenant());

alter table desk_history enable row level security;
create policy own_tenant on desk_history using (tenant_id = current_tenant());

alter table desk_messages enable row level security;
create policy own_tenant on desk_messages using (tenant_id = current_tenant());

alter table cliente_locks enable row level security;
create policy own_tenant on cliente_locks using (tenant_id = current_tenant());

alter table cliente_drafts enable row level security;
create policy own_tenant on cliente_drafts using (tenant_id = current_tenant());

alter table desk_assignments enable row level security;
create policy own_tenant on desk_assignments using (tenant_id = current_tenant());

alter table desk_settings enable row level security;
create policy own_tenant on desk_settings using (tenant_id = current_tenant());

alter table desk_presence enable row level security;
create policy own_tenant on desk_presence using (tenant_id = current_tenant());
