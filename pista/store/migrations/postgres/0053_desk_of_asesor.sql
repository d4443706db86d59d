-- One asesor's clientes in the order of urgency, also where they have thousands.
drop index clientes_asesor;
create index clientes_asesor on clientes (
    tenant_id, asesor_asignado, seguimiento_status, urgent_at, id
) where asesor_asignado is not null;
