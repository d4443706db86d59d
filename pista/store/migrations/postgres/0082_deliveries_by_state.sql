-- The log is read by state, and says how many there are of each.
create index deliveries_state on deliveries (tenant_id, state, created_at desc, event_id desc);
