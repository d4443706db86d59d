-- The address of the connection, for tenants that say so; empty for all others.
alter table events add column if not exists ip String codec(ZSTD(1));

alter table incoming add column if not exists ip String;
