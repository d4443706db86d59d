"""The follow-up timer: in the second it is due, once, however many workers there are."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, LiteralString

import pytest

from pista.desk import FollowUpTimer
from pista.desk.timer import queries
from pista.ids import TenantId
from pista.store import postgres as store
from pista.store.postgres import Postgres
from tests.desk.conftest import Agent, later
from tests.desk.test_clientes import messages
from tests.desk.test_lists import fill
from tests.events.writing import until
from tests.killing import killable
from tests.timing import stretched

MANY = 5_000

TIMED_OUT: LiteralString = """
select count(*) as clientes, count(distinct cliente_id) as apart
from desk_history
where move = 'time_out'
"""


@asynccontextmanager
async def timing(database: str, workers: int = 1) -> AsyncGenerator[None]:
    """So many workers' timers, each with connections of its own."""
    pools = [await store.open_pool(database, most=2) for _ in range(workers)]
    tasks = [asyncio.create_task(FollowUpTimer(database, pool).run()) for pool in pools]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for pool in pools:
            await pool.close()


async def status_of(postgres: Postgres, cliente: int) -> str:
    async with postgres.transaction() as tx:
        return await tx.value("select seguimiento_status from clientes where id = $1", cliente)


async def seconds(postgres: Postgres, tenant: TenantId, limit: int) -> None:
    """Let this company's clientes go back after so many seconds."""
    async with postgres.transaction() as tx:
        await tx.execute(
            """
            insert into desk_settings (tenant_id, limit_seconds, warning_seconds, updated_at)
            values ($1, $2, 1, now())
            """,
            tenant,
            limit,
        )


async def test_what_nobody_does_anything_with_goes_back(
    gtr: Agent, ana: Agent, postgres: Postgres, database: str, tenant: TenantId
):
    """
    Document 1's option B, with all of the 300 seconds: returned, told of, and in the history.
    """
    cliente = (await gtr.enter())["id"]
    await gtr.derive(cliente, ana)
    token = await ana.open(cliente)
    await later(postgres, 299)
    await ana.ok("POST", f"/api/clientes/{cliente}/lock", json={"lockToken": token})
    async with timing(database):
        await later(postgres, 290)
        assert await status_of(postgres, cliente) == "en_gestion"
        await later(postgres, 9)

        async def is_back() -> bool:
            return await status_of(postgres, cliente) == "no_gestionado"

        # Nothing tells the timer of this: it sleeps until what was due, or for fifteen seconds.
        await until(is_back, 60)

    shown = await gtr.ok("GET", f"/api/clientes/{cliente}")
    assert (shown["asesor_asignado"], shown["last_activity"], shown["due_at"]) == (None, None, None)
    assert (shown["returns"], shown["lock"]) == (1, None)
    line = (await gtr.history(cliente))[-1]
    assert (line["move"], line["by"]) == ("time_out", {"kind": "system", "person": None})
    assert line["asesorBefore"]["name"] == "ana"
    told = (await messages(postgres, tenant))[-1]
    assert (told["type"], told["reason"]) == ("CLIENT_RETURNED_TO_GTR", "timeout_no_gestionado")
    assert (told["previousAsesor"], told["audience"]) == (str(ana.user), [ana.user])
    status, problem = await ana.refused("POST", f"/api/clientes/{cliente}/heartbeat")
    assert (status, problem["current"]["seguimiento_status"]) == (409, "no_gestionado")


async def test_it_is_woken_for_what_is_due_sooner(
    gtr: Agent, ana: Agent, postgres: Postgres, database: str, tenant: TenantId
):
    """
    It sleeps for long when nothing is due, and is still there in the second in which something is.
    """
    async with timing(database):
        await seconds(postgres, tenant, 5)
        cliente = (await gtr.enter())["id"]
        given = await gtr.derive(cliente, ana)

        async def is_back() -> bool:
            return await status_of(postgres, cliente) == "no_gestionado"

        await until(is_back, 60)

    line = (await gtr.history(cliente))[-1]
    due, moved = datetime.fromisoformat(line["dueAt"]), datetime.fromisoformat(line["at"])
    assert due == datetime.fromisoformat(given["due_at"])
    assert timedelta(0) <= moved - due < timedelta(seconds=stretched(3))


async def test_after_an_outage_each_is_moved_once(
    gtr: Agent, ana: Agent, postgres: Postgres, database: str, tenant: TenantId
):
    """
    By three workers at once, thousands of them; history has when each was due.
    """
    await fill(postgres, tenant, MANY, [ana.user])
    await later(postgres, 3_600)
    async with postgres.transaction() as tx:
        due: int = await tx.value("select count(*) from clientes where asesor_asignado is not null")

    async with timing(database, workers=3):

        async def all_are_back() -> bool:
            async with postgres.transaction() as tx:
                return not await tx.value("select count(due_at) from clientes")

        await until(all_are_back, 60)

    async with postgres.transaction() as tx:
        row = await tx.connection.fetchrow(TIMED_OUT)
        early = await tx.value(
            """
            select count(*) from desk_history
            where move = 'time_out' and (due_at is null or at - due_at < interval '50 minutes')
            """
        )
        told = await tx.value(
            "select count(*) from desk_messages where body ->> 'type' = 'CLIENT_RETURNED_TO_GTR'"
        )
    assert row is not None
    assert (row["clientes"], row["apart"], early, told) == (due, due, 0, due)


