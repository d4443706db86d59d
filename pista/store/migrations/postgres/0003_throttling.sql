-- A tenant's own sampling rates; a type without a row is thinned out by the defaults.
create table event_throttles (
    tenant_id uuid not null references tenants (id),
    event_type text not null check (event_type ~ '^[A-Z][A-Z0-9_]{0,63}$'),
    sampling_rate double precision not null check (sampling_rate between 0 and 100),
    always_keep boolean not null,
    changed_at timestamptz not null default now(),
    primary key (tenant_id, event_type)
);

create trigger event_throttles_announce_config
after insert or update or delete on event_throttles
for each statement execute function announce_config();
