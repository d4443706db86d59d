"""A past of as many events as a measurement needs, made by ClickHouse itself from row numbers.

Visits of twenty events spread over thirty days, in the order of time, as they would have come: a
shop's pages, channels, devices and purchases. All but the sizes is the same for every length.
"""

import time
from datetime import UTC, datetime, timedelta

import msgspec

from bench.system import Site
from pista.store.clickhouse import ClickHouse

DAYS = 30
A_VISIT = 20
CHUNK = 1_000_000


class Progress(msgspec.Struct):
    done: int
    seconds: float


async def fill(clickhouse: ClickHouse, site: Site, rows: int) -> Progress:
    """Store `rows` events of the past thirty days for the site, rollups and all."""
    began = time.perf_counter()
    start = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(days=DAYS)
    for first in range(0, rows, CHUNK):
        await clickhouse.execute(
            FILL,
            settings={"max_insert_threads": 2, "max_partitions_per_insert_block": 0},
            tenant=site.tenant_id,
            site=site.site_id,
            first=first,
            count=min(CHUNK, rows - first),
            rows=rows,
            start=start,
            seconds=DAYS * 86_400,
        )
    return Progress(rows, time.perf_counter() - began)


FILL = """
insert into events (
    tenant_id, site_id, occurred_at, received_at, event_type, visitor_id, session_id, event_id,
    count, sampling_rate, corrected, metadata, metadata_hash, host, path, referrer, channel,
    utm_source, utm_medium, utm_campaign, browser, os, device, country, bot
)
with
    intDiv(number, 20) as visit,
    number % 20 as step,
    cityHash64(visit) as dice,
    -- Eight of ten visits are a visitor's first.
    cityHash64(if(dice % 10 < 8, visit, intDiv(visit, 7) * 3)) as who,
    addMilliseconds({start:DateTime64(3, 'UTC')},
        toInt64(visit / ({rows:UInt64} / 20) * ({seconds:UInt32} - 1200) * 1000) + step * 31000)
        as at,
    concat('/p/', toString(if(step = 0, dice % 40, cityHash64(visit, step) % 400))) as page
select
    {tenant:UUID},
    {site:UUID},
    at,
    at,
    multiIf(step % 2 = 0, 'PAGE_VIEW', step = 1, 'SCROLL', step = 17 and dice % 9 = 0, 'PURCHASE',
        step = 9 and dice % 3 = 0, 'ADD_TO_CART', 'CLICK'),
    concat('v', toString(who)),
    reinterpretAsUUID(concat(reinterpretAsString(dice), reinterpretAsString(visit))),
    reinterpretAsUUID(concat(reinterpretAsString(number), reinterpretAsString(dice))),
    1,
    100,
    false,
    concat('{"url":"https://tienda.example', page, '","title":"Página","plan":"',
        ['free', 'pro', 'team'][dice % 3 + 1], '"}'),
    xxh3(page),
    'tienda.example',
    page,
    ['', 'google.com', 'instagram.com', 'facebook.com'][dice % 4 + 1],
    ['direct', 'organic_search', 'organic_social', 'paid_social'][dice % 4 + 1],
    ['', 'google', 'instagram', 'facebook'][dice % 4 + 1],
    ['', '', 'social', 'paid_social'][dice % 4 + 1],
    if(dice % 4 = 3, concat('campaign-', toString(dice % 23)), ''),
    ['Chrome', 'Safari', 'Instagram', 'Firefox'][dice % 4 + 1],
    ['Android', 'iOS', 'Windows'][dice % 3 + 1],
    ['mobile', 'mobile', 'desktop'][dice % 3 + 1],
    ['MX', 'BR', 'CO', 'AR', 'CL', 'PE'][dice % 6 + 1],
    if(dice % 50 = 0, 'crawler', '')
from numbers_mt({first:UInt64}, {count:UInt64})
"""
