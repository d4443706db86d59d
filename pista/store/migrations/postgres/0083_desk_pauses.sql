-- Pauses in which the time of an asesor's clientes stands still.

alter table desk_settings
-- [{"name": "Almuerzo", "stopsClock": true, "minutes": 60}]
add column pauses jsonb not null default '[]';

alter table desk_presence
-- The pause that the clock stands still in, and until when at the longest.
add column stopped_for text,
add column stops_until timestamptz;

-- When the time is up of what somebody was given, or did something with, then: it begins once the
-- pause that they are in has ended.
create function desk_due_of(of_tenant uuid, asesor uuid, begun timestamptz) returns timestamptz
language plpgsql stable as $$
declare
    resumed timestamptz;
begin
    select p.stops_until into resumed
    from desk_presence p
    where p.tenant_id = of_tenant and p.user_id = asesor and p.stops_until > begun;
    return desk_due(of_tenant, coalesce(resumed, begun));
end
$$;
