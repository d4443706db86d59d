-- A link that an API key has made is void once the key is revoked, as one of an admin is who may no
-- longer make any.
alter table api_keys add constraint api_keys_of_tenant unique (tenant_id, id);

alter table account_links
    add column made_by_key uuid,
    add foreign key (tenant_id, made_by_key) references api_keys (tenant_id, id);
