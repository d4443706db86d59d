-- The report's sums by the company's own days: a tenth or less of the hours to be read. They are
-- made of the hours, in the time zone that is written beside them.
create table report_zones (
    tenant_id uuid primary key references tenants (id),
    zone text not null
);

create table report_days (
    tenant_id uuid not null,
    axis text not null,
    model text not null,
    day date not null,
    place_id bigint not null,
    currency text not null,
    clicks bigint not null default 0,
    bots bigint not null default 0,
    visits bigint not null default 0,
    contacts bigint not null default 0,
    conversations bigint not null default 0,
    leads bigint not null default 0,
    sales bigint not null default 0,
    value_cents bigint not null default 0,
    refunded_cents bigint not null default 0,
    primary key (tenant_id, axis, model, day, place_id, currency)
) with (fillfactor = 80);

alter table report_zones enable row level security;
create policy own_tenant on report_zones using (tenant_id = current_tenant());

alter table report_days enable row level security;
create policy own_tenant on report_days using (tenant_id = current_tenant());
