-- The numbers and bots that people write to.
create table chat_channels (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    platform text not null check (platform in ('whatsapp', 'telegram')),
    -- WhatsApp's phone number id, Telegram's bot id: of one company only.
    external_id text not null,
    -- The WhatsApp Business Account that the number is of.
    account_id text,
    name text not null check (length(name) between 1 and 200),
    -- What people see: the phone number, the bot's @name.
    display text not null default '',
    -- Sealed: what its messages are sent with.
    token bytea,
    -- Sealed: what its webhooks are signed with; two while one takes the other's place.
    secrets bytea [] not null default '{}',
    -- SHA-256 of what Meta says when the address is entered there.
    verify_hash bytea,
    enabled boolean not null default true,
    -- Nothing is sent until then, and why.
    held_until timestamptz,
    held_reason text,
    created_at timestamptz not null,
    last_received_at timestamptz,
    primary key (tenant_id, id),
    unique (platform, external_id)
) with (fillfactor = 70);

-- What was received, committed with its job before it is answered.
create table chat_webhooks (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    platform text not null check (platform in ('whatsapp', 'telegram')),
    -- The channels that its signature may speak for.
    channel_ids uuid [] not null,
    received_at timestamptz not null,
    request_id text not null,
    size int not null,
    -- Until it is too old, or somebody in it is erased.
    body bytea,
    state text not null check (state in ('waiting', 'done', 'ignored', 'malformed', 'failed')),
    detail text,
    -- How many messages, statuses and the like were in it, and how many of them were new.
    items int,
    kept int,
    finished_at timestamptz,
    primary key (tenant_id, id)
) with (fillfactor = 80);

create index chat_webhooks_bodies on chat_webhooks (received_at) where body is not null;
create index chat_webhooks_age on chat_webhooks using brin (received_at);
create index chat_webhooks_odd on chat_webhooks (tenant_id, id desc)
where state in ('ignored', 'malformed', 'failed');

-- Somebody who writes. Which contact that is, comes a moment later.
create table chat_people (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    platform text not null check (platform in ('whatsapp', 'telegram')),
    name text,
    username text,
    contact_id text,
    blocked boolean not null default false,
    created_at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, contact_id) references contacts (tenant_id, id)
) with (fillfactor = 80);

create index chat_people_contact on chat_people (tenant_id, contact_id)
where contact_id is not null;

-- What the platform knows somebody by; numbers change hands, and people change numbers.
create table chat_person_keys (
    tenant_id uuid not null,
    platform text not null,
    kind text not null check (kind in ('user_id', 'parent', 'phone')),
    value text not null check (length(value) between 1 and 200),
    person_id uuid not null,
    since timestamptz not null,
    primary key (tenant_id, platform, kind, value),
    foreign key (tenant_id, person_id) references chat_people (tenant_id, id) on delete cascade
);

create index chat_person_keys_person on chat_person_keys (tenant_id, person_id);

create table conversations (
    tenant_id uuid not null,
    id uuid not null,
    channel_id uuid not null,
    -- Whom it is with, or else the group that it is in.
    person_id uuid,
    group_id text,
    status text not null default 'open' check (status in ('open', 'closed')),
    assigned_to uuid,
    unread int not null default 0,
    created_at timestamptz not null,
    last_message_at timestamptz,
    -- WhatsApp lets a company write freely for 24 hours from then on.
    last_inbound_at timestamptz,
    -- Of its newest message.
    preview text,
    preview_kind text,
    preview_direction text,
    primary key (tenant_id, id),
    unique (tenant_id, channel_id, person_id),
    unique (tenant_id, channel_id, group_id),
    check ((person_id is null) <> (group_id is null)),
    foreign key (tenant_id, channel_id) references chat_channels (tenant_id, id),
    foreign key (tenant_id, person_id) references chat_people (tenant_id, id)
) with (fillfactor = 70);

create index conversations_newest on conversations (
    tenant_id, status, last_message_at desc, id desc
);
create index conversations_assigned on conversations (
    tenant_id, assigned_to, status, last_message_at desc, id desc
);
create index conversations_person on conversations (tenant_id, person_id);

