-- Links of advertisements, the clicks that came through them, and who arrived by which click.

-- Domains of a company's own that lead here; '' in a link is this Pista's own address.
create table link_domains (
    tenant_id uuid not null references tenants (id),
    domain text not null unique check (domain ~ '^[a-z0-9.-]{1,253}$'),
    created_at timestamptz not null,
    primary key (tenant_id, domain)
);

create table links (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    domain text not null default '',
    slug text not null check (slug ~ '^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$'),
    name text not null check (length(name) between 1 and 200),
    kind text not null check (kind in ('telegram', 'whatsapp', 'page')),
    -- A number or bot that is connected; or one that is not, by its name.
    channel_id uuid,
    phone text check (phone ~ '^[0-9]{6,15}$'),
    bot text check (bot ~ '^[A-Za-z0-9_]{3,64}$'),
    url text,
    -- The first message on WhatsApp; `{code}` in it is the click's code.
    text text,
    -- Where a visitor is led once the link is archived.
    fallback text,
    -- Whether its clicks are of an advertisement; null: what the address tells.
    paid boolean,
    -- What counts where the address says nothing.
    campaign text,
    adset text,
    ad text,
    utm_source text,
    utm_medium text,
    utm_campaign text,
    utm_content text,
    utm_term text,
    archived_at timestamptz,
    created_at timestamptz not null,
    primary key (tenant_id, id),
    unique (domain, slug),
    foreign key (tenant_id, channel_id) references chat_channels (tenant_id, id)
);

-- One row a hit, whoever made it; never changed. No foreign key to its link, which is never deleted:
-- whoever redirects waits for this insert.
create table clicks (
    tenant_id uuid not null,
    id uuid not null,
    -- What travels: 128 random bits.
    token text not null unique check (token ~ '^[0-9a-f]{32}$'),
    -- The same in a message that a person sends off.
    code text,
    link_id uuid,
    at timestamptz not null,
    source text not null check (source in ('go', 'ctwa', 'page')),
    nature text not null check (nature in ('click', 'head', 'prefetch', 'preview', 'bot')),
    paid boolean not null,
    visitor_id text,
    fbclid text,
    -- Other platforms' ids of the click, by the name of their parameter.
    click_ids jsonb not null default '{}',
    ctwa_clid text,
    fbc text,
    fbp text,
    ip text,
    user_agent text,
    url text,
    referrer text,
    utm_source text,
    utm_medium text,
    utm_campaign text,
    utm_content text,
    utm_term text,
    -- What reports group by.
    campaign text,
    adset text,
    ad text,
    grim text,
    country text,
    language text,
    primary key (tenant_id, id)
);

create unique index clicks_code on clicks (tenant_id, code) where code is not null;
create index clicks_link on clicks (tenant_id, link_id, id);
create index clicks_visitor on clicks (tenant_id, visitor_id, at) where visitor_id is not null;

create trigger clicks_only_added
before update on clicks
for each statement execute function refuse_change();

-- Each time that a chat or a visitor was tied to a click. The same key is the same time.
create table click_arrivals (
    tenant_id uuid not null,
    key text not null,
    click_id uuid not null,
    method text not null check (method in ('start', 'code', 'ctwa', 'page', 'manual')),
    at timestamptz not null,
    channel_id uuid,
    -- Who wrote: null until it is known, a moment later.
    person_id uuid,
    visitor_id text,
    primary key (tenant_id, key),
    foreign key (tenant_id, click_id) references clicks (tenant_id, id) on delete cascade
);

create index click_arrivals_click on click_arrivals (tenant_id, click_id, at);
create index click_arrivals_person on click_arrivals (tenant_id, person_id, at)
where person_id is not null;
create index click_arrivals_visitor on click_arrivals (tenant_id, visitor_id, at)
where visitor_id is not null;

-- Only who it was may be learned later: a chat's person is found out, or turns out to be another's.
create function refuse_other_arrival() returns trigger language plpgsql as $$
begin
    if (new.tenant_id, new.key, new.click_id, new.method, new.at, new.channel_id, new.visitor_id)
        is distinct from
        (old.tenant_id, old.key, old.click_id, old.method, old.at, old.channel_id, old.visitor_id)
    then
        raise exception 'click_arrivals is only ever added to';
    end if;
    return new;
end
$$;

create trigger click_arrivals_only_added
before update on click_arrivals
for each row execute function refuse_other_arrival();

-- Counts by hour, written with the clicks themselves. Each process adds to a row of its own, so that
-- none waits for another.
create table link_hours (
    tenant_id uuid not null,
    link_id uuid not null,
    hour timestamptz not null,
    slot smallint not null,
    clicks bigint not null default 0,
    -- Browsers that had not come through this link on the same day before.
    people bigint not null default 0,
    -- HEAD, prefetches, previews and bots.
    bots bigint not null default 0,
    starts bigint not null default 0,
    -- Sent on without a token, as nothing could be written.
    lost bigint not null default 0,
    primary key (tenant_id, link_id, hour, slot)
) with (fillfactor = 70);

-- Who came through a link today: hashes that mean nothing tomorrow, when they are deleted.
create table link_people (
    tenant_id uuid not null,
    link_id uuid not null,
    day date not null,
    who bigint not null,
    primary key (tenant_id, link_id, day, who)
);

create index link_people_day on link_people (day);

alter table link_domains enable row level security;
create policy own_tenant on link_domains using (tenant_id = current_tenant());

alter table links enable row level security;
create policy own_tenant on links using (tenant_id = current_tenant());

alter table clicks enable row level security;
create policy own_tenant on clicks using (tenant_id = current_tenant());

alter table click_arrivals enable row level security;
create policy own_tenant on click_arrivals using (tenant_id = current_tenant());

alter table link_hours enable row level security;
create policy own_tenant on link_hours using (tenant_id = current_tenant());

alter table link_people enable row level security;
create policy own_tenant on link_people using (tenant_id = current_tenant());
