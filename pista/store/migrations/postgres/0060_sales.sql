-- How a sale may go from one status to another: the rows of pista/sales/machine.py. From '' it is made.
create table sale_moves (
    move text not null,
    from_status text not null,
    to_status text not null,
    primary key (move, from_status, to_status)
);

insert into sale_moves (move, from_status, to_status) values
('report', '', 'pending'),
('pay', 'pending', 'paid'),
('pay', 'expired', 'paid'),
('pay', 'canceled', 'paid'),
('pay', 'refused', 'paid'),
('refund_part', 'paid', 'partly_refunded'),
('refund_part', 'partly_refunded', 'partly_refunded'),
('refund', 'paid', 'refunded'),
('refund', 'partly_refunded', 'refunded'),
('charge_back', 'paid', 'charged_back'),
('charge_back', 'partly_refunded', 'charged_back'),
('reverse', 'charged_back', 'paid'),
('reverse', 'charged_back', 'partly_refunded'),
('cancel', 'pending', 'canceled'),
('cancel', 'expired', 'canceled'),
('cancel', 'refused', 'canceled'),
('refuse', 'pending', 'refused'),
('expire', 'pending', 'expired');

create table sales (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    -- Whose it is: the very contact that was meant, and whom it was talked about with.
    contact_id text,
    person_id uuid,
    channel_id uuid,
    visitor_id text,
    -- What whoever reported it said of its click.
    click_token text,
    source text not null check (source in ('api', 'pix', 'webhook', 'manual', 'import')),
    -- Of a webhook: which.
    source_id uuid,
    -- The shop's own number of the order.
    external_id text check (length(external_id) between 1 and 200),
    idempotency_key text check (length(idempotency_key) between 1 and 200),
    -- Of what was asked with that key: the same again, or something else.
    asked bytea,
    status text not null check (
        status in (
            'pending', 'paid', 'partly_refunded', 'refunded', 'charged_back', 'canceled',
            'refused', 'expired'
        )
    ),
    amount_cents bigint not null check (amount_cents between 1 and 1000000000000),
    refunded_cents bigint not null default 0 check (refunded_cents between 0 and amount_cents),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    description text,
    items jsonb not null default '[]',
    buyer jsonb not null default '{}',
    client_ip text,
    client_user_agent text,
    page_url text,
    consent jsonb not null default '{}',
    test boolean not null default false,
    -- When the shop says that it was.
    occurred_at timestamptz not null,
    created_at timestamptz not null,
    paid_at timestamptz,
    -- When it stops waiting to be paid.
    expires_at timestamptz,
    changed_at timestamptz not null,
    version int not null default 1,
    primary key (tenant_id, id),
    foreign key (tenant_id, contact_id) references contacts (tenant_id, id),
    check ((status in ('paid', 'partly_refunded', 'refunded', 'charged_back')) = (paid_at is not null)),
    check (paid_at is not null or refunded_cents = 0),
    check (status <> 'paid' or refunded_cents = 0),
    check (status <> 'partly_refunded' or refunded_cents between 1 and amount_cents - 1),
    check (status not in ('refunded', 'charged_back') or refunded_cents = amount_cents)
) with (fillfactor = 80);

-- What a shop tells again is the same sale, whoever tells it.
create unique index sales_external on sales (
    tenant_id, source, coalesce(source_id, '00000000-0000-0000-0000-000000000000'), external_id
) where external_id is not null;
create unique index sales_key on sales (tenant_id, idempotency_key) where idempotency_key is not null;
create index sales_newest on sales (tenant_id, occurred_at desc, id desc);
create index sales_status on sales (tenant_id, status, occurred_at desc, id desc);
create index sales_contact on sales (tenant_id, contact_id, occurred_at desc) where contact_id is not null;
create index sales_person on sales (tenant_id, person_id) where person_id is not null;
create index sales_visitor on sales (tenant_id, visitor_id) where visitor_id is not null;
create index sales_click on sales (tenant_id, click_token) where click_token is not null;
create index sales_paid on sales (tenant_id, paid_at) where paid_at is not null;
create index sales_expiring on sales (expires_at) where status = 'pending' and expires_at is not null;

-- Whoever wrote the statement: a sale goes from one status to another along a move, or not at all;
-- what it costs never changes.
create function check_sale_move() returns trigger language plpgsql as $$
declare
    was text := case when tg_op = 'UPDATE' then old.status else '' end;
begin
    if tg_op = 'UPDATE' then
        if new.amount_cents <> old.amount_cents or new.currency <> old.currency then
            raise exception 'what a sale costs does not change'
            using errcode = 'check_violation';
        end if;
        if new.status = old.status and new.refunded_cents = old.refunded_cents then
            return null;
        end if;
    end if;
    if not exists (
        select from sale_moves m where m.from_status = was and m.to_status = new.status
    ) then
        raise exception 'a sale does not go from "%" to %', was, new.status
        using errcode = 'check_violation';
    end if;
    return null;
end
$$;

create trigger sales_move
after insert or update on sales
for each row execute function check_sale_move();

-- What happened to each sale, and why. Only ever added to; nobody's name in it but what was typed.
create table sale_changes (
    tenant_id uuid not null,
    sale_id uuid not null,
    id bigint generated always as identity,
    move text not null,
    from_status text not null,
    to_status text not null,
    at timestamptz not null,
    -- What moved: the sale's amount when it is paid, what went back when it is refunded.
    amount_cents bigint not null,
    actor_kind text not null check (actor_kind in ('user', 'key', 'gateway', 'shop', 'system')),
    actor_id uuid,
    why text,
    -- Ids of what shows it, by name.
    evidence jsonb not null default '{}',
    primary key (tenant_id, sale_id, id),
    foreign key (tenant_id, sale_id) references sales (tenant_id, id) on delete cascade,
    foreign key (move, from_status, to_status)
    references sale_moves (move, from_status, to_status)
);

