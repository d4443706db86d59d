-- Work that must be done once it is committed. A job that is done is gone; one that cannot be done
-- stays as a dead letter until a person replays or drops it.
create sequence job_turns;

-- Each runner's number, never used twice: its lock says whether it lives.
create sequence job_runners as int;

create table jobs (
    id bigint generated always as identity primary key,
    tenant_id uuid not null references tenants (id),
    kind text not null,
    -- Ids rather than people's data: the rows that they name can be erased.
    payload jsonb not null,
    -- Jobs of one key are done one after the other, in the order of their ids.
    order_key text,
    -- ready: may be taken; blocked: another job of its key comes first; waiting: until due_at;
    -- running: its runner has it; dead: a person has to look.
    state text not null check (state in ('ready', 'blocked', 'waiting', 'running', 'dead')),
    -- The order in which ready jobs are taken: that in which they became ready.
    turn bigint not null default nextval('job_turns'),
    runner int,
    attempts int not null default 0,
    -- How often the process ended while it had this job in hand.
    crashes int not null default 0,
    enqueued_at timestamptz not null,
    -- Since when it waits, and until when. A wait that begins in the future began before the
    -- clock was set back.
    waiting_since timestamptz,
    due_at timestamptz,
    error text,
    died_at timestamptz,
    check ((state = 'running') = (runner is not null)),
    check ((state = 'waiting') = (due_at is not null)),
    check ((state = 'waiting') = (waiting_since is not null)),
    check ((state = 'dead') = (died_at is not null))
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

create index jobs_ready on jobs (turn) where state = 'ready' and crashes = 0;
create index jobs_suspect on jobs (turn) where state = 'ready' and crashes > 0;
create index jobs_due on jobs (due_at) where state = 'waiting';
create index jobs_waiting_since on jobs (waiting_since) where state = 'waiting';
create index jobs_running on jobs (runner) where state = 'running';
create index jobs_dead on jobs (tenant_id, id) where state = 'dead';
create index jobs_of_key on jobs (tenant_id, order_key, id)
where order_key is not null and state <> 'dead';

-- What was enqueued lately under a key of its own, so that it is not enqueued again.
create table job_keys (
    tenant_id uuid not null references tenants (id),
    kind text not null,
    dedup_key text not null,
    enqueued_at timestamptz not null,
    primary key (tenant_id, kind, dedup_key)
);

create index job_keys_age on job_keys using brin (enqueued_at);
