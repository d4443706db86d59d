-- Of one that goes out: what is to be sent, and when it last set out.
alter table messages
add column outgoing jsonb,
add column tried_at timestamptz;

create index messages_on_their_way on messages (tenant_id, channel_id, conversation_id)
where status = 'queued';

-- A person may be written to every few seconds, with a burst that is borrowed from later: until when
-- what was sent is paid for.
alter table conversations add column paid_until timestamptz;

-- How a number or bot sends: shared by all workers.
create table chat_flow (
    tenant_id uuid not null,
    channel_id uuid not null,
    -- Every message has a place of its own in time.
    paid_until timestamptz,
    -- What the platform has shown that it takes; null until it says that something was too much.
    per_second real,
    slowed_at timestamptz,
    -- Attempts that went well and that did not, both fading away.
    good real not null default 0,
    bad real not null default 0,
    counted_at timestamptz,
    -- Nothing is sent until then, and after it one message at a time, until one goes well.
    open_until timestamptz,
    trial_until timestamptz,
    -- How often it opened in a row.
    opened int not null default 0,
    -- What the platform last said of its templates.
    templates jsonb,
    templates_at timestamptz,
    primary key (tenant_id, channel_id),
    foreign key (tenant_id, channel_id) references chat_channels (tenant_id, id) on delete cascade
) with (fillfactor = 50);

alter table chat_flow enable row level security;
create policy own_tenant on chat_flow using (tenant_id = current_tenant());
