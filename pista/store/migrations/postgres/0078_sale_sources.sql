-- Shops that tell of sales are sources as CRMs are, with a mapping of their own.
alter table webhook_sources
drop constraint webhook_sources_kind_check,
add constraint webhook_sources_kind_check check (kind in ('ghl', 'generic', 'sale')),
add column sale_mapping jsonb,
add check ((sale_mapping is not null) = (kind = 'sale'));
