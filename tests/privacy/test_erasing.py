"""Erasing a visitor: nothing of it is left, and nothing else is touched."""

import asyncio
import random
from collections.abc import AsyncGenerator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import msgspec
import pytest

from pista.accounts.model import Tenant
from pista.app import House
from pista.events import erasing
from pista.ids import TenantId, uuid7
from pista.privacy import Eraser, eraser, service
from pista.privacy.model import Erasure, State
from pista.store import postgres as store
from pista.store.clickhouse import ClickHouse, ClickHouseAway
from pista.store.postgres import Lead, Postgres
from tests.events.conftest import flushed, make_line
from tests.events.writing import acknowledge, drained, until
from tests.privacy.conftest import quarantine
from tests.privacy.stored import counted, files, places
from tests.privacy.working import worker_process, working

NOW = datetime.now(UTC).replace(minute=30, second=0, microsecond=0)
TWIN = TenantId(UUID("0190a000-0000-7000-8000-00000000000f"))
# Two months, two weeks, and hours that others share.
TIMES = [NOW - timedelta(days=days, minutes=minutes) for days in (1, 2, 40) for minutes in (0, 45)]
ONE_MONTH = TIMES[-2:]


class Shop:
    """A company, and its twin that never had the visitor."""

    def __init__(self, tenant: TenantId) -> None:
        self.tenant = tenant

    def of_others(self, times: Sequence[datetime] = TIMES) -> list[bytes]:
        return [
            make_line(at, tenant=tenant, visitor=visitor, session=n, bot=bot)
            for at in times
            for n, (visitor, bot) in enumerate((("else", ""), ("other", ""), ("crawler", "bot")))
            for tenant in (self.tenant, TWIN)
        ]

    def of(self, visitor: str, number: int = 99, times: Sequence[datetime] = TIMES) -> list[bytes]:
        """Of the visitor: events of three kinds, one of them as a bot, at all times."""
        return [
            make_line(
                at,
                tenant=self.tenant,
                visitor=visitor,
                session=number,
                event_type=kind,
                bot="bot" if kind == "SCROLL" else "",
                metadata={"form": f"v{visitor} was here"},
                event_id=uuid7(),
            )
            for at in times
            for kind in ("PAGE_VIEW", "CLICK", "SCROLL")
        ]


@pytest.fixture
def shop(company: Tenant) -> Shop:
    return Shop(company.id)


@pytest.fixture
async def lead(database: str) -> AsyncGenerator[Lead]:
    connection = await store.connect(database)
    yield Lead(connection)
    await connection.close()


async def ask(postgres: Postgres, shop: Shop, visitor: str) -> Erasure:
    async with postgres.transaction() as tx:
        now = datetime.now(UTC)
        return await service.ask(tx, shop.tenant, f"v{visitor}", by=None, name="T", now=now)


async def done(postgres: Postgres, erasure: Erasure, seconds: float = 60) -> Erasure:
    async def is_done() -> bool:
        async with postgres.transaction() as tx:
            return (await service.erasure(tx, erasure.id)).state is State.DONE

    await until(is_done, seconds)
    async with postgres.transaction() as tx:
        return await service.erasure(tx, erasure.id)


async def expect_as_twin(clickhouse: ClickHouse, shop: Shop) -> None:
    assert await counted(clickhouse, shop.tenant) == await counted(clickhouse, TWIN)


