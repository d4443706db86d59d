-- What is told of sales besides: refused, and gone back in one way or the other.
alter table conversions drop constraint conversions_name_check;
alter table conversions add constraint conversions_name_check check (
    name in ('InitiateCheckout', 'Lead', 'Refused', 'Purchase', 'Refund', 'Chargeback', 'Reversal')
);

-- Whether it is of a test: told under a platform's code, or not at all.
alter table conversions add column test boolean not null default false;

update conversions c
set test = true
from sales s
where s.tenant_id = c.tenant_id and s.id = c.sale_id and s.test;

-- Who follows orders is told how they end.
update destinations
set events = events || array['Refused', 'Refund', 'Chargeback', 'Reversal']
where kind = 'utmify' and 'Purchase' = any (events);

-- Of what is not there any more nothing is under way.
update deliveries d
set state = 'parked', why = 'destination_deleted', next_at = null
from destinations t
where t.tenant_id = d.tenant_id and t.id = d.destination_id and t.deleted_at is not null
    and d.state = 'unknown';
