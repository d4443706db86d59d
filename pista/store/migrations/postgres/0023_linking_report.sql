-- What the report on linking reads of a period, without the claims of any other.
create index link_claims_decided on link_claims (tenant_id, decided_at)
include (method, outcome, visitor_id);

-- Of those, what made a visitor somebody's: for how long it took from the form.
create index link_claims_made on link_claims (tenant_id, decided_at)
include (method, visitor_id, outcome)
where outcome in ('linked', 'displaced', 'forked');
