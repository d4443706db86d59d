-- Which queue a job is of, so that each can have its own concurrency and be paused; and in which of
-- its lanes: 0 high, 1 normal, 2 low.
alter table jobs add column queue text not null default 'other',
add column lane smallint not null default 1 check (lane between 0 and 2),
-- Where it failed: places in the program, and nobody's data.
add column stack text;
update jobs set queue = 'webhook' where kind = 'chat.webhook' or kind like 'crm.%';

drop index jobs_ready;
create index jobs_ready on jobs (queue, lane, turn) where state = 'ready' and crashes = 0;

-- A scheduled job takes its place when its time has come: until then it holds up nobody of its key.
alter table jobs drop constraint jobs_state_check,
drop constraint jobs_check1,
add constraint jobs_state_check check (
    state in ('ready', 'blocked', 'waiting', 'scheduled', 'running', 'dead')
),
add constraint jobs_check1 check ((state in ('waiting', 'scheduled')) = (due_at is not null));
create index jobs_scheduled on jobs (due_at) where state = 'scheduled';
drop index jobs_of_key;
create index jobs_of_key on jobs (tenant_id, order_key, id)
where order_key is not null and state not in ('dead', 'scheduled');

-- What a company lets stand still.
create table queue_pauses (
    tenant_id uuid not null references tenants (id),
    queue text not null,
    since timestamptz not null,
    -- As they were called then.
    paused_by text,
    primary key (tenant_id, queue)
);

alter table queue_pauses enable row level security;
create policy own_tenant on queue_pauses using (tenant_id = current_tenant());

-- What stands still for everybody.
create table queue_halts (
    queue text primary key,
    since timestamptz not null
);

-- What was taken on, a line for each time; and of that, what did not end well. What was taken and is
-- neither of these nor under way is done: so an end costs nothing, and no kill makes it wrong.
create table queue_ticks (
    tenant_id uuid not null,
    id bigint generated always as identity primary key,
    kind text not null,
    at timestamptz not null,
    begun int not null default 0,
    -- Is tried again; was given up; was put back untried.
    failed int not null default 0,
    died int not null default 0,
    returned int not null default 0
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

alter table queue_ticks enable row level security;
create policy own_tenant on queue_ticks using (tenant_id = current_tenant());

-- The same, added up: by the minute for a day, then by the hour.
create table queue_counts (
    tenant_id uuid not null references tenants (id),
    kind text not null,
    slot timestamptz not null,
    begun bigint not null default 0,
    failed bigint not null default 0,
    died bigint not null default 0,
    returned bigint not null default 0,
    -- The most that waited.
    waiting bigint not null default 0,
    primary key (tenant_id, kind, slot)
) with (fillfactor = 70);

create index queue_counts_minutes on queue_counts (slot);

alter table queue_counts enable row level security;
create policy own_tenant on queue_counts using (tenant_id = current_tenant());

insert into queue_ticks (tenant_id, kind, at, begun)
select tenant_id, kind, now(), count(*)
from jobs
where state = 'running'
group by tenant_id, kind;
