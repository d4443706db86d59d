"""The table of moves: the same in the code, the database and the documentation."""

import re
from itertools import product
from pathlib import Path
from typing import LiteralString

import asyncpg
import pytest

from pista.ids import TenantId, uuid7
from pista.sales import machine
from pista.sales.model import STATUSES
from pista.store.postgres import Postgres

FILL: LiteralString = """
insert into sales (
    tenant_id, id, source, status, amount_cents, refunded_cents, currency, occurred_at, created_at,
    paid_at, changed_at
)
values ($1, $2, 'api', $3, 100, $4, 'BRL', now(), now(), $5, now())
"""
GO: LiteralString = """
update sales set status = $3, refunded_cents = $4, paid_at = $5 where tenant_id = $1 and id = $2
"""
BACK = {"partly_refunded": 40, "refunded": 100, "charged_back": 100}


async def test_the_database_has_the_same_moves(postgres: Postgres):
    """
    What code decides by is what every statement is held to.
    """
    async with postgres.transaction() as tx:
        rows = await tx.connection.fetch("select move, from_status, to_status from sale_moves")

    assert {tuple(row) for row in rows} == machine.rows()


def test_the_documentation_shows_the_same_moves():
    """
    Its table has a row for each.
    """
    text = (Path(__file__).parents[2] / "docs" / "sales.md").read_text()
    rows = re.findall(r"^\| `(\w+)` \|([^|]*)\| `(\w+)` \|", text, re.MULTILINE)

    told = {(name, ", ".join(re.findall(r"`(\w+)`", origins)), to) for name, origins, to in rows}
    assert told == {(one.name, ", ".join(one.origins), one.to) for one in machine.MOVES}


async def test_no_statement_moves_a_sale_otherwise(postgres: Postgres, tenant: TenantId):
    """
    Whoever writes it, and whatever it was written for.
    """
    gone: set[tuple[str, str]] = set()

    async with postgres.transaction() as tx:
        now = await tx.value("select now()")
        # As a sale would be that was there before: the trigger looks at what is changed.
        for was, to in product(("", *STATUSES), STATUSES):
            sale = uuid7()
            values = (tenant, sale, to, BACK.get(to, 0), now if to in machine.SETTLED else None)
            try:
                async with tx.connection.transaction():
                    if was:
                        await tx.execute("alter table sales disable trigger sales_move")
                        paid = now if was in machine.SETTLED else None
                        await tx.execute(FILL, tenant, sale, was, BACK.get(was, 0), paid)
                        await tx.execute("alter table sales enable trigger sales_move")
                    await tx.execute(GO if was else FILL, *values)
                    gone.add((was, to))
            except asyncpg.CheckViolationError:
                continue

    stays = {(one, one) for one in STATUSES}
    assert gone - stays == {(origin, to) for _, origin, to in machine.rows()} - stays


async def test_history_is_only_added_to(postgres: Postgres, tenant: TenantId):
    """
    What somebody typed can be taken out, as it may name a person; nothing else changes, ever.
    """
    sale = uuid7()
    async with postgres.transaction() as tx:
        now = await tx.value("select now()")
        await tx.execute(FILL, tenant, sale, "pending", 0, None)
        await tx.execute(
            """
            insert into sale_changes (tenant_id, sale_id, move, from_status, to_status, at,
                amount_cents, actor_kind, why)
            values ($1, $2, 'report', '', 'pending', $3, 100, 'user', 'Ana said so')
            """,
            tenant,
            sale,
            now,
        )
        for change in ("to_status = 'paid'", "amount_cents = 1", "why = 'x'", "actor_kind = 'key'"):
            with pytest.raises(asyncpg.RaiseError):
                async with tx.connection.transaction():
                    await tx.connection.execute(f"update sale_changes set {change}")
        await tx.execute("update sale_changes set why = null where tenant_id = $1", tenant)

        with pytest.raises(asyncpg.CheckViolationError):
            await tx.execute("update sales set amount_cents = 99 where tenant_id = $1", tenant)
