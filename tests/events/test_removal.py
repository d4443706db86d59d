"""A month of events is removed as a whole, its statistics too, whoever is killed meanwhile."""

import asyncio
import random
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from typing import Any, LiteralString
from uuid import UUID

import msgspec
import pytest

from pista.events import Remover, partitions, recovery, removal, removal_queries
from pista.events import flush as clickhouse_flush
from pista.events.partitions import DROP
from pista.events.removal_queries import Asked
from pista.ids import FlushId, TenantId, uuid7
from pista.store import frames
from pista.store import postgres as store
from pista.store.clickhouse import ClickHouse, ClickHouseAway
from pista.store.journal import Journal
from pista.store.postgres import Lead, Postgres
from tests.events.conftest import OTHER_TENANT, SITE, TENANT, flushed, make_line
from tests.events.writing import acknowledge, drained, until, writer_process

MARCH = 202603
NOW = datetime(2026, 6, 1, tzinfo=UTC)


class Row(msgspec.Struct, frozen=True):
    tenant: UUID
    month: int
    events: int


class Number(msgspec.Struct, frozen=True):
    n: int


class Failing(ClickHouse):
    """Takes some statements, and is away from then on."""

    def __init__(self, url: str, statements: int) -> None:
        super().__init__(url)
        self.left = statements

    async def execute(self, sql: LiteralString, /, **options: Any) -> None:
        if self.left == 0:
            raise ClickHouseAway("cut short")
        self.left -= 1
        await super().execute(sql, **options)


@pytest.fixture
async def lead(database: str, postgres: Postgres) -> AsyncGenerator[Lead]:
    async with postgres.transaction() as tx:
        for tenant in (TENANT, OTHER_TENANT):
            await tx.execute("insert into tenants (id, name) values ($1, 'x')", tenant)
    connection: Any = await store.connect(database)
    yield Lead(connection)
    await connection.close()


async def ask(postgres: Postgres, month: int = MARCH, tenant: TenantId = TENANT) -> None:
    asked = Asked(
        id=uuid7(),
        tenant_id=tenant,
        month=month,
        asked_by=None,
        asked_by_name="Ana",
        asked_at=datetime.now(UTC),
    )
    async with postgres.transaction() as tx:
        await removal_queries.ask(tx, asked)


async def last(postgres: Postgres) -> Asked:
    async with postgres.transaction() as tx:
        return (await removal_queries.of_tenant(tx, TENANT))[0]


async def stored(clickhouse: ClickHouse) -> dict[tuple[str, int], int]:
    rows = await clickhouse.all(
        Row,
        """
        select tenant_id as tenant, toYYYYMM(occurred_at) as month, sum(count) as events
        from events group by tenant, month
        """,
    )
    return {("ours" if row.tenant == TENANT else "theirs", row.month): row.events for row in rows}


async def differences(clickhouse: ClickHouse) -> tuple[int, int]:
    """Hours and visitors' weeks that the rollups tell otherwise than the events do."""
    hours = await clickhouse.one(
        Number,
        """
        select count() as n from (
            select tenant_id, hour, sum(n) as total from (
                select tenant_id, toStartOfHour(toDateTime(occurred_at, 'UTC')) as hour,
                    toInt64(sum(count)) as n
                from events group by tenant_id, hour
                union all
                select tenant_id, hour, -toInt64(sum(events)) as n
                from events_hourly group by tenant_id, hour
            )
            group by tenant_id, hour
            having total != 0
        )
        """,
    )
    weeks = await clickhouse.one(
        Number,
        """
        select count() as n from (
            select tenant_id, week, visitor_id, first, last, count() as times from (
                select tenant_id, toMonday(occurred_at) as week, visitor_id,
                    min(occurred_at) as first, max(occurred_at) as last
                from events group by tenant_id, week, visitor_id
                union all
                select tenant_id, week, visitor_id, min(first_at) as first, max(last_at) as last
                from visitor_weeks group by tenant_id, week, visitor_id
            )
            group by tenant_id, week, visitor_id, first, last
            having times != 2
        )
        """,
    )
    return hours.n, weeks.n


def lines(year: int = 2026, **fields: Any) -> list[bytes]:
    """Events of two visitors, every second day from February to April: weeks across borders."""
    begin = datetime(year, 2, 1, 12, tzinfo=UTC)
    return [
        make_line(begin + timedelta(days=day), visitor=day % 3, received_at=NOW, **fields)
        for day in range(0, 89, 2)
    ]


def test_no_table_is_forgotten():
    """
    Every table whose months are dropped when they are old is one that a removal removes from.
    """
    assert DROP.keys() == removal.DELETE.keys() == removal.OTHERS.keys()


async def test_a_month_of_one_tenant_is_dropped(
    lead: Lead, postgres: Postgres, clickhouse: ClickHouse
):
    """
    As partitions; the weeks that it shares with its neighbours stay right. Of the one that goes on
    in April the tenant's rows are deleted in the background, so one turn may not be enough.
    """
    await flushed(clickhouse, *lines())
    before = await stored(clickhouse)
    await ask(postgres)
    remover = Remover(clickhouse)

    await until(lambda: _finished(remover, lead, postgres))

    left = await stored(clickhouse)
    assert left == {month: n for month, n in before.items() if month[1] != MARCH}
    assert await differences(clickhouse) == (0, 0)
    # Only the week that began in February is in it now.
    in_march = {p.table for p in await partitions(clickhouse) if p.month == str(MARCH)}
    assert in_march <= {"visitor_weeks"}
    done = await last(postgres)
    assert (done.events, done.error, done.finished_at is not None) == (16, None, True)
    assert done.bytes is not None


