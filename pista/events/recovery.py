"""Ends a flush that was cut short, whatever it had reached in ClickHouse.

The deduplication tokens alone do not suffice: ClickHouse writes a block's token to the disk a
moment before it puts the block in its place. A kill between the two leaves a token without a
block, and the repeated insert would be taken for a repetition: the events would be lost. So what
is there is looked at, month by month, and what is missing is stored under another token.
"""

from datetime import datetime
from uuid import UUID

import msgspec

from pista import logs
from pista.events import rollups
from pista.events.flush import FRESH, ONCE, PLAIN, STORE, Staged, token
from pista.ids import FlushId
from pista.store.clickhouse import ClickHouse, ClickHouseAway

log = logs.get()


class _Month(msgspec.Struct, frozen=True):
    month: int


class _Number(msgspec.Struct, frozen=True):
    n: int


class _Difference(msgspec.Struct, frozen=True):
    hour: datetime
    events: int


async def store(clickhouse: ClickHouse, flush: FlushId, staged: Staged, *, aggregate: bool) -> None:
    """Store of the staged events whose ids are new what the flush has not stored yet."""
    # A killed writer's statement may still be at work.
    await clickhouse.execute(STOP, token=token(flush))
    await expect_no_deletions(clickhouse)
    for month in await _missing(clickhouse, flush, staged):
        await _insert(clickhouse, flush, staged, month, token(flush), aggregate)
    for month in await _missing(clickhouse, flush, staged):
        log.warning("token_without_block", flush=str(flush), month=month)
        other = f"{flush}:{staged.attempt}"
        await _insert(clickhouse, flush, staged, month, other, aggregate)
    await mend(clickhouse, flush, staged.attempt)


async def expect_no_deletions(clickhouse: ClickHouse) -> None:
    """While rows are being deleted, events and rollup differ though nothing is missing."""
    if (await clickhouse.one(_Number, DELETIONS)).n:
        raise ClickHouseAway("events are being deleted; a flush that was cut short waits for that")


async def mend(clickhouse: ClickHouse, flush: FlushId, attempt: UUID) -> None:
    """Make right what is counted from the flush's events, which are all stored.

    Of what is staged under `attempt` only the tenants and the first and last time are looked at.
    """
    where = {"flush": flush, "attempt": attempt}
    if differences := await clickhouse.all(_Difference, DIFFERENCES, **where):
        log.warning("rollup_recounted", flush=str(flush), hours=len(differences))
        await clickhouse.execute(FORGET_HOURS, settings={"mutations_sync": 2}, **where)
        await clickhouse.execute(RECOUNT, settings=PLAIN, **where)
    if differences := await clickhouse.all(_Difference, BOT_DIFFERENCES, **where):
        log.warning("bots_recounted", flush=str(flush), hours=len(differences))
        await clickhouse.execute(FORGET_BOTS, settings={"mutations_sync": 2}, **where)
        await clickhouse.execute(RECOUNT_BOTS, settings=PLAIN, **where)
    # Sets, first and last times bear being filled twice, so nobody has to ask what is missing.
    await clickhouse.execute(REFILL_PEOPLE, settings=PLAIN, **where)
    await clickhouse.execute(REFILL_WEEKS, settings=PLAIN, **where)
    await clickhouse.execute(MEND_SESSIONS, settings=PLAIN, **where)


async def _missing(clickhouse: ClickHouse, flush: FlushId, staged: Staged) -> list[int]:
    """The months that the flush has events for and has not reached."""
    expected = await clickhouse.all(_Month, EXPECTED, attempt=staged.attempt)
    reached = await clickhouse.all(_Month, REACHED, flush=flush, attempt=staged.attempt)
    return sorted({row.month for row in expected} - {row.month for row in reached})


async def _insert(
    clickhouse: ClickHouse,
    flush: FlushId,
    staged: Staged,
    month: int,
    token: str,
    aggregate: bool,
) -> None:
    await clickhouse.execute(
        STORE,
        settings={**ONCE, "insert_deduplication_token": token},
        flush=flush,
        attempt=staged.attempt,
        month=month,
        aggregate=int(aggregate),
    )


STOP = "kill query where Settings['insert_deduplication_token'] = {token:String} sync"

DELETIONS = """
select count() as n
from system.mutations
where database = currentDatabase() and table = 'events' and not is_done
"""

EXPECTED = FRESH + "select distinct toYYYYMM(occurred_at) as month from fresh"

# The flush's rows lie among those of its tenants and times: the rest need not be looked at.
_STORED = """
with staged as (
    select tenant_id, occurred_at from incoming where attempt_id = {attempt:UUID}
), stored as (
    select tenant_id, occurred_at
    from events
    where flush_id = {flush:UUID}
        and tenant_id in (select tenant_id from staged)
        and occurred_at >= (select min(occurred_at) from staged)
        and occurred_at <= (select max(occurred_at) from staged)
)
"""

REACHED = _STORED + "select distinct toYYYYMM(occurred_at) as month from stored"

# Hours that the flush has rows in.
_TOUCHED = """(
    select tenant_id, toStartOfHour(toDateTime(occurred_at, 'UTC')) as hour
    from events
    where flush_id = {flush:UUID}
        and tenant_id in (select tenant_id from incoming where attempt_id = {attempt:UUID})
        and occurred_at >= (
            select min(occurred_at) from incoming where attempt_id = {attempt:UUID}
        )
        and occurred_at <= (
            select max(occurred_at) from incoming where attempt_id = {attempt:UUID}
        )
)"""

