-- A number that is deleted keeps its conversations; another company may set it up then.
alter table chat_channels
add column deleted_at timestamptz,
-- Of what the environment said, as long as nobody has changed it since.
add column environment bytea,
add check (deleted_at is null or not enabled),
drop constraint chat_channels_platform_external_id_key,
add unique (tenant_id, platform, external_id);

create unique index chat_channels_of_one_company on chat_channels (platform, external_id)
where deleted_at is null;
