-- What is done is nothing urgent: it comes after all that is not, the longest done first.
alter table clientes drop column urgent_at;
alter table clientes
add column urgent_at timestamptz not null generated always as (
    case seguimiento_status
        when 'terminado'
        then timezone('UTC', timezone('UTC', state_since) + interval '36500 days')
        else coalesce(due_at, state_since)
    end
) stored;

create index clientes_urgent on clientes (tenant_id, seguimiento_status, urgent_at, id);
create index clientes_campaign_urgent on clientes (
    tenant_id, campaign, seguimiento_status, urgent_at, id
) where campaign is not null;
create index clientes_asesor on clientes (
    tenant_id, asesor_asignado, seguimiento_status, urgent_at, id
) where asesor_asignado is not null;