async def test_what_is_due_is_refused_even_before_it_is_moved(
    gtr: Agent, ana: Agent, postgres: Postgres, database: str
):
    """
    With no worker to move it nobody saves into a cliente whose time was up; a supervisor may give
    it to somebody.
    """
    cliente = (await gtr.enter())["id"]
    await gtr.derive(cliente, ana)
    token = await ana.open(cliente)
    await later(postgres, 301)

    for what in ("lock", "activity", "open-wizard", "complete-wizard"):
        asked = {"lockToken": token}
        status, _ = await ana.refused("POST", f"/api/clientes/{cliente}/{what}", json=asked)
        assert status == 409, what
    taken = {"estatus": "nuevo"}
    await gtr.ok("POST", f"/api/clientes/{cliente}/estatus", json=taken)
    assert (await gtr.moves(cliente))[-1] == "withdraw"


async def test_what_is_due_is_found_by_its_index(
    postgres: Postgres, tenant: TenantId, gtr: Agent, ana: Agent
):
    """
    Of thousands under way one is due: that one is read.
    """
    await fill(postgres, tenant, MANY, [ana.user])
    await later(postgres, -7_200)
    cliente = (await gtr.enter())["id"]
    await gtr.derive(cliente, ana)
    async with postgres.transaction() as tx:
        past: LiteralString = "update clientes set due_at = now() - interval '1 s' where id = $1"
        await tx.execute(past, cliente)
        await tx.execute("analyze clientes")
    read: LiteralString = """
        select (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::bigint
        from pg_stat_xact_user_tables where relname = 'clientes'
    """

    async with postgres.transaction() as tx:
        before = await tx.value(read)
        told = await queries.time_out(tx, 2_000)
        after_moving = await tx.value(read)
        ahead = await queries.due_next(tx)
        after_looking = await tx.value(read)

    assert len(told) == 1
    assert ahead.seconds is not None
    assert ahead.seconds > 600
    assert after_moving - before <= 20
    assert after_looking - after_moving <= 5


OPENING = [
    {"day": 1, "opens": "09:00", "closes": "18:00"},
    {"day": 2, "opens": "09:00", "closes": "24:00"},
]
LIMA, SANTIAGO = "America/Lima", "America/Santiago"


@pytest.mark.parametrize(
    ("zone", "since", "due"),
    [
        # A Monday of summer in Lima, five hours behind.
        (LIMA, "2026-01-05 15:00", "2026-01-05 15:05"),
        (LIMA, "2026-01-05 22:58", "2026-01-06 14:03"),
        # At the very end of the day, and before it begins.
        (LIMA, "2026-01-05 22:55", "2026-01-05 23:00"),
        (LIMA, "2026-01-05 13:00", "2026-01-05 14:05"),
        # Tuesday is open until midnight; then nobody is there until Monday.
        (LIMA, "2026-01-07 04:58", "2026-01-12 14:03"),
        (LIMA, "2026-01-10 12:00", "2026-01-12 14:05"),
        # Clocks are put back between these evenings and mornings, and forward between those.
        (SANTIAGO, "2026-04-01 02:58", "2026-04-06 13:03"),
        (SANTIAGO, "2026-09-02 03:58", "2026-09-07 12:03"),
    ],
)
async def test_time_runs_while_the_company_is_open(tx: store.Tx, zone: str, since: str, due: str):
    """
    What is left of it in the evening is there the next morning; and of a time there is as much as
    it would take.
    """
    tenant: Any = await tx.value(
        """
        insert into tenants (id, name, time_zone) values (gen_random_uuid(), 'x', $1) returning id
        """,
        zone,
    )
    await tx.execute(
        """
        insert into desk_settings (tenant_id, limit_seconds, warning_seconds, hours, updated_at)
        values ($1, 300, 60, $2, now())
        """,
        tenant,
        OPENING,
    )

    begun, wanted = datetime.fromisoformat(f"{since}Z"), datetime.fromisoformat(f"{due}Z")
    found = await tx.value("select desk_due($1, $2::timestamptz)", tenant, begun)
    between = await tx.value("select desk_open($1, $2, $3)", tenant, begun, wanted)

    assert (found, between) == (wanted, timedelta(seconds=300))


async def test_killed_workers_lose_nothing_and_move_nothing_twice(
    gtr: Agent, ana: Agent, postgres: Postgres, database: str, tenant: TenantId
):
    """
    One beside another, killed -9 again and again while hundreds come to be due one by one.
    """
    await fill(postgres, tenant, 2_000, [ana.user])
    async with postgres.transaction() as tx:
        spread: LiteralString = """
            update clientes
            set due_at = clock_timestamp() + id % 300 * interval '30 milliseconds',
                last_activity = clock_timestamp() - interval '5 minutes'
            where due_at is not null
        """
        due = await tx.execute(spread)

    async def all_are_back() -> bool:
        async with postgres.transaction() as tx:
            return not await tx.value("select count(due_at) from clientes")

    with killable("tests.desk.timing", database, loud=False) as survivor:
        for _ in range(4):
            with killable("tests.desk.timing", database, loud=False):
                await asyncio.sleep(1.5)
        assert survivor.poll() is None
        await until(all_are_back, 60)

    async with postgres.transaction() as tx:
        row = await tx.connection.fetchrow(TIMED_OUT)
        early = await tx.value("select count(*) from desk_history where at < due_at")
    assert row is not None
    assert (row["clientes"], row["apart"], early) == (due, due, 0)
