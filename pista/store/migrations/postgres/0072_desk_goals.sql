-- By when a case is to be somebody's, and to be opened; and what came back too often.

alter table desk_settings
-- Within so many seconds of the company's hours; null: there is no such goal.
add column assign_goal_seconds int check (assign_goal_seconds between 5 and 604800),
add column touch_goal_seconds int check (touch_goal_seconds between 5 and 604800),
add column goal_warning_seconds int not null default 60 check (
    goal_warning_seconds between 0 and 604800
),
-- With so many returns a case is a supervisor's; null: it never is.
add column escalate_after int check (escalate_after between 1 and 100),
-- To whom it is given then; null: it waits for whoever takes it.
add column escalate_to uuid;

alter table clientes
add column escalated_at timestamptz;

create index clientes_escalated on clientes (tenant_id, id) where escalated_at is not null;

-- Of companies with goals, those of each case since it began.
create table cliente_goals (
    tenant_id uuid not null,
    cliente_id bigint not null,
    -- Which case it is of: one that began then.
    came_at timestamptz not null,
    assign_warn_at timestamptz,
    assign_by timestamptz,
    touch_warn_at timestamptz,
    touch_by timestamptz,
    -- Whatever was to be told until then is told.
    told_at timestamptz not null,
    assign_late boolean not null default false,
    touch_late boolean not null default false,
    -- When there is something to tell next.
    next_at timestamptz,
    primary key (tenant_id, cliente_id),
    foreign key (tenant_id, cliente_id) references clientes (tenant_id, id) on delete cascade
) with (fillfactor = 70);

create index cliente_goals_next on cliente_goals (next_at) where next_at is not null;
create index cliente_goals_late on cliente_goals (tenant_id, cliente_id)
where assign_late or touch_late;

alter table cliente_goals enable row level security;
create policy own_tenant on cliente_goals using (tenant_id = current_tenant());

-- So much later, of the time in which the company is open.
create function desk_later(of_tenant uuid, since timestamptz, wanted interval)
returns timestamptz language plpgsql stable as $$
declare
    remaining interval := wanted;
    opening jsonb;
    zone text;
    first_day date;
    slot record;
begin
    select s.hours into opening from desk_settings s where s.tenant_id = of_tenant;
    if opening is null or opening = '[]' then
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

create or replace function desk_due(of_tenant uuid, since timestamptz) returns timestamptz
language plpgsql stable as $$
declare
    remaining interval;
begin
    select make_interval(secs => s.limit_seconds) into remaining
    from desk_settings s
    where s.tenant_id = of_tenant;
    return desk_later(of_tenant, since, coalesce(remaining, interval '300 seconds'));
end
$$;

-- The goals of a case that begins then; no row where the company has none.
create function desk_goals(of_tenant uuid, since timestamptz)
returns table (
    assign_warn_at timestamptz, assign_by timestamptz, touch_warn_at timestamptz,
    touch_by timestamptz
)
language plpgsql stable as $$
declare
    assign interval;
    touch interval;
    warning interval;
begin
    select
        make_interval(secs => s.assign_goal_seconds), make_interval(secs => s.touch_goal_seconds),
        make_interval(secs => s.goal_warning_seconds)
    into assign, touch, warning
    from desk_settings s
    where s.tenant_id = of_tenant;
    if assign is null and touch is null then
        return;
    end if;
    return query select
        case when warning > '0' and warning < assign
            then desk_later(of_tenant, since, assign - warning) end,
        case when assign is not null then desk_later(of_tenant, since, assign) end,
        case when warning > '0' and warning < touch
            then desk_later(of_tenant, since, touch - warning) end,
        case when touch is not null then desk_later(of_tenant, since, touch) end;
end
$$;

-- What of these is to be told next after then, of a case that is so: the goal to be somebody's runs while it
-- is new, the goal to be opened until it is.
create function desk_goals_next(
    status text, touched boolean, told_at timestamptz, goals cliente_goals
) returns timestamptz language sql immutable as $$
    select min(one.at)
    from (values
        (goals.assign_warn_at, status = 'nuevo'), (goals.assign_by, status = 'nuevo'),
        (goals.touch_warn_at, not touched and status <> 'terminado'),
        (goals.touch_by, not touched and status <> 'terminado')
    ) as one (at, runs)
    where one.runs and one.at > told_at
$$;
