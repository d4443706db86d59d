-- Which contact a visitor is: one row a visitor, however many say so at once. Sessions and events
-- carry the visitor's id only, so that one row links all of them.
create table visitor_contact (
    tenant_id uuid not null references tenants (id),
    visitor_id text not null check (visitor_id ~ '^[A-Za-z0-9_-]{1,64}$'),
    contact_id text not null,
    method text not null,
    strength text not null check (strength in ('strong', 'provisional')),
    linked_at timestamptz not null,
    claim_id uuid not null,
    primary key (tenant_id, visitor_id),
    foreign key (tenant_id, contact_id) references contacts (tenant_id, id)
);

create index visitor_contact_contact on visitor_contact (tenant_id, contact_id);

-- Everything that was ever said of it, winners and losers. Rows are added, and never changed.
create table link_claims (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    -- The order in which claims of one visitor were decided.
    seq bigint generated always as identity,
    visitor_id text not null,
    -- Null for one that names a CRM's contact that nobody has told of yet.
    contact_id text,
    crm_id text,
    method text not null check (
        method in ('webhook', 'form', 'ud', 'telegram', 'whatsapp', 'identify', 'manual')
    ),
    strength text not null check (strength in ('strong', 'provisional')),
    -- What tells a repeat: a webhook's id, a submission's.
    key text not null,
    evidence jsonb not null default '{}',
    claimed_at timestamptz not null,
    decided_at timestamptz not null,
    outcome text not null check (
        outcome in (
            'linked', 'confirmed', 'already', 'displaced', 'forked', 'conflict', 'waiting',
            'refused_strong', 'refused_undone', 'refused_repeated', 'undone'
        )
    ),
    decided_by text,
    -- Of an `undone`: the claim that it takes back.
    undoes uuid,
    -- The claim that waited for this one.
    follows uuid,
    primary key (tenant_id, id),
    foreign key (tenant_id, contact_id) references contacts (tenant_id, id)
);

create unique index link_claims_key on link_claims (tenant_id, method, key)
where outcome <> 'refused_repeated';
create index link_claims_visitor on link_claims (tenant_id, visitor_id, seq);
create index link_claims_contact on link_claims (tenant_id, contact_id, seq);
create index link_claims_newest on link_claims (tenant_id, seq);
create index link_claims_waiting on link_claims (tenant_id, crm_id, claimed_at)
where outcome = 'waiting';
create unique index link_claims_undoes on link_claims (tenant_id, undoes) where undoes is not null;
create unique index link_claims_follows on link_claims (tenant_id, follows)
where follows is not null;

create trigger link_claims_only_added
before update on link_claims
for each statement execute function refuse_change();

-- Another person on the same browser: from then on what the browser does is theirs, under an id of
-- its own. What was before stays.
create table visitor_forks (
    tenant_id uuid not null references tenants (id),
    visitor_id text not null,
    contact_id text not null,
    fork_id text not null,
    since timestamptz not null,
    active boolean not null,
    primary key (tenant_id, visitor_id, contact_id),
    unique (tenant_id, fork_id),
    foreign key (tenant_id, contact_id) references contacts (tenant_id, id)
);

-- A signed message told of a contact and named no visitor: one claim that nobody signed may lean
-- on it.
create table contact_vouchers (
    tenant_id uuid not null references tenants (id),
    key text not null,
    contact_id text not null,
    vouched_at timestamptz not null,
    used_by uuid,
    primary key (tenant_id, key),
    foreign key (tenant_id, contact_id) references contacts (tenant_id, id)
);

create index contact_vouchers_contact on contact_vouchers (tenant_id, contact_id);
