-- A notification of a company's own webhook names a charge by its txid: without this every one of them
-- read all charges there are.
create index charges_txid on charges (tenant_id, account_id, txid) where txid is not null;
