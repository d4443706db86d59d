-- Words are looked for among a company's own messages alone, however much others have: each row has
-- its company as a word. And a rare word is found by the words' index, whatever the planner expects.
alter table messages drop column search;
alter table messages add column search tsvector generated always as (
    chat_words(coalesce(text, '') || ' ' || coalesce(content #>> '{media,filename}', ''))
    || array_to_tsvector(array['#' || coalesce(right(tenant_id::text, 12), '')])
) stored;
create index messages_search on messages using gin (search);

alter table chat_people drop column search;
alter table chat_people add column search tsvector generated always as (
    chat_words(coalesce(name, '') || ' ' || coalesce(username, ''))
    || array_to_tsvector(array['#' || coalesce(right(tenant_id::text, 12), '')])
) stored;
create index chat_people_search on chat_people using gin (search);

create or replace function chat_found(
    of_tenant uuid, query text, known_by text, of_contacts text [], most int
) returns table (conversation_id uuid, message_id uuid) language plpgsql stable security definer
set search_path from current set plan_cache_mode = force_custom_plan
set enable_seqscan = off set enable_indexscan = on set enable_bitmapscan = on
set enable_sort = on as $$
declare
    own tsquery;
    matched uuid [];
begin
    if not may_reach(of_tenant) then
        return;
    end if;
    own := ('''#' || right(of_tenant::text, 12) || '''')::tsquery && query::tsquery;
    return query
    select c.id, null::uuid
    from conversations c
    where c.tenant_id = of_tenant and c.person_id in (
        (
            select p.id from chat_people p
            where p.tenant_id = of_tenant and p.search @@ own
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
    -- By the words first: few are all read, and of many the newest by the order of their ids.
    perform set_config('enable_indexscan', 'off', true);
    select array_agg(one.id) into matched
    from (
        select m.id
        from messages m
        where m.tenant_id = of_tenant and m.search @@ own and m.deleted_at is null
        limit 10 * most + 1
    ) one;
    perform set_config('enable_indexscan', 'on', true);
    if cardinality(matched) > 10 * most then
        -- Neither by the words nor by what has to be put in order first, whatever is expected.
        perform set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', 'off', true);
        matched := array(
            select m.id
            from messages m
            where m.tenant_id = of_tenant and m.search @@ own and m.deleted_at is null
            order by m.id desc
            limit most
        );
    end if;
    return query
    select distinct on (found.conversation_id) found.conversation_id, found.id
    from (
        select m.conversation_id, m.id, m.seq
        from messages m
        where m.tenant_id = of_tenant and m.id = any (matched)
        order by m.id desc
        limit most
    ) found
    order by found.conversation_id, found.seq desc;
end
$$;
