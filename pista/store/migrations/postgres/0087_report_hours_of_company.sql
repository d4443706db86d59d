-- The report counts by the hours of the company's own clock, which where time zones differ from UTC
-- by half an hour do not begin with those of UTC: there days began half an hour late. Where they
-- differ by whole hours nothing changes. What was counted before stays in its hour.
create or replace function report_clicks() returns trigger language plpgsql as $$
begin
    insert into report_places (tenant_id, id, source, link_id, campaign, adset, ad)
    select distinct on (1, 2) tenant_id, report_place(source, link_id, campaign, adset, ad), source,
        link_id, coalesce(campaign, ''), coalesce(adset, ''), coalesce(ad, '')
    from added
    order by 1, 2
    on conflict do nothing;
    insert into report_deltas (tenant_id, axis, model, hour, place_id, currency, clicks, bots)
    select a.tenant_id, '', '', date_trunc('hour', a.at, coalesce(t.time_zone, 'UTC')),
        report_place(source, link_id, campaign, adset, ad), '',
        count(*) filter (where nature = 'click'), count(*) filter (where nature <> 'click')
    from added a
    left join tenants t on t.id = a.tenant_id
    group by 1, 4, 5;
    insert into credit_due (tenant_id, subject)
    select distinct tenant_id, 'visitor:' || visitor_id from added where visitor_id is not null;
    return null;
end
$$;

create or replace function report_visits() returns trigger language plpgsql as $$
begin
    insert into report_deltas (tenant_id, axis, model, hour, place_id, currency, visits)
    select c.tenant_id, '', '', date_trunc('hour', c.at, coalesce(t.time_zone, 'UTC')),
        report_place(c.source, c.link_id, c.campaign, c.adset, c.ad), '', count(distinct c.id)
    from added a
    join clicks c on c.tenant_id = a.tenant_id and c.id = a.click_id
    left join tenants t on t.id = a.tenant_id
    where a.method = 'page' and c.nature = 'click' and not exists (
        select from click_arrivals e
        where e.tenant_id = a.tenant_id and e.click_id = a.click_id and e.method = 'page'
            and not exists (select from added n where n.tenant_id = e.tenant_id and n.key = e.key)
    )
    group by 1, 4, 5;
    return null;
end
$$;

create or replace function report_shares_changed() returns trigger language plpgsql as $$
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
        date_trunc(
            'hour', case axis when 'event' then s.at else s.click_at end,
            coalesce(t.time_zone, 'UTC')
        ),
        s.place_id, s.currency,
        sign * coalesce(sum(millionths) filter (where kind = 'contact'), 0),
        sign * coalesce(sum(millionths) filter (where kind = 'conversation'), 0),
        sign * coalesce(sum(millionths) filter (where kind = 'lead'), 0),
        sign * coalesce(sum(millionths) filter (where kind = 'sale'), 0),
        sign * sum(s.value_cents), sign * sum(s.refunded_cents)
    from changed s
    left join tenants t on t.id = s.tenant_id
    cross join unnest(array['event', 'click']) as axis
    group by 1, 2, 3, 4, 5, 6;
    return null;
end
$$;
