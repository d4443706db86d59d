-- A domain is a company's own once a record of it says so: the first company to show that has it. What
-- was had before stays.
alter table link_domains
drop constraint link_domains_domain_key,
-- What the record says, new for each company that wants the domain.
add column proof text not null default replace(gen_random_uuid()::text, '-', '')
check (proof ~ '^[0-9a-f]{32}$'),
add column proven_at timestamptz,
add column checked_at timestamptz,
add column why text check (why in ('missing', 'other', 'unanswered', 'taken'));

update link_domains set proven_at = created_at;

create unique index link_domains_proven on link_domains (domain) where proven_at is not null;

-- Whoever wants a domain hears that another company has it, and not which.
create function link_domain_is_taken(of_domain text) returns boolean
language sql stable security definer
begin atomic
    select exists (select from link_domains where domain = of_domain and proven_at is not null);
end;

revoke execute on function link_domain_is_taken from public;
