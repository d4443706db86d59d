-- Files of messages may lie in a bucket; '' is the data folder.
alter table chat_media add column bucket text not null default '';

-- Objects that a row has let go of. They are deleted, and once more when whoever was just putting
-- them there has certainly ended.
create table chat_objects_gone (
    tenant_id uuid not null references tenants (id),
    bucket text not null,
    media_id uuid not null,
    due_at timestamptz not null,
    deleted_at timestamptz,
    primary key (tenant_id, bucket, media_id)
);

create index chat_objects_due on chat_objects_gone (due_at);

alter table chat_objects_gone enable row level security;
create policy own_tenant on chat_objects_gone using (tenant_id = current_tenant());

create function chat_object_gone() returns trigger language plpgsql as $$
begin
    insert into chat_objects_gone (tenant_id, bucket, media_id, due_at)
    values (old.tenant_id, old.bucket, old.id, now())
    on conflict (tenant_id, bucket, media_id) do update set due_at = now(), deleted_at = null;
    return null;
end;
$$;

drop trigger chat_media_gone on chat_media;

create trigger chat_media_gone after delete on chat_media
for each row when (old.sha256 is not null and old.bucket = '') execute function chat_file_gone();

create trigger chat_object_gone after delete on chat_media
for each row when (old.bucket <> '') execute function chat_object_gone();

-- It is being put elsewhere.
create trigger chat_object_moved after update of bucket on chat_media
for each row when (old.bucket <> '' and old.bucket <> new.bucket)
execute function chat_object_gone();