_OF_TOUCHED_HOURS = (
    """
where (tenant_id, toStartOfHour(toDateTime(occurred_at, 'UTC'))) in """
    + _TOUCHED
    + """
    and tenant_id in (select tenant_id from incoming where attempt_id = {attempt:UUID})
    and occurred_at >= (
        select toStartOfHour(min(occurred_at)) from incoming where attempt_id = {attempt:UUID}
    )
    and occurred_at <= (
        select max(occurred_at) + interval 1 hour from incoming where attempt_id = {attempt:UUID}
    )
"""
)

DIFFERENCES = (
    """
select tenant_id, hour, sum(n) as events
from (
    select tenant_id, toStartOfHour(toDateTime(occurred_at, 'UTC')) as hour,
        toInt64(sum(count)) as n
    from events
"""
    + _OF_TOUCHED_HOURS
    + """
    group by tenant_id, hour
    union all
    select tenant_id, hour, -toInt64(sum(events)) as n
    from events_hourly
    where (tenant_id, hour) in """
    + _TOUCHED
    + """
    group by tenant_id, hour
)
group by tenant_id, hour
having events != 0
"""
)

FORGET_HOURS = "alter table events_hourly delete where (tenant_id, hour) in " + _TOUCHED

RECOUNT = "insert into events_hourly" + rollups.HOURS + _OF_TOUCHED_HOURS + rollups.BY_HOUR

_OF_FLUSH = """
where flush_id = {flush:UUID}
    and tenant_id in (select tenant_id from incoming where attempt_id = {attempt:UUID})
    and occurred_at >= (
        select min(occurred_at) from incoming where attempt_id = {attempt:UUID}
    )
    and occurred_at <= (
        select max(occurred_at) from incoming where attempt_id = {attempt:UUID}
    )
"""

# Of this flush's rows alone.
REFILL_PEOPLE = "insert into people_hourly" + rollups.PEOPLE + _OF_FLUSH + rollups.BY_PEOPLES_HOUR
REFILL_WEEKS = (
    """
insert into visitor_weeks (
    tenant_id, site_id, week, event_type, visitor_id, first_at, last_at
)
"""
    + rollups.WEEKS
    + _OF_FLUSH
    + rollups.BY_WEEK
)

BOT_DIFFERENCES = (
    """
select tenant_id, hour, sum(n) as events
from (
    select tenant_id, toStartOfHour(toDateTime(occurred_at, 'UTC')) as hour,
        toInt64(sum(count)) as n
    from events
"""
    + _OF_TOUCHED_HOURS
    + """
        and bot != ''
    group by tenant_id, hour
    union all
    select tenant_id, toStartOfHour(quarter) as hour, -toInt64(sum(bots.events)) as n
    from bots
    where (tenant_id, toStartOfHour(quarter)) in """
    + _TOUCHED
    + """
    group by tenant_id, hour
)
group by tenant_id, hour
having events != 0
"""
)

FORGET_BOTS = "alter table bots delete where (tenant_id, toStartOfHour(quarter)) in " + _TOUCHED

RECOUNT_BOTS = "insert into bots" + rollups.BOTS + _OF_TOUCHED_HOURS + rollups.BY_BOT

_TOUCHED_SESSIONS = (
    """(
    select tenant_id, visitor_id, session_id, toStartOfMonth(occurred_at)
    from events
"""
    + _OF_FLUSH
    + """
        and bot = ''
)"""
)

# What is missing is added, so nothing has to be taken away first, and a session is looked for no
# further back than its row says that it began.
MEND_SESSIONS = (
    """
insert into sessions
select
    tenant_id, visitor_id, session_id, month,
    min(told.started_at) as started_at,
    min(told.page_at) as page_at,
    max(told.last_at) as last_at,
    sum(told.events) as events,
    sum(told.page_views) as page_views
from (
"""
    + rollups.SESSIONS
    + """
    where (tenant_id, visitor_id, session_id, toStartOfMonth(occurred_at)) in """
    + _TOUCHED_SESSIONS
    + """
        and tenant_id in (select tenant_id from incoming where attempt_id = {attempt:UUID})
        and occurred_at >= (
            select min(at) from (
                select min(occurred_at) as at from incoming where attempt_id = {attempt:UUID}
                union all
                select min(sessions.started_at) as at
                from sessions
                where (tenant_id, visitor_id, session_id, month) in """
    + _TOUCHED_SESSIONS
    + """
                having count() > 0
            )
        )
        and occurred_at < (
            select toStartOfMonth(max(occurred_at)) + interval 1 month
            from incoming
            where attempt_id = {attempt:UUID}
        )
"""
    + rollups.BY_SESSION
    + """
    union all
    select tenant_id, visitor_id, session_id, month, started_at, page_at, last_at,
        -sessions.events as events, -sessions.page_views as page_views
    from sessions
    where (tenant_id, visitor_id, session_id, month) in """
    + _TOUCHED_SESSIONS
    + """
) as told
group by tenant_id, visitor_id, session_id, month
having events != 0 or page_views != 0
"""
)