async def test_nothing_is_left_anywhere(
    admin: httpx.AsyncClient,
    house: House,
    postgres: Postgres,
    clickhouse: ClickHouse,
    clickhouse_database: str,
    database: str,
    shop: Shop,
    monkeypatch: pytest.MonkeyPatch,
):
    """
    Stored, waiting, unreadable: all of it goes, from the disk too, and the statistics are those of
    a company that the visitor never came to. A repeat of its events does not bring them back.
    """
    visitor = f"ana{uuid4().hex}"
    monkeypatch.setattr(eraser, "CLEAN_SECONDS", 0.5)
    monkeypatch.setattr(eraser, "FILES_STAY", timedelta(seconds=2))
    await quick_cleanup(clickhouse)
    waiting = shop.of(visitor)
    await flushed(clickhouse, *shop.of_others(), *shop.of(visitor))
    await acknowledge(house.journal, waiting)
    await quarantine(postgres, waiting[0][:-9] + b"\n", shop.of("else")[0])
    await clickhouse.execute(STAGE_ALL)
    in_tables = {"events", "visitor_weeks", "sessions", "import_rows"}
    in_tables |= {"journal", "journal_quarantine"}
    assert await places(postgres, clickhouse, visitor) == in_tables
    assert await files(clickhouse, visitor)

    answer = await admin.post("/api/privacy/erasures", json={"visitorId": f"v{visitor}"})
    assert answer.status_code == 202, answer.text
    assert (answer.json()["state"], answer.json()["visitorId"]) == ("waiting", f"v{visitor}")
    async with working(database, clickhouse_database):
        erased = await done(postgres, msgspec.convert(answer.json(), Erasure))
        await until(lambda: _files_gone(postgres, erased), 20)
        await acknowledge(house.journal, waiting)
        await drained(postgres)

    assert erased.counts == {
        "events": 36,
        "eventRows": 36,
        "weeks": erased.counts["weeks"],
        "sessions": erased.counts["sessions"],
        "hours": len({at.replace(minute=0) for at in TIMES}),
        "unreadable": 1,
    }
    assert await places(postgres, clickhouse, visitor) == set()
    await expect_as_twin(clickhouse, shop)
    assert await files(clickhouse, visitor) == set()
    listed = (await admin.get("/api/privacy/erasures")).json()["items"]
    assert [(one["state"], one["visitorId"], one["error"]) for one in listed] == [
        ("done", None, None)
    ]


async def test_what_others_do_meanwhile_is_counted(
    house: House,
    postgres: Postgres,
    clickhouse: ClickHouse,
    clickhouse_database: str,
    database: str,
    shop: Shop,
):
    """
    Events go on arriving and being stored while visitors are erased; a visitor who comes back
    afterwards is new.
    """
    await flushed(clickhouse, *shop.of_others())
    async with working(database, clickhouse_database):
        for number in range(3):
            await acknowledge(house.journal, shop.of(f"ana{number}", number))
        asked = [await ask(postgres, shop, f"ana{number}") for number in range(3)]

        async def go_on() -> None:
            while True:
                await acknowledge(house.journal, shop.of_others())
                await asyncio.sleep(0.1)

        others = asyncio.create_task(go_on())
        for erasure in asked:
            await done(postgres, erasure)
        others.cancel()
        await asyncio.gather(others, return_exceptions=True)
        await drained(postgres)
        await expect_as_twin(clickhouse, shop)

        await acknowledge(house.journal, shop.of("ana1", 1))
        await drained(postgres)

    assert "visitor_weeks" in await places(postgres, clickhouse, "vana1")
    assert await places(postgres, clickhouse, "vana2") == set()


STAGE_ALL = """
insert into import_rows (import_id, tenant_id, visitor_id, occurred_at, event_id)
select toUUID('0190a000-0000-7000-8000-0000000000ee'), tenant_id, visitor_id, occurred_at, event_id
from events
"""

# Before the first deletion, after each, and after each statement that mends the first rollup.
CUTS = (0, 1, 2, 3, 4, 5, 6, 7)


class Cut(Exception):
    """The worker ends here."""


class CutOff(ClickHouse):
    """A ClickHouse whose caller is killed when it has carried out that many statements."""

    def __init__(self, url: str, left: int) -> None:
        super().__init__(url)
        self.left = left

    async def execute(self, sql: Any, /, **options: Any) -> None:
        if self.left == 0:
            raise Cut
        await super().execute(sql, **options)
        self.left -= 1


