-- Whether the tenant's events keep the address of the connection that brought them.
alter table tenants add column if not exists store_ip boolean not null default false;

drop trigger tenants_announce_config on tenants;

create trigger tenants_announce_config
after insert or delete or update of name, time_zone, store_ip on tenants
for each statement execute function announce_config();
