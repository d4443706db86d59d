"""What nobody can read any more is told to whoever missed it, and filled from what is stored."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from pista.events import recent
from pista.store import postgres as store
from pista.store.clickhouse import ClickHouse
from pista.store.embedded.process import free_port
from pista.store.journal import Journal
from pista.store.postgres import Lead, Postgres
from pista.stream import position
from pista.stream import tail as tails
from pista.stream.position import Mark, Position
from pista.stream.tail import Tail
from tests.events.conftest import OTHER_TENANT
from tests.events.writing import drained, writing
from tests.stream.reading import OURS, Client, line, new_id, read_once, write


async def nobody_listens(postgres: Postgres) -> None:
    """As it is a minute and a half after the last reader has gone."""
    async with postgres.transaction() as tx:
        await tx.execute("update journal_listeners set expires_at = now() - interval '1 second'")


class Past(msgspec.Struct):
    """A reader that had two events, and what came while nobody listened."""

    client: Client
    seen: list[str]
    missed: list[str]


@pytest.fixture
def leave_behind(
    two_tails: list[Tail],
    two_journals: list[Journal],
    database: str,
    clickhouse_database: str,
    clickhouse: ClickHouse,
    postgres: Postgres,
) -> Callable[[int], Awaitable[Past]]:
    async def left(events: int) -> Past:
        client = Client(postgres, clickhouse, OURS)
        seen, missed = [[new_id() for _ in range(size)] for size in (2, events)]
        async with writing(database, clickhouse_database):
            reading = read_once(client, two_tails[0], lambda: len(client.ids) == 2)
            async with asyncio.TaskGroup() as group:
                group.create_task(reading)
                await client.until(lambda: bool(client.last_id))
                await write(two_journals[0], *(line(one) for one in seen))
            await drained(postgres)
            await nobody_listens(postgres)
            await write(two_journals[0], line(new_id(), tenant=OTHER_TENANT))
            for first in range(0, events, 200):
                await write(two_journals[1], *(line(one) for one in missed[first : first + 200]))
            await drained(postgres)
        return Past(client, [str(one) for one in seen], [str(one) for one in missed])

    return left


async def test_who_comes_back_too_late_is_told_and_given_what_is_stored(
    two_tails: list[Tail],
    two_journals: list[Journal],
    leave_behind: Callable[[int], Awaitable[Past]],
):
    """
    A gap from when on; then what the statistics have, what still waits, and what comes.
    """
    past = await leave_behind(20)
    client, waits, comes = past.client, new_id(), new_id()
    await write(two_journals[0], line(waits))

    async with asyncio.TaskGroup() as group:
        group.create_task(read_once(client, two_tails[1], lambda: len(client.ids) == 24))
        await client.until(lambda: len(client.ids) == 23)
        await write(two_journals[0], line(comes))

    assert sorted(client.ids) == sorted([*past.seen, *past.missed, str(waits), str(comes)])
    (gap,) = client.gaps
    assert (gap["reason"], gap["filled"], gap["complete"]) == ("expired", 20, True)
    assert abs(datetime.fromisoformat(gap["from"]) - datetime.now(UTC)).seconds < 60


async def test_a_fill_that_is_cut_off_goes_on_where_it_was(
    two_tails: list[Tail],
    two_journals: list[Journal],
    leave_behind: Callable[[int], Awaitable[Past]],
):
    """
    The gap is told again, as it is still there, and no event twice.
    """
    past = await leave_behind(20)
    client = past.client

    await client.read(two_tails[0], lambda: len(client.ids) == 9)
    await read_once(client, two_tails[1], lambda: len(client.ids) == 22)
    await read_once(client, two_tails[0], client.changed.is_set)

    assert sorted(client.ids) == sorted([*past.seen, *past.missed])
    assert [gap["filled"] for gap in client.gaps] == [20, 13]


async def test_a_large_gap_is_filled_with_the_newest(
    two_tails: list[Tail], leave_behind: Callable[[int], Awaitable[Past]]
):
    """
    And it is said that these are not all.
    """
    past = await leave_behind(600)
    client = past.client

    await read_once(client, two_tails[0], lambda: len(client.ids) == 502)

    assert set(client.ids[2:]) <= set(past.missed)
    (gap,) = client.gaps
    assert (gap["filled"], gap["complete"]) == (500, False)


async def test_a_gap_is_told_also_when_nothing_can_be_had_to_fill_it(
    two_tails: list[Tail], postgres: Postgres, leave_behind: Callable[[int], Awaitable[Past]]
):
    """
    ClickHouse is away: the stream goes on without it.
    """
    past = await leave_behind(3)
    away = ClickHouse(f"http://default:x@127.0.0.1:{free_port()}")
    client = Client(postgres, away, OURS)
    client.last_id = past.client.last_id

    await read_once(client, two_tails[0], lambda: bool(client.gaps))
    await away.close()

    (gap,) = client.gaps
    assert (gap["filled"], gap["complete"]) == (0, False)


@pytest.mark.parametrize("last_id", ["nonsense", "ahead"])
async def test_a_place_of_another_journal_is_said_to_be_unknown(
    last_id: str,
    two_tails: list[Tail],
    leave_behind: Callable[[int], Awaitable[Past]],
):
    """
    One that cannot be read, or that is ahead of all there is: what is stored is given.
    """
    past = await leave_behind(3)
    client = past.client
    ahead = Position({0: Mark(10**9), 1: Mark(10**9)}, 1)
    client.ids.clear()
    client.last_id = "nonsense" if last_id == "nonsense" else position.encode(ahead).decode()

    await read_once(client, two_tails[0], lambda: len(client.ids) == 5)

    assert sorted(client.ids) == sorted([*past.seen, *past.missed])
    assert [gap["reason"] for gap in client.gaps] == ["unknown"]


async def test_who_listens_while_rows_go_unkept_is_sent_away_and_told(
    two_tails: list[Tail],
    two_journals: list[Journal],
    postgres: Postgres,
    clickhouse: ClickHouse,
    database: str,
    clickhouse_database: str,
    monkeypatch: pytest.MonkeyPatch,
):
    """
    A process that stood still for minutes finds rows gone: its readers must not stay as if
    nothing were.
    """
    client = Client(postgres, clickhouse, OURS)
    reading = asyncio.create_task(client.read(two_tails[0]))
    await client.until(lambda: bool(client.last_id))
    monkeypatch.setattr(tails, "LOOK_SECONDS", 1.5)
    await asyncio.sleep(0.3)
    sent = [new_id() for _ in range(3)]
    async with writing(database, clickhouse_database):
        await nobody_listens(postgres)
        await write(two_journals[0], *(line(one) for one in sent))
        await drained(postgres)

    await asyncio.wait_for(reading, 10)
    await read_once(client, two_tails[0], lambda: len(client.ids) == 3)

    assert sorted(client.ids) == sorted(map(str, sent))
    assert [gap["reason"] for gap in client.gaps] == ["expired"]


async def test_rows_are_kept_while_somebody_listens_and_pruned_whole(
    two_tails: list[Tail],
    two_journals: list[Journal],
    postgres: Postgres,
    clickhouse: ClickHouse,
    database: str,
    clickhouse_database: str,
    monkeypatch: pytest.MonkeyPatch,
):
    """
    Nothing is kept for nobody; what is kept goes after its time, or when it is too much.
    """
    client = Client(postgres, clickhouse, OURS)
    async with writing(database, clickhouse_database):
        await write(two_journals[0], line(new_id()))
        await drained(postgres)
        assert await kept(postgres) == 0

        await read_once(client, two_tails[0], lambda: bool(client.last_id))
        kept_ids = [new_id() for _ in range(2)]
        for one in kept_ids:
            await write(two_journals[0], line(one))
            await drained(postgres)
        assert await kept(postgres) == 2

    connection: Any = await store.connect(database)
    lead = Lead(connection)
    await recent.prune(lead)
    assert await kept(postgres) == 2
    async with postgres.transaction() as tx:
        await tx.execute(
            """
            update journal_recent set kept_at = kept_at - interval '61 seconds'
            where seq = (select min(seq) from journal_recent)
            """
        )
    await recent.prune(lead)
    assert await kept(postgres) == 1
    monkeypatch.setattr(recent, "KEPT_BYTES", 10)
    await recent.prune(lead)
    assert await kept(postgres) == 0
    await connection.close()

    await read_once(client, two_tails[0], lambda: len(client.ids) >= 2)
    assert set(map(str, kept_ids)) <= set(client.ids)
    assert [gap["complete"] for gap in client.gaps] == [True]


async def kept(postgres: Postgres) -> int:
    async with postgres.transaction() as tx:
        return await tx.value("select count(*) from journal_recent")
