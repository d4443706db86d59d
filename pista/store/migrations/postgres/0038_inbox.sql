-- What people find messages by: lower case, without accents, word by word. As pista/contacts/rules.py
-- takes texts apart.
create function chat_words(said text) returns tsvector language sql immutable parallel safe
begin atomic
    select coalesce(array_to_tsvector(array_agg(distinct left(word, 100))), ''::tsvector)
    from regexp_split_to_table(
        lower(regexp_replace(normalize(left(said, 5000), nfkd), '[\u0300-\u036f]', '', 'g')),
        '[^[:alnum:]]+'
    ) as word
    where word <> '';
end;

alter table messages add column search tsvector generated always as (
    chat_words(coalesce(text, '') || ' ' || coalesce(content #>> '{media,filename}', ''))
) stored;
create index messages_search on messages using gin (search);

alter table chat_people add column search tsvector generated always as (
    chat_words(coalesce(name, '') || ' ' || coalesce(username, ''))
) stored;
create index chat_people_search on chat_people using gin (search);

-- `@@` is not leakproof: see contacts_found. A word that nearly everybody says is looked for in the
-- newest messages alone, so that no search reads more than it shows many times over.
create function chat_found(
    of_tenant uuid, query text, known_by text, of_contacts text [], most int
) returns table (conversation_id uuid, message_id uuid) language plpgsql stable security definer
set search_path from current set plan_cache_mode = force_custom_plan as $$
begin
    if not may_reach(of_tenant) then
        return;
    end if;
    return query
    select c.id, null::uuid
    from conversations c
    where c.tenant_id = of_tenant and c.person_id in (
        (
            select p.id from chat_people p
            where p.tenant_id = of_tenant and p.search @@ query::tsquery
            limit most
        )
        union
        select p.id from chat_people p
        where p.tenant_id = of_tenant and p.contact_id = any (of_contacts)
        union
        select k.person_id from chat_person_keys k
        where k.tenant_id = of_tenant and k.platform in ('telegram', 'whatsapp')
            and k.kind in ('phone', 'user_id') and k.value = known_by
    );
    return query
    select distinct on (found.conversation_id) found.conversation_id, found.id
    from (
        select m.conversation_id, m.id
        from messages m
        where m.tenant_id = of_tenant and m.search @@ query::tsquery and m.deleted_at is null
        order by m.id desc
        limit most
    ) found
    order by found.conversation_id, found.id desc;
end
$$;

revoke execute on function chat_found from public;

-- How far it was read: `seq` of the last message that somebody here saw.
alter table conversations add column read_seq bigint not null default 0;

create index conversations_unread on conversations (
    tenant_id, status, last_message_at desc, id desc
) where unread > 0;
create index conversations_channel on conversations (
    tenant_id, channel_id, status, last_message_at desc, id desc
);

-- Which conversations changed since when: the number of the last transaction that changed each. What
-- was committed is told of by all numbers below the oldest one that still runs.
create table chat_changes (
    tenant_id uuid not null,
    conversation_id uuid not null,
    changed_in bigint not null,
    primary key (tenant_id, conversation_id),
    foreign key (tenant_id, conversation_id) references conversations (tenant_id, id)
    on delete cascade
) with (fillfactor = 70);

create index chat_changes_since on chat_changes (tenant_id, changed_in);

create table chat_notes (
    tenant_id uuid not null,
    id uuid not null,
    conversation_id uuid not null,
    author_id uuid not null,
    text text not null check (length(text) between 1 and 5000),
    at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, conversation_id) references conversations (tenant_id, id)
    on delete cascade
);

create index chat_notes_of on chat_notes (tenant_id, conversation_id, at, id);

-- What somebody has begun to write. An empty one stays: it is later than what it took the place of.
create table chat_drafts (
    tenant_id uuid not null,
    conversation_id uuid not null,
    user_id uuid not null,
    text text not null check (length(text) <= 5000),
    revision bigint not null,
    primary key (tenant_id, conversation_id, user_id),
    foreign key (tenant_id, conversation_id) references conversations (tenant_id, id)
    on delete cascade
) with (fillfactor = 70);

create table chat_quick_replies (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    shortcut text not null check (shortcut ~ '^[a-z0-9_-]{1,32}$'),
    text text not null check (length(text) between 1 and 4000),
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, shortcut)
);

-- Who looks at a conversation, and who writes in it. Gone after a crash, and after some seconds.
create unlogged table chat_presence (
    tenant_id uuid not null,
    conversation_id uuid not null,
    user_id uuid not null,
    doing text not null check (doing in ('looking', 'typing')),
    until timestamptz not null,
    primary key (tenant_id, conversation_id, user_id)
) with (fillfactor = 50);

-- Who answers: one at a time.
create unlogged table chat_composers (
    tenant_id uuid not null,
    conversation_id uuid not null,
    user_id uuid not null,
    until timestamptz not null,
    primary key (tenant_id, conversation_id)
) with (fillfactor = 50);

alter table chat_changes enable row level security;
create policy own_tenant on chat_changes using (tenant_id = current_tenant());

alter table chat_notes enable row level security;
create policy own_tenant on chat_notes using (tenant_id = current_tenant());

alter table chat_drafts enable row level security;
create policy own_tenant on chat_drafts using (tenant_id = current_tenant());

alter table chat_quick_replies enable row level security;
create policy own_tenant on chat_quick_replies using (tenant_id = current_tenant());

alter table chat_presence enable row level security;
create policy own_tenant on chat_presence using (tenant_id = current_tenant());

alter table chat_composers enable row level security;
create policy own_tenant on chat_composers using (tenant_id = current_tenant());
