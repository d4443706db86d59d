-- Claims that nobody signed and that bind nobody by themselves: a person is asked. The log stays as it
-- is; what was decided stands here, with the claims that say so in the log.
create table claim_reviews (
    tenant_id uuid not null,
    claim_id uuid not null,
    visitor_id text not null,
    -- Who is claimed, as it was known when it was asked.
    contact_id text not null,
    opened_at timestamptz not null,
    -- Settled: something certain came, so that nobody has to decide.
    decision text check (decision in ('accept', 'keep', 'fork', 'settled')),
    decided_by text,
    decided_at timestamptz,
    made uuid[] not null default '{}',
    primary key (tenant_id, claim_id),
    foreign key (tenant_id, claim_id) references link_claims (tenant_id, id) on delete cascade,
    foreign key (tenant_id, contact_id) references contacts (tenant_id, id),
    check ((decision is null) = (decided_at is null))
);

create index claim_reviews_open on claim_reviews (tenant_id, opened_at, claim_id)
where decision is null;
create index claim_reviews_visitor on claim_reviews (tenant_id, visitor_id)
where decision is null;
create index claim_reviews_contact on claim_reviews (tenant_id, contact_id, visitor_id)
where decision is null;
create index claim_reviews_settled on claim_reviews using gin (made) where decision = 'settled';

alter table claim_reviews enable row level security;
create policy own_tenant on claim_reviews using (tenant_id = current_tenant());

-- As if a claim had never been made: unlike an undo, it bars nobody.
alter table link_claims
drop constraint link_claims_outcome_check,
add constraint link_claims_outcome_check check (
    outcome in (
        'linked', 'confirmed', 'already', 'displaced', 'forked', 'conflict', 'waiting',
        'refused_strong', 'refused_undone', 'refused_repeated', 'undone', 'retracted'
    )
);

-- The log by what became of claims, and what else was said of a contact at about the same time.
create index link_claims_outcome on link_claims (tenant_id, outcome, seq);
create index link_claims_unsigned on link_claims (tenant_id, contact_id, claimed_at)
where strength = 'provisional';

create index contact_vouchers_age on contact_vouchers (vouched_at);
create index contact_vouchers_used on contact_vouchers (tenant_id, used_by)
where used_by is not null;

-- What waits already.
insert into claim_reviews (tenant_id, claim_id, visitor_id, contact_id, opened_at)
select c.tenant_id, c.id, c.visitor_id, c.contact_id, c.decided_at
from link_claims c
left join visitor_contact v on v.tenant_id = c.tenant_id and v.visitor_id = c.visitor_id
where c.outcome in ('waiting', 'conflict') and c.contact_id is not null
    and v.strength is distinct from 'strong'
    and v.contact_id is distinct from c.contact_id
    and not exists (
        select from link_claims later
        where later.tenant_id = c.tenant_id and later.follows = c.id
    );
