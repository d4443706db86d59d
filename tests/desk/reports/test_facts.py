"""What reports count by, written with each move: as everything was when it happened."""

from pathlib import Path
from typing import Any, cast

import pista.store
from pista.store.postgres import Postgres
from tests.desk.conftest import Agent

MIGRATION = Path(pista.store.__file__).parent / "migrations/postgres/0057_desk_reports.sql"
FACTS = "select move, campaign, source, outcome, touched, came_at, at from desk_history order by id"
MARKS = "select id, reopened_at, touched_at from clientes order by id"


async def _read(postgres: Postgres, sql: Any) -> list[dict[str, Any]]:
    async with postgres.transaction() as tx:
        return [dict(row) for row in await tx.connection.fetch(sql)]


async def _complete(asesor: Agent, cliente: int, **given: Any) -> None:
    token = await asesor.open(cliente)
    path = f"/api/clientes/{cliente}/complete-wizard"
    await asesor.ok("POST", path, json={"lockToken": token, **given})


async def _work(gtr: Agent, ana: Agent, luz: Agent) -> int:
    """Opened twice, given to another, done; begun again under another campaign, and done."""
    cliente = (await gtr.enter(campaign="Mayo", source="manual"))["id"]
    path = f"/api/clientes/{cliente}"
    await gtr.derive(cliente, ana)
    await ana.open(cliente)
    await gtr.derive(cliente, luz, breakLock=True)
    await _complete(luz, cliente, outcome="Volver a llamar")
    await gtr.ok("POST", f"{path}/reopen", json={"asesorId": str(ana.user)})
    version = (await gtr.ok("GET", path))["version"]
    await gtr.ok("PUT", path, json={"version": version, "campaign": "Junio"})
    await _complete(ana, cliente, outcome="Venta")
    return cliente


async def test_a_move_tells_what_was_so_then(
    gtr: Agent, ana: Agent, luz: Agent, postgres: Postgres
):
    """
    Campaign and outcome as they were, when the case began, and whether it was opened for the first
    time since: a case that was reopened is a new one.
    """
    await _work(gtr, ana, luz)

    rows = await _read(postgres, FACTS)
    told = [(one["move"], one["campaign"], one["outcome"], one["touched"]) for one in rows]
    assert told == [
        ("create", "Mayo", None, False),
        ("derive", "Mayo", None, False),
        ("open", "Mayo", None, True),
        ("reassign", "Mayo", None, False),
        ("open", "Mayo", None, False),
        ("complete", "Mayo", "Volver a llamar", False),
        ("reopen", "Mayo", None, False),
        ("open", "Junio", None, True),
        ("complete", "Junio", "Venta", False),
    ]
    first, again = rows[0]["at"], rows[6]["at"]
    assert [one["came_at"] for one in rows] == [first] * 6 + [again] * 3
    assert {one["source"] for one in rows} == {"manual"}


async def test_what_is_older_is_filled_in_alike(
    gtr: Agent, ana: Agent, luz: Agent, postgres: Postgres
):
    """
    The migration tells of old moves what new ones tell by themselves.
    """
    await _work(gtr, ana, luz)
    waiting = (await gtr.enter(campaign=None))["id"]
    await gtr.derive(waiting, ana)
    rows, marks = await _read(postgres, FACTS), await _read(postgres, MARKS)
    text = MIGRATION.read_text()
    fill = text[text.index("alter table desk_history disable") : text.index("drop index")]

    async with postgres.transaction() as tx:
        run = tx.connection.execute
        await run("alter table desk_history disable trigger desk_history_append_only")
        await run(
            """
            update desk_history
            set campaign = null, source = null, outcome = null, touched = false, came_at = null
            """
        )
        await run("update clientes set reopened_at = null, touched_at = null")
        await run(cast("Any", fill))

    # Of old moves the campaign is the one that the cliente has now.
    now = [{**one, "campaign": one["campaign"] and "Junio"} for one in rows]
    assert await _read(postgres, FACTS) == now
    assert await _read(postgres, MARKS) == marks
