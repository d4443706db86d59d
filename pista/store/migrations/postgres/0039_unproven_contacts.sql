-- How many contacts were made for a site in an hour by what nobody signed: claims and introductions.
create table unproven_contacts (
    tenant_id uuid not null references tenants (id),
    site_id uuid not null,
    hour timestamptz not null,
    made integer not null,
    primary key (tenant_id, site_id),
    foreign key (tenant_id, site_id) references sites (tenant_id, id)
);

alter table unproven_contacts enable row level security;
create policy own_tenant on unproven_contacts using (tenant_id = current_tenant());
