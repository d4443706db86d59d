-- What reports count by: how everything was when it happened, whatever becomes of the cliente.

alter table clientes
add column reopened_at timestamptz,
add column touched_at timestamptz;

alter table desk_history
add column campaign text,
add column source text,
add column outcome text,
-- When the case began that this belongs to: entered, or reopened.
add column came_at timestamptz,
-- Whether it was opened for the first time since.
add column touched boolean not null default false;

alter table desk_history disable trigger desk_history_append_only;
update desk_history h
set campaign = left(c.campaign, 200), source = c.source, came_at = n.came_at,
    outcome = case h.move when 'complete' then coalesce(h.why, c.outcome) end,
    touched = n.opened = 1 and h.move = 'open'
from (
    select
        tenant_id, cliente_id, id,
        max(at) filter (where move in ('create', 'reopen')) over earlier as came_at,
        count(*) filter (where move = 'open') over (
            partition by tenant_id, cliente_id, cases order by id
        ) as opened
    from (
        select *, count(*) filter (where move = 'reopen') over (
            partition by tenant_id, cliente_id order by id
        ) as cases
        from desk_history
    ) numbered
    window earlier as (partition by tenant_id, cliente_id order by id)
) n
join clientes c on c.tenant_id = n.tenant_id and c.id = n.cliente_id
where h.tenant_id = n.tenant_id and h.cliente_id = n.cliente_id and h.id = n.id;
alter table desk_history enable trigger desk_history_append_only;

update clientes c
set reopened_at = h.reopened_at, touched_at = h.touched_at
from (
    select
        tenant_id, cliente_id, max(at) filter (where move = 'reopen') as reopened_at,
        max(at) filter (where touched and came_at = last_came) as touched_at
    from (
        select *, max(came_at) over (partition by tenant_id, cliente_id) as last_came
        from desk_history
    ) seen
    group by tenant_id, cliente_id
) h
where h.tenant_id = c.tenant_id and h.cliente_id = c.id
    and (h.reopened_at is not null or h.touched_at is not null);

-- Whatever left a status, by when: a report reads the part of this that its days have, and nothing
-- of the table itself.
drop index desk_history_at;
create index desk_history_left on desk_history (tenant_id, at)
include (
    cliente_id, id, move, from_status, to_status, seconds, asesor_before, campaign, source, outcome
);
-- What was opened, by when its case began.
create index desk_history_touched on desk_history (tenant_id, came_at)
include (cliente_id, id, at, asesor_before, campaign, source) where touched;