async def test_of_a_shared_month_only_ones_own_rows_go(
    lead: Lead, postgres: Postgres, clickhouse: ClickHouse
):
    """
    The other tenant keeps every event, hour and week, and nobody is told its sizes.
    """
    await flushed(clickhouse, *lines(), *lines(tenant=OTHER_TENANT))
    before = await stored(clickhouse)
    await ask(postgres)
    remover = Remover(clickhouse)

    await until(lambda: _finished(remover, lead, postgres))

    left = await stored(clickhouse)
    assert left == {month: n for month, n in before.items() if month != ("ours", MARCH)}
    assert await differences(clickhouse) == (0, 0)
    assert ((await last(postgres)).events, (await last(postgres)).bytes) == (16, None)


async def test_wherever_it_is_cut_short_it_is_done_again(
    lead: Lead, postgres: Postgres, clickhouse: ClickHouse, clickhouse_database: str
):
    """
    After each of its statements in turn, with late events of the same month in between.
    """
    years = range(2010, 2018)
    await flushed(clickhouse, *(line for year in years for line in lines(year)))
    for statements, year in enumerate(years):
        month = year * 100 + 3
        events = (await stored(clickhouse))["ours", month]
        await ask(postgres, month)
        failing = Failing(clickhouse_database, statements)

        with pytest.raises(ClickHouseAway):
            await Remover(failing)(lead)
        await failing.close()
        await flushed(clickhouse, make_line(datetime(year, 3, 14, tzinfo=UTC), received_at=NOW))
        remover = Remover(clickhouse)
        await until(lambda remover=remover: _finished(remover, lead, postgres))

        assert ("ours", month) not in await stored(clickhouse), statements
        assert (await last(postgres)).events == events
    assert await differences(clickhouse) == (0, 0)


async def _finished(remover: Remover, lead: Lead, postgres: Postgres) -> bool:
    await remover(lead)
    async with postgres.transaction() as tx:
        return await removal_queries.unfinished(tx) == []


async def test_a_flush_goes_on_while_rows_are_deleted(
    lead: Lead, postgres: Postgres, clickhouse: ClickHouse
):
    """
    What is stored after the removal began stays; how far it is can be read; a flush that was cut
    short waits, since it would take half-deleted events for the truth.
    """
    await flushed(clickhouse, *lines(), *lines(tenant=OTHER_TENANT))
    await ask(postgres)
    remover = Remover(clickhouse)
    await clickhouse.execute("system stop merges")
    try:
        await remover(lead)
        under_way = await last(postgres)
        late = make_line(datetime(2026, 3, 14, tzinfo=UTC), received_at=NOW)
        await flushed(clickhouse, late)
        staged = await clickhouse_flush.stage(clickhouse, frames.pack(late))
        with pytest.raises(ClickHouseAway, match="waits"):
            await recovery.store(clickhouse, FlushId(uuid7()), staged, aggregate=True)
    finally:
        await clickhouse.execute("system start merges")
    await until(lambda: _finished(remover, lead, postgres))

    assert under_way.finished_at is None
    assert (under_way.parts_left or 0) > 0
    assert (await stored(clickhouse))["ours", MARCH] == 1
    assert await differences(clickhouse) == (0, 0)


async def test_writers_may_be_killed_meanwhile(
    lead: Lead,
    postgres: Postgres,
    database: str,
    clickhouse_database: str,
    clickhouse: ClickHouse,
):
    """
    Events of both tenants arrive in the very month; the writer dies again and again.
    """
    dice = random.Random(7)
    journal = Journal(database)
    journal.start()
    async with postgres.transaction() as tx:
        await tx.execute(
            """
            insert into sites (id, tenant_id, name, domains, write_key)
            values ($1, $2, 'x', '{*}', 'k')
            """,
            SITE,
            TENANT,
        )
    for _ in range(3):
        batch = [
            make_line(
                datetime(2026, 3, 1, tzinfo=UTC) + timedelta(hours=dice.uniform(-100, 800)),
                visitor=dice.randrange(20),
                tenant=tenant,
                received_at=datetime.now(UTC),
            )
            for tenant in (TENANT, OTHER_TENANT)
            for _ in range(60)
        ]
        with writer_process(database, clickhouse_database) as writer:
            await acknowledge(journal, batch)
            await ask(postgres)
            await until(lambda: _leads(postgres))
            await asyncio.sleep(dice.uniform(0, 0.4))
            writer.kill()
            writer.wait()
    with writer_process(database, clickhouse_database):
        await drained(postgres)
        await until(lambda: _nothing_asked(postgres))
    await journal.stop()

    left = await stored(clickhouse)
    assert sum(n for (whose, _), n in left.items() if whose == "theirs") == 180
    assert await differences(clickhouse) == (0, 0)


async def _nothing_asked(postgres: Postgres) -> bool:
    async with postgres.transaction() as tx:
        return await removal_queries.unfinished(tx) == []


async def _leads(postgres: Postgres) -> bool:
    async with postgres.transaction() as tx:
        return await tx.value(
            """
            select count(*) > 0 from pg_locks
            where locktype = 'advisory' and objsubid = 1 and granted
                and database = (select oid from pg_database where datname = current_database())
            """
        )
