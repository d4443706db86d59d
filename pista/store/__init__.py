"""PostgreSQL decides and keeps, ClickHouse counts, and the journal stands between them."""