-- However many say so at once: a sale is paid once.
create unique index sale_changes_paid_once on sale_changes (tenant_id, sale_id) where move = 'pay';

-- What was typed is taken out when its person is erased; nothing else is ever changed.
create function refuse_rewriting_sales() returns trigger language plpgsql as $$
begin
    old.why := null;
    if new is distinct from old then
        raise exception '% is only ever added to', tg_table_name;
    end if;
    return new;
end
$$;

create trigger sale_changes_append_only
before update on sale_changes
for each row execute function refuse_rewriting_sales();

create trigger sale_changes_never_emptied
before truncate on sale_changes
for each statement execute function refuse_rewriting();

-- Where payments are taken. The secrets are sealed as one text.
create table payment_accounts (
    tenant_id uuid not null references tenants (id),
    id uuid not null,
    gateway text not null check (
        gateway in ('static', 'webhook', 'mercadopago', 'asaas', 'pushinpay')
    ),
    name text not null check (length(name) between 1 and 200),
    secrets bytea,
    -- SHA-256 of what notifications bring in their address.
    secret_hash bytea not null,
    settings jsonb not null default '{}',
    enabled boolean not null default true,
    preferred boolean not null default false,
    -- Of the last time that the gateway refused who we are.
    paused_reason text,
    checked_at timestamptz,
    created_at timestamptz not null,
    deleted_at timestamptz,
    last_notice_at timestamptz,
    primary key (tenant_id, id)
);

create unique index payment_accounts_preferred on payment_accounts (tenant_id)
where preferred and deleted_at is null;

create table charges (
    tenant_id uuid not null,
    id uuid not null,
    account_id uuid not null,
    sale_id uuid not null,
    -- As the gateway names it, in lower case: it writes the same one in either.
    gateway_id text check (gateway_id = lower(gateway_id)),
    txid text,
    brcode text,
    amount_cents bigint not null check (amount_cents > 0),
    description text,
    -- `unknown`: it may have been made at the gateway, and nobody has its code.
    status text not null check (
        status in (
            'creating', 'open', 'paid', 'partly_refunded', 'refunded', 'charged_back', 'canceled',
            'refused', 'expired', 'failed', 'unknown'
        )
    ),
    -- Who knows it sees the page on which it is paid, and nothing else.
    token text not null unique check (token ~ '^[A-Za-z0-9_-]{22,64}$'),
    -- The settled Pix, as the banks name it; one pays one charge.
    e2e text,
    conversation_id uuid,
    created_by uuid,
    created_at timestamptz not null,
    opened_at timestamptz,
    expires_at timestamptz not null,
    paid_at timestamptz,
    -- When the gateway was last asked, when it is next asked by itself, and how often it was.
    looked_at timestamptz,
    look_at timestamptz,
    looks int not null default 0,
    error text,
    primary key (tenant_id, id),
    unique (tenant_id, account_id, gateway_id),
    unique (tenant_id, e2e),
    foreign key (tenant_id, account_id) references payment_accounts (tenant_id, id),
    foreign key (tenant_id, sale_id) references sales (tenant_id, id) on delete cascade
) with (fillfactor = 80);

-- One way to pay a sale at a time.
create unique index charges_of_sale on charges (tenant_id, sale_id) where status in ('creating', 'open');
create index charges_all_of_sale on charges (tenant_id, sale_id);
create index charges_looked_at on charges (look_at) where look_at is not null;
create index charges_conversation on charges (tenant_id, conversation_id, created_at)
where conversation_id is not null;

-- What gateways told, committed before it is answered: a hint, until it is proven.
create table payment_notices (
    tenant_id uuid not null,
    id uuid not null,
    account_id uuid not null,
    -- What it says, in a few letters: the same again is kept once.
    key text not null,
    received_at timestamptz not null,
    body bytea,
    -- Whether a signature or a token proves who sent it.
    signed boolean not null,
    outcome text not null check (
        outcome in ('waiting', 'done', 'nothing_new', 'not_ours', 'refused', 'unreadable')
    ),
    detail text,
    charge_id uuid,
    finished_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, account_id) references payment_accounts (tenant_id, id)
);

create index payment_notices_key on payment_notices (tenant_id, account_id, key);
create index payment_notices_newest on payment_notices (tenant_id, account_id, id desc);
create index payment_notices_age on payment_notices (received_at);

-- What went back, each time.
create table refunds (
    tenant_id uuid not null,
    id uuid not null,
    sale_id uuid not null,
    charge_id uuid,
    -- `reversal`: a chargeback that was decided for the shop, so that the money came again.
    kind text not null check (kind in ('refund', 'chargeback', 'reversal')),
    amount_cents bigint not null check (amount_cents > 0),
    -- As the gateway or the shop names it.
    external_id text,
    at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, sale_id, kind, external_id),
    foreign key (tenant_id, sale_id) references sales (tenant_id, id) on delete cascade
);

alter table sales enable row level security;
create policy own_tenant on sales using (tenant_id = current_tenant());

alter table sale_changes enable row level security;
create policy own_tenant on sale_changes using (tenant_id = current_tenant());

alter table payment_accounts enable row level security;
create policy own_tenant on payment_accounts using (tenant_id = current_tenant());

alter table charges enable row level security;
create policy own_tenant on charges using (tenant_id = current_tenant());

alter table payment_notices enable row level security;
create policy own_tenant on payment_notices using (tenant_id = current_tenant());

alter table refunds enable row level security;
create policy own_tenant on refunds using (tenant_id = current_tenant());
