-- A pause in which the clock stands still takes nothing of the time in which the company is closed.

-- When a company is open on a day.
create function desk_slots(opening jsonb, zone text, on_day date)
returns table (opens timestamptz, closes timestamptz) language sql stable as $$
    select s.opens, s.closes
    from (
        select
            (on_day + (h ->> 'opens')::time) at time zone zone as opens,
            case h ->> 'closes'
                when '24:00' then (on_day + 1)::timestamp at time zone zone
                else (on_day + (h ->> 'closes')::time) at time zone zone
            end as closes
        from jsonb_array_elements(opening) as h
        where (h ->> 'day')::int = extract(isodow from on_day)
    ) s
    where s.closes > s.opens
    order by s.opens
$$;

-- Day by day, and no further than it has to.
create or replace function desk_later(of_tenant uuid, since timestamptz, wanted interval)
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
    for later in 0..400 loop
        for slot in
            select greatest(s.opens, since) as opens, s.closes
            from desk_slots(opening, zone, first_day + later) s
            where s.closes > since
        loop
            if slot.closes - slot.opens >= remaining then
                return slot.opens + remaining;
            end if;
            remaining := remaining - (slot.closes - slot.opens);
        end loop;
    end loop;
    return since + interval '400 days';
end
$$;

-- For how long a company is open in a time.
create function desk_open(of_tenant uuid, since timestamptz, until timestamptz)
returns interval language plpgsql stable as $$
declare
    opening jsonb;
    zone text;
    first_day date;
begin
    select s.hours into opening from desk_settings s where s.tenant_id = of_tenant;
    if opening is null or opening = '[]' then
        return greatest(until - since, '0');
    end if;
    select t.time_zone into zone from tenants t where t.id = of_tenant;
    first_day := (since at time zone zone)::date;
    return (
        select coalesce(sum(least(s.closes, until) - greatest(s.opens, since)), '0')
        from generate_series(0, (until at time zone zone)::date - first_day) as later
        cross join lateral desk_slots(opening, zone, first_day + later) s
        where s.closes > since and s.opens < until
    );
end
$$;
