-- Whether everybody of the company needs a second factor.
alter table tenants add column require_second_factor boolean not null default false;

-- Open screens of those who have none must not go on.
create function announce_company_access() returns trigger language plpgsql as $$
begin
    perform pg_notify('pista_access', json_build_object('tenantId', new.id)::text);
    return null;
end
$$;

create trigger tenants_announce_access
after update of require_second_factor on tenants
for each row
when (old.require_second_factor is distinct from new.require_second_factor)
execute function announce_company_access();
