-- The log by what happened, and by who was told: each is counted, and the few of a rare kind are found,
-- without reading all others or their conversions.
alter table deliveries add column name text;

update deliveries d set name = c.name
from conversions c
where c.tenant_id = d.tenant_id and c.event_id = d.event_id;

alter table deliveries alter column name set not null;

-- Where a process of the last release still runs, which does not say it.
create function name_delivery() returns trigger language plpgsql as $$
begin
    new.name := (
        select c.name from conversions c
        where c.tenant_id = new.tenant_id and c.event_id = new.event_id
    );
    return new;
end
$$;

create trigger deliveries_named before insert on deliveries
for each row when (new.name is null) execute function name_delivery();

create index deliveries_of_kind on deliveries (
    tenant_id, name, state, created_at desc, event_id desc
);
create index deliveries_of_destination on deliveries (
    tenant_id, destination_id, name, state, created_at desc, event_id desc
);