async def test_each_step_may_be_the_last(
    postgres: Postgres,
    clickhouse: ClickHouse,
    clickhouse_database: str,
    lead: Lead,
    shop: Shop,
):
    """
    However far a worker came before it was killed, the next one ends the erasure, whatever was
    stored in between; and a step that was done is harmless when it is done again.
    """
    await flushed(clickhouse, *shop.of_others(ONE_MONTH))
    for statement in CUTS:
        await flushed(clickhouse, *shop.of(f"ana{statement}", statement, ONE_MONTH))
        await ask(postgres, shop, f"ana{statement}")
        engine = CutOff(clickhouse_database, statement)
        with pytest.raises(Cut):
            await erase_all(lead, engine, postgres)
        await engine.close()
        await flushed(clickhouse, *shop.of_others(ONE_MONTH))
        await erase_all(lead, clickhouse, postgres)

    assert await places(postgres, clickhouse, "vana") == set()
    await expect_as_twin(clickhouse, shop)


async def erase_all(lead: Lead, clickhouse: ClickHouse, postgres: Postgres) -> None:
    chore = Eraser(clickhouse)
    async with asyncio.timeout(60):
        while True:
            await chore(lead)
            async with postgres.transaction() as tx:
                if not await tx.value("select count(*) from erasures where finished_at is null"):
                    return


@pytest.mark.chaos
async def test_a_killed_worker_leaves_nothing_half_done(
    house: House,
    postgres: Postgres,
    clickhouse: ClickHouse,
    clickhouse_database: str,
    database: str,
    shop: Shop,
):
    """
    Killed for good again and again, at moments nobody chose, while events arrive.
    """
    chance = random.Random(7)
    await acknowledge(house.journal, shop.of_others())
    asked: list[Erasure] = []
    for number in range(3):
        await acknowledge(house.journal, shop.of(f"ana{number}", number))
        asked.append(await ask(postgres, shop, f"ana{number}"))
        with worker_process(database, clickhouse_database):
            await asyncio.sleep(chance.uniform(0.7, 1.5))
            await acknowledge(house.journal, shop.of_others())
    with worker_process(database, clickhouse_database):
        for erasure in asked:
            await done(postgres, erasure)
        await drained(postgres)

    for number in range(3):
        assert await places(postgres, clickhouse, f"vana{number}") == set()
    await expect_as_twin(clickhouse, shop)


async def test_clickhouse_that_is_away_is_waited_for(
    postgres: Postgres, clickhouse: ClickHouse, lead: Lead, shop: Shop
):
    """
    The erasure stays asked for, with the visitor's id, until it can be done.
    """
    await flushed(clickhouse, *shop.of("ana"))
    erasure = await ask(postgres, shop, "ana")
    again = await ask(postgres, shop, "ana")

    with pytest.raises(ClickHouseAway):
        await Eraser(ClickHouse("http://127.0.0.1:9"))(lead)
    async with postgres.transaction() as tx:
        waiting = await service.erasure(tx, erasure.id)
    await erase_all(lead, clickhouse, postgres)

    assert again.id == erasure.id
    assert (waiting.state, waiting.visitor_id) == (State.WAITING, "vana")
    assert await places(postgres, clickhouse, "vana") == set()


async def _files_gone(postgres: Postgres, erasure: Erasure) -> bool:
    async with postgres.transaction() as tx:
        return (await service.erasure(tx, erasure.id)).files_gone_at is not None


async def quick_cleanup(clickhouse: ClickHouse) -> None:
    """Have old parts removed after a second and not after eight minutes."""
    await clickhouse.execute("alter table events modify setting old_parts_lifetime = 1")
    await clickhouse.execute("alter table visitor_weeks modify setting old_parts_lifetime = 1")
    await clickhouse.execute("alter table incoming modify setting old_parts_lifetime = 1")
    await clickhouse.execute("alter table import_rows modify setting old_parts_lifetime = 1")


def test_hours_are_counted_in_pieces_of_a_month():
    """
    No piece is long, and none goes over the end of a month, since a month is replaced at once.
    """
    march = int(datetime(2026, 3, 31, tzinfo=UTC).timestamp()) // 3600
    hours = list(range(march, march + 24 + 200))
    random.Random(1).shuffle(hours)

    pieces = erasing.pieces_of(hours)

    assert [len(piece) for piece in pieces] == [24, 120, 80]
    assert [hour for piece in pieces for hour in piece] == sorted(hours)
