-- Files of messages. One that came in has its message's id; one that goes out is uploaded first.
create table chat_media (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    message_id uuid,
    channel_id uuid,
    -- What to fetch it by.
    external_id text,
    state text not null check (state in ('waiting', 'kept', 'failed', 'too_large')),
    mime_type text,
    filename text,
    bytes bigint,
    -- Of the file, which lies under this name.
    sha256 bytea,
    -- What the platform said that it is.
    told_sha256 text,
    error text,
    advice text,
    author_id uuid,
    created_at timestamptz not null,
    finished_at timestamptz,
    primary key (tenant_id, id),
    check ((state = 'kept') = (sha256 is not null)),
    foreign key (tenant_id, message_id) references messages (tenant_id, id) on delete cascade
);

create index chat_media_of_message on chat_media (tenant_id, message_id);
create index chat_media_of_file on chat_media (tenant_id, sha256);
create index chat_media_unused on chat_media (created_at) where message_id is null;

-- Files that a row has let go of, however it was deleted: somebody has to look after them.
create table chat_files_gone (
    tenant_id uuid not null references tenants (id),
    sha256 bytea not null,
    primary key (tenant_id, sha256)
);

create function chat_file_gone() returns trigger language plpgsql as $$
begin
    insert into chat_files_gone (tenant_id, sha256) values (old.tenant_id, old.sha256)
    on conflict do nothing;
    return null;
end;
$$;

create trigger chat_media_gone after delete on chat_media
for each row when (old.sha256 is not null) execute function chat_file_gone();

alter table chat_media enable row level security;
create policy own_tenant on chat_media using (tenant_id = current_tenant());

alter table chat_files_gone enable row level security;
create policy own_tenant on chat_files_gone using (tenant_id = current_tenant());
