-- Each message changes its conversation, and each change goes into every index of it: fewer of them,
-- and none for what most rows do not have.
alter table conversations
drop constraint conversations_tenant_id_channel_id_person_id_key,
drop constraint conversations_tenant_id_channel_id_group_id_key;
drop index conversations_person;
create unique index conversations_of_person on conversations (tenant_id, person_id, channel_id);
create unique index conversations_of_group on conversations (tenant_id, channel_id, group_id)
where group_id is not null;

alter table messages drop constraint messages_tenant_id_conversation_id_idempotency_key_key;
create unique index messages_idempotent on messages (tenant_id, conversation_id, idempotency_key)
where idempotency_key is not null;

-- The same words in half the time: nothing is run for each of them by itself.
create or replace function chat_words(said text) returns tsvector
language sql immutable parallel safe
return coalesce(
    array_to_tsvector(array_remove(
        regexp_split_to_array(
            regexp_replace(
                lower(regexp_replace(normalize(left(said, 5000), nfkd), '[\u0300-\u036f]', '', 'g')),
                '([[:alnum:]]{100})[[:alnum:]]+', '\1', 'g'
            ),
            '[^[:alnum:]]+'
        ),
        ''
    )),
    ''::tsvector
);
