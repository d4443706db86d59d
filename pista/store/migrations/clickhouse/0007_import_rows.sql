-- Rows of files that are imported, between being read and being stored: in the order in which they
-- are stored, and each import by itself, so that it can be dropped at once.
create table if not exists import_rows (
    import_id UUID,
    tenant_id UUID,
    site_id UUID,
    occurred_at DateTime64(3, 'UTC') codec(Delta, ZSTD(1)),
    received_at DateTime64(3, 'UTC') codec(Delta, ZSTD(1)),
    event_type String,
    visitor_id String,
    session_id UUID,
    event_id UUID,
    count Int64,
    sampling_rate Float32,
    corrected Bool,
    metadata String codec(ZSTD(1)),
    host String,
    path String,
    referrer String,
    channel String,
    utm_source String,
    utm_medium String,
    utm_campaign String,
    utm_term String,
    utm_content String,
    click_id String,
    browser String,
    os String,
    device String,
    country String,
    bot String,
    ip String
)
engine = MergeTree
partition by import_id
order by (occurred_at, event_id)
settings fsync_after_insert = 1, fsync_part_directory = 1;
