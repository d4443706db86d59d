"""The table of moves: the same in the code, the database, the API and the documentation."""

import re
from contextlib import suppress
from itertools import product
from pathlib import Path
from typing import Any, LiteralString

import asyncpg
import pytest

from pista.desk import machine
from pista.desk.model import STATUSES
from pista.ids import TenantId
from pista.store.postgres import Postgres
from tests.desk.conftest import Agent

FILL: LiteralString = """
insert into clientes
    (tenant_id, nombre, source, created_at, state_since, seguimiento_status, asesor_asignado,
    last_activity, due_at, wizard_completado, fecha_wizard_completado)
select $1, 'Ana', 'test', now(), now(), status,
    case when active then $3::uuid end, case when active then now() end,
    case when active then now() end,
    status = 'terminado', case when status = 'terminado' then now() end
from (select $2::text as status, $2::text in ('derivado', 'en_gestion') as active) asked
returning id
"""
GO: LiteralString = """
update clientes
set seguimiento_status = asked.status,
    asesor_asignado = case when active then $4::uuid end,
    last_activity = case when active then now() end, due_at = case when active then now() end,
    wizard_completado = asked.status = 'terminado',
    fecha_wizard_completado = case when asked.status = 'terminado' then now() end
from (select $3::text as status, $3::text in ('derivado', 'en_gestion') as active) asked
where tenant_id = $1 and id = $2
"""


async def test_the_database_has_the_same_moves(postgres: Postgres):
    """
    What code decides by is what every statement is held to.
    """
    async with postgres.transaction() as tx:
        rows = await tx.connection.fetch("select move, from_status, to_status from desk_moves")

    assert {tuple(row) for row in rows} == machine.rows()


async def test_the_screens_are_given_the_same_moves(ana: Agent):
    """
    They offer what is possible, and nothing else.
    """
    told = await ana.ok("GET", "/api/desk/moves")

    found = {
        (one["move"], origin, one["to"]) for one in told["items"] for origin in one["from"] or [""]
    }
    assert found == machine.rows()


def test_the_documentation_shows_the_same_moves():
    """
    Its table has a row for each.
    """
    text = (Path(__file__).parents[2] / "docs" / "desk.md").read_text()
    rows = re.findall(r"^\| `(\w+)` \|([^|]*)\| `(\w+)` \|([^|]*)\|", text, re.MULTILINE)

    told = {(name, ", ".join(re.findall(r"`(\w+)`", origins)), to) for name, origins, to, _ in rows}
    assert told == {(one.name, ", ".join(one.origins), one.to) for one in machine.MOVES}


async def test_no_statement_moves_a_cliente_otherwise(
    postgres: Postgres, tenant: TenantId, ana: Agent
):
    """
    Whoever writes it, and whatever it was written for.
    """
    gone: set[tuple[str, str]] = set()
    for came_from, to in product(STATUSES, STATUSES):
        async with postgres.transaction() as tx:
            await tx.execute("alter table clientes disable trigger user")
            cliente: Any = await tx.value(FILL, tenant, came_from, ana.user)
            await tx.execute("alter table clientes enable trigger user")
            with suppress(asyncpg.CheckViolationError):
                async with tx.connection.transaction():
                    assert await tx.execute(GO, tenant, cliente, to, ana.user) == 1
                    gone.add((came_from, to))

    assert gone == {(one[1], one[2]) for one in machine.rows() if one[1]}


async def test_a_cliente_begins_as_new(postgres: Postgres, tenant: TenantId, ana: Agent):
    """
    None is made halfway.
    """
    made: list[str] = []
    for status in STATUSES:
        with suppress(asyncpg.CheckViolationError):
            async with postgres.transaction() as tx:
                await tx.value(FILL, tenant, status, ana.user)
                made.append(status)

    assert made == ["nuevo"]


async def test_history_is_only_added_to(postgres: Postgres, tenant: TenantId, gtr: Agent):
    """
    Not by the tenants' role, and not changed by the owner of the table either.
    """
    await gtr.enter()

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with postgres.of(tenant).transaction() as tx:
            await tx.execute("delete from desk_history")
    with pytest.raises(asyncpg.RaiseError):
        async with postgres.transaction() as tx:
            await tx.execute("update desk_history set why = 'x'")
