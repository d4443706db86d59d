-- How far back a click earns something.
create table attribution_settings (
    tenant_id uuid primary key references tenants (id),
    window_days integer not null check (window_days between 1 and 90)
);

-- How long a sale that no click is known of yet waits before the platform is told.
alter table destinations
add column grace_minutes integer not null default 5 check (grace_minutes between 0 and 60);

-- Nobody but a person may have it sent, once that they have looked whether it arrived.
alter table deliveries
add column by_hand boolean not null default false;

alter table attribution_settings enable row level security;
create policy own_tenant on attribution_settings using (tenant_id = current_tenant());
