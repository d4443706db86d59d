-- The report from the ad to the sale: what is to be credited again, what each click is credited
-- with by each model, and sums by the hour.

-- Who is to be looked at again, since something that credits depend on has changed. Only ever added
-- to, and emptied by the workers: whoever changes something waits for nobody here.
create table credit_due (
    id bigint generated always as identity primary key,
    tenant_id uuid not null,
    -- `contact:…`, `person:…`, `visitor:…`, `sale:…` or `lead:…`.
    subject text not null
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

create function credit_due_contact() returns trigger language plpgsql as $$
begin
    insert into credit_due (tenant_id, subject) values (new.tenant_id, 'contact:' || new.id);
    if tg_op = 'UPDATE' and old.merged_into is not null then
        insert into credit_due (tenant_id, subject)
        values (new.tenant_id, 'contact:' || old.merged_into);
    end if;
    return null;
end
$$;

create trigger contacts_credited after insert on contacts
for each row execute function credit_due_contact();
create trigger contacts_credited_again after update of merged_into on contacts
for each row when (old.merged_into is distinct from new.merged_into)
execute function credit_due_contact();

create function credit_due_visitor() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        insert into credit_due (tenant_id, subject)
        values (old.tenant_id, 'contact:' || old.contact_id);
    end if;
    if tg_op <> 'DELETE' then
        insert into credit_due (tenant_id, subject)
        values (new.tenant_id, 'contact:' || new.contact_id);
    end if;
    return null;
end
$$;

create trigger visitor_contact_credited after insert or delete or update of contact_id on visitor_contact
for each row execute function credit_due_visitor();

-- Somebody else on a browser ends the time of whoever was on it before.
create function credit_due_fork() returns trigger language plpgsql as $$
begin
    insert into credit_due (tenant_id, subject)
    select coalesce(new.tenant_id, old.tenant_id), subject
    from unnest(array[
        'visitor:' || coalesce(new.visitor_id, old.visitor_id),
        'contact:' || coalesce(new.contact_id, old.contact_id)
    ]) as subject;
    return null;
end
$$;

create trigger visitor_forks_credited after insert or update or delete on visitor_forks
for each row execute function credit_due_fork();

create function credit_due_person() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.contact_id is not null then
        insert into credit_due (tenant_id, subject)
        values (new.tenant_id, 'contact:' || old.contact_id);
    end if;
    insert into credit_due (tenant_id, subject) values (new.tenant_id, 'person:' || new.id);
    return null;
end
$$;

create trigger chat_people_credited after update of contact_id on chat_people
for each row when (old.contact_id is distinct from new.contact_id)
execute function credit_due_person();

create function credit_due_talk() returns trigger language plpgsql as $$
begin
    insert into credit_due (tenant_id, subject) values (new.tenant_id, 'person:' || new.person_id);
    return null;
end
$$;

create trigger conversations_credited after insert on conversations
for each row when (new.person_id is not null) execute function credit_due_talk();
create trigger conversations_credited_again after update of person_id on conversations
for each row when (new.person_id is not null and old.person_id is distinct from new.person_id)
execute function credit_due_talk();

create function credit_due_lead() returns trigger language plpgsql as $$
begin
    insert into credit_due (tenant_id, subject) values (new.tenant_id, 'lead:' || new.id);
    return null;
end
$$;

create trigger clientes_credited after insert on clientes
for each row execute function credit_due_lead();
create trigger clientes_credited_again after update of contact_id on clientes
for each row when (old.contact_id is distinct from new.contact_id)
execute function credit_due_lead();

create function credit_due_sale() returns trigger language plpgsql as $$
begin
    insert into credit_due (tenant_id, subject) values (new.tenant_id, 'sale:' || new.id);
    return null;
end
$$;

create trigger sales_credited after insert on sales
for each row when (new.paid_at is not null) execute function credit_due_sale();
create trigger sales_credited_again
after update of paid_at, refunded_cents, contact_id, person_id, visitor_id, click_token on sales
for each row when (new.paid_at is not null) execute function credit_due_sale();

create function credit_due_arrival() returns trigger language plpgsql as $$
begin
    if new.person_id is not null then
        insert into credit_due (tenant_id, subject)
        values (new.tenant_id, 'person:' || new.person_id);
    end if;
    if new.visitor_id is not null then
        insert into credit_due (tenant_id, subject)
        values (new.tenant_id, 'visitor:' || new.visitor_id);
    end if;
    return null;
end
$$;

create trigger click_arrivals_credited after insert or update on click_arrivals
for each row execute function credit_due_arrival();

-- What reports group by, once each.
create table report_places (
    tenant_id uuid not null,
    id bigint not null,
    -- '' all over: what no click is known of.
    source text not null,
    link_id uuid,
    campaign text not null,
    adset text not null,
    ad text not null,
    primary key (tenant_id, id)
);

create function report_place(
    source text, link_id uuid, campaign text, adset text, ad text
) returns bigint language sql immutable parallel safe as $$
select hashtextextended(
    jsonb_build_array($1, $2, coalesce($3, ''), coalesce($4, ''), coalesce($5, ''))::text, 0
)
$$;

-- What each click is credited with: of every result and model, parts that add up to a million.
create table report_shares (
    tenant_id uuid not null,
    kind text not null check (kind in ('contact', 'conversation', 'lead', 'sale')),
    result_id text not null,
    model text not null check (model in ('last', 'first', 'linear')),
    -- All zeros: no click is known.
    click_id uuid not null,
    place_id bigint not null,
    at timestamptz not null,
    -- When the click was; when the result was, if there is no click.
    click_at timestamptz not null,
    millionths bigint not null,
    value_cents bigint not null default 0,
    refunded_cents bigint not null default 0,
    currency text not null default '',
    -- Whom it is of, as far as is known.
    contact_id text,
    primary key (tenant_id, kind, result_id, model, click_id)
);

create index report_shares_at on report_shares (
    tenant_id, model, kind, place_id, at desc, result_id desc
);
create index report_shares_click_at on report_shares (
    tenant_id, model, kind, place_id, click_at desc, result_id desc
);
create index report_shares_contact on report_shares (tenant_id, contact_id)
where contact_id is not null;

-- Sums by the hour. Axis: by when results were (`event`) or by when their clicks were (`click`);
-- what does not depend on it, or on a model, has neither.
create table report_hours (
    tenant_id uuid not null,
    axis text not null,
    model text not null,
    hour timestamptz not null,
    place_id bigint not null,
    currency text not null,
    clicks bigint not null default 0,
    bots bigint not null default 0,
    visits bigint not null default 0,
    contacts bigint not null default 0,
    conversations bigint not null default 0,
    leads bigint not null default 0,
    sales bigint not null default 0,
    value_cents bigint not null default 0,
    refunded_cents bigint not null default 0,
    primary key (tenant_id, axis, model, hour, place_id, currency)
) with (fillfactor = 80);

-- The same, not added up yet: added by whoever clicks or is credited, without waiting for others.
create table report_deltas (
    id bigint generated always as identity primary key,
    tenant_id uuid not null,
    axis text not null,
    model text not null,
    hour timestamptz not null,
    place_id bigint not null,
    currency text not null,
    clicks bigint not null default 0,
    bots bigint not null default 0,
    visits bigint not null default 0,
    contacts bigint not null default 0,
    conversations bigint not null default 0,
    leads bigint not null default 0,
    sales bigint not null default 0,
    value_cents bigint not null default 0,
    refunded_cents bigint not null default 0
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);

create index report_deltas_tenant on report_deltas (tenant_id);

create function report_clicks() returns trigger language plpgsql as $$
begin
    insert into report_places (tenant_id, id, source, link_id, campaign, adset, ad)
    select distinct on (1, 2) tenant_id, report_place(source, link_id, campaign, adset, ad), source,
        link_id, coalesce(campaign, ''), coalesce(adset, ''), coalesce(ad, '')
    from added
    order by 1, 2
    on conflict do nothing;
    insert into report_deltas (tenant_id, axis, model, hour, place_id, currency, clicks, bots)
    select tenant_id, '', '', date_trunc('hour', at, 'UTC'),
        report_place(source, link_id, campaign, adset, ad), '',
        count(*) filter (where nature = 'click'), count(*) filter (where nature <> 'click')
    from added
    group by 1, 4, 5;
    insert into credit_due (tenant_id, subject)
    select distinct tenant_id, 'visitor:' || visitor_id from added where visitor_id is not null;
    return null;
end
$$;

create trigger clicks_reported after insert on clicks
referencing new table as added for each statement execute function report_clicks();

-- A visit: somebody came to a page by a click, for the first time.
create function report_visits() returns trigger language plpgsql as $$
begin
    insert into report_deltas (tenant_id, axis, model, hour, place_id, currency, visits)
    select c.tenant_id, '', '', date_trunc('hour', c.at, 'UTC'),
        report_place(c.source, c.link_id, c.campaign, c.adset, c.ad), '', count(distinct c.id)
    from added a
    join clicks c on c.tenant_id = a.tenant_id and c.id = a.click_id
    where a.method = 'page' and c.nature = 'click' and not exists (
        select from click_arrivals e
        where e.tenant_id = a.tenant_id and e.click_id = a.click_id and e.method = 'page'
            and not exists (select from added n where n.tenant_id = e.tenant_id and n.key = e.key)
    )
    group by 1, 4, 5;
    return null;
end
$$;

create trigger click_arrivals_reported after insert on click_arrivals
referencing new table as added for each statement execute function report_visits();

create function report_shares_changed() returns trigger language plpgsql as $$
declare
    sign int := case when tg_op = 'INSERT' then 1 else -1 end;
begin
    -- Somebody is erased: that they were counted stays.
    if current_setting('pista.counts_stay', true) = 'on' then
        return null;
    end if;
    insert into report_deltas (
        tenant_id, axis, model, hour, place_id, currency, contacts, conversations, leads, sales,
        value_cents, refunded_cents
    )
    select s.tenant_id, axis, s.model,
        date_trunc('hour', case axis when 'event' then s.at else s.click_at end, 'UTC'),
        s.place_id, s.currency,
        sign * coalesce(sum(millionths) filter (where kind = 'contact'), 0),
        sign * coalesce(sum(millionths) filter (where kind = 'conversation'), 0),
        sign * coalesce(sum(millionths) filter (where kind = 'lead'), 0),
        sign * coalesce(sum(millionths) filter (where kind = 'sale'), 0),
        sign * sum(s.value_cents), sign * sum(s.refunded_cents)
    from changed s
    cross join unnest(array['event', 'click']) as axis
    group by 1, 2, 3, 4, 5, 6;
    return null;
end
$$;

create trigger report_shares_added after insert on report_shares
referencing new table as changed for each statement execute function report_shares_changed();
create trigger report_shares_gone after delete on report_shares
referencing old table as changed for each statement execute function report_shares_changed();

-- What is there already.
insert into report_places (tenant_id, id, source, link_id, campaign, adset, ad)
select distinct on (1, 2) tenant_id, report_place(source, link_id, campaign, adset, ad), source,
    link_id, coalesce(campaign, ''), coalesce(adset, ''), coalesce(ad, '')
from clicks;
insert into report_deltas (tenant_id, axis, model, hour, place_id, currency, clicks, bots)
select tenant_id, '', '', date_trunc('hour', at, 'UTC'),
    report_place(source, link_id, campaign, adset, ad), '',
    count(*) filter (where nature = 'click'), count(*) filter (where nature <> 'click')
from clicks
group by 1, 4, 5;
insert into credit_due (tenant_id, subject)
select tenant_id, 'contact:' || id from contacts where merged_into is null
union all
select tenant_id, 'person:' || id from chat_people where contact_id is null
union all
select tenant_id, 'lead:' || id from clientes where contact_id is null
union all
select tenant_id, 'sale:' || id from sales where paid_at is not null and contact_id is null;

alter table credit_due enable row level security;
create policy own_tenant on credit_due using (tenant_id = current_tenant());

alter table report_places enable row level security;
create policy own_tenant on report_places using (tenant_id = current_tenant());

alter table report_shares enable row level security;
create policy own_tenant on report_shares using (tenant_id = current_tenant());

alter table report_hours enable row level security;
create policy own_tenant on report_hours using (tenant_id = current_tenant());

alter table report_deltas enable row level security;
create policy own_tenant on report_deltas using (tenant_id = current_tenant());
