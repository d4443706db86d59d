-- Somebody on a page, or a program, has said who a visitor is. A row stays until its job is done: then
-- the contact knows what it said, and the log of claims that it was said.
create table introductions (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    site_id uuid not null,
    visitor_id text not null,
    method text not null check (method in ('form', 'identify')),
    -- What tells a repeat: a submission's id, a message's.
    key text not null,
    said_at timestamptz not null,
    person jsonb not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, site_id) references sites (tenant_id, id)
);

create index introductions_visitor on introductions (tenant_id, visitor_id);
create index introductions_age on introductions (said_at);

alter table introductions enable row level security;
create policy own_tenant on introductions using (tenant_id = current_tenant());

-- Whether forms of the site's own make contacts; on which legal basis, and what its visitors are told.
alter table sites
add column form_contacts boolean not null default false,
add column form_basis text check (
    form_basis in ('consent', 'contract', 'legitimate_interest')
),
add column form_notices jsonb not null default '{}',
add check (not form_contacts or form_basis is not null);
