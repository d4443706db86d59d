-- A sale may be charged back, won back and charged back again: each is told by itself. What happens
-- once has the same id however often it is heard of.
drop index conversions_sale;
create index conversions_of_sale on conversions (tenant_id, sale_id) where sale_id is not null;