create table messages (
    tenant_id uuid not null,
    id uuid not null,
    -- In the order in which they were stored: what a screen has seen.
    seq bigint generated always as identity,
    conversation_id uuid not null,
    channel_id uuid not null,
    direction text not null check (direction in ('in', 'out')),
    -- Who said it, where it came in.
    person_id uuid,
    -- The platform's own id of it; one that goes out gets it when it is accepted.
    external_id text,
    kind text not null,
    text text,
    -- All else that is in it: media, place, cards, reply, order, advertisement.
    content jsonb not null default '{}',
    -- The platform's id of the message that it answers.
    reply_to text,
    at timestamptz not null,
    received_at timestamptz not null,
    -- Of one that goes out: how far it got.
    status text check (
        status in ('queued', 'unknown', 'accepted', 'sent', 'delivered', 'read', 'played', 'failed')
    ),
    failure jsonb,
    edited_at timestamptz,
    deleted_at timestamptz,
    author_id uuid,
    idempotency_key text,
    primary key (tenant_id, id),
    unique (tenant_id, channel_id, external_id),
    unique (tenant_id, conversation_id, idempotency_key),
    foreign key (tenant_id, conversation_id) references conversations (tenant_id, id)
    on delete cascade,
    foreign key (tenant_id, person_id) references chat_people (tenant_id, id),
    check ((direction = 'out') = (status is not null))
) with (fillfactor = 85);

create index messages_of_conversation on messages (tenant_id, conversation_id, at, seq);
create index messages_of_person on messages (tenant_id, person_id) where person_id is not null;

-- What happened to a message after it was sent: told in any order, also before the message itself.
create table message_changes (
    tenant_id uuid not null references tenants (id),
    channel_id uuid not null,
    -- The platform's id of the message that it is about.
    external_id text not null,
    kind text not null check (kind in ('status', 'edit', 'delete', 'reaction')),
    -- What makes it one: the status, the edit's own id, who reacted.
    what text not null,
    at timestamptz not null,
    detail jsonb not null default '{}',
    primary key (tenant_id, channel_id, external_id, kind, what)
);

-- How far a message got; what comes late takes nothing back. What was delivered has not failed.
create function message_rank(of_status text) returns int language sql immutable parallel safe
begin atomic
    select array_position(
        array['queued', 'unknown', 'accepted', 'sent', 'failed', 'delivered', 'read', 'played'],
        of_status
    );
end;

-- Who came through which link to a bot: what an advertisement is credited by.
create table chat_starts (
    tenant_id uuid not null,
    channel_id uuid not null,
    external_id text not null,
    person_id uuid not null,
    payload text,
    at timestamptz not null,
    primary key (tenant_id, channel_id, external_id),
    foreign key (tenant_id, channel_id) references chat_channels (tenant_id, id),
    foreign key (tenant_id, person_id) references chat_people (tenant_id, id) on delete cascade
);

create index chat_starts_person on chat_starts (tenant_id, person_id, at);

-- Who stopped a bot, came into a group or a channel, and by which invitation.
create table chat_memberships (
    tenant_id uuid not null,
    channel_id uuid not null,
    person_id uuid not null,
    change text not null,
    group_id text not null,
    invite text,
    at timestamptz not null,
    primary key (tenant_id, channel_id, person_id, at, change, group_id),
    foreign key (tenant_id, channel_id) references chat_channels (tenant_id, id),
    foreign key (tenant_id, person_id) references chat_people (tenant_id, id) on delete cascade
);

-- Of accounts and templates, and what has no shape here yet: kept as it came.
create table chat_news (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    webhook_id uuid,
    channel text,
    field text not null,
    value jsonb,
    at timestamptz not null,
    primary key (tenant_id, id)
);

create index chat_news_age on chat_news using brin (at);

alter table chat_channels enable row level security;
create policy own_tenant on chat_channels using (tenant_id = current_tenant());

alter table chat_webhooks enable row level security;
create policy own_tenant on chat_webhooks using (tenant_id = current_tenant());

alter table chat_people enable row level security;
create policy own_tenant on chat_people using (tenant_id = current_tenant());

alter table chat_person_keys enable row level security;
create policy own_tenant on chat_person_keys using (tenant_id = current_tenant());

alter table conversations enable row level security;
create policy own_tenant on conversations using (tenant_id = current_tenant());

alter table messages enable row level security;
create policy own_tenant on messages using (tenant_id = current_tenant());

alter table message_changes enable row level security;
create policy own_tenant on message_changes using (tenant_id = current_tenant());

alter table chat_starts enable row level security;
create policy own_tenant on chat_starts using (tenant_id = current_tenant());

alter table chat_memberships enable row level security;
create policy own_tenant on chat_memberships using (tenant_id = current_tenant());

alter table chat_news enable row level security;
create policy own_tenant on chat_news using (tenant_id = current_tenant());
