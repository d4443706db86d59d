-- What a contact's timeline asks for: claims that changed something, the latest first, and merges
-- by either of the two.
create index link_claims_told on link_claims (tenant_id, contact_id, decided_at)
where outcome <> 'already';
create index contact_merges_of on contact_merges (tenant_id, contact_id);
create index contact_merges_into on contact_merges (tenant_id, into_id);
