-- Who names a sale by its number: the company (the zero id) and shops that tell by webhook, each in a
-- list of its own. An order that two of them name is one sale.
alter table sales add column named_by uuid[] not null default '{}';
create index sales_number on sales (tenant_id, external_id) where external_id is not null;

-- A company's only shop names its orders as the company does; of several nobody knows.
update webhook_sources s
set sale_mapping = sale_mapping || jsonb_build_object(
    'numbers',
    case
        when exists (
            select from webhook_sources o
            where o.tenant_id = s.tenant_id and o.kind = 'sale' and o.id <> s.id
        ) then 'own'
        else 'shared'
    end
)
where kind = 'sale';

-- What is there stays as many sales as it is. In each list the first of a number is the one that is
-- told of further.
update sales s
set named_by = array[coalesce(s.source_id, '00000000-0000-0000-0000-000000000000')]
    || case
        when s.source_id is not null
            and exists (
                select from webhook_sources w
                where w.tenant_id = s.tenant_id and w.id = s.source_id
                    and w.sale_mapping ->> 'numbers' = 'shared'
            )
            and not exists (
                select from sales o
                where o.tenant_id = s.tenant_id and o.external_id = s.external_id
                    and o.source_id is null
            )
        then array['00000000-0000-0000-0000-000000000000'::uuid]
        else '{}'
    end
where s.external_id is not null;
