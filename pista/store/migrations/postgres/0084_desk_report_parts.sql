-- What most reports on the desk ask for is a small part of its history: what began, and what came
-- back. Each has an index of its own, so that nothing else of its days is read for it.

create index desk_history_came on desk_history (tenant_id, at)
include (cliente_id, id, asesor_before, campaign, source)
where move in ('create', 'reopen');

create index desk_history_returned on desk_history (tenant_id, at)
include (cliente_id, id, move, from_status, seconds, asesor_before, campaign, source, outcome)
where move in ('give_back', 'time_out');
