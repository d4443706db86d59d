"""A company that has work to be done."""

from typing import Any

import msgspec
import pytest

from pista import accounts, queue
from pista.ids import TenantId
from pista.queue import DeadJob, rules, shift
from pista.store.postgres import Postgres
from tests.queue.working import Note, now


class Company:
    """A tenant that has work to be done."""

    def __init__(self, tenant: TenantId, pool: Postgres) -> None:
        self.tenant = tenant
        self._postgres = pool

    async def enqueue(self, *work: msgspec.Struct, **how: Any) -> None:
        for one in work:
            async with self._postgres.transaction() as tx:
                await queue.enqueue(tx, self.tenant, one, now=now(), **how)

    async def notes(self) -> list[str]:
        """What was done, in order."""
        async with self._postgres.transaction() as tx:
            rows = await tx.connection.fetch("select text from test_notes order by id")
        return [row["text"] for row in rows]

    async def has(self, *texts: str) -> bool:
        return await self.notes() == list(texts)

    async def by(self) -> set[int]:
        """The processes that did it."""
        async with self._postgres.transaction() as tx:
            rows = await tx.connection.fetch("select distinct pid from test_notes")
        return {row["pid"] for row in rows}

    async def begun(self) -> int:
        """How many attempts there were, also of what was rolled back."""
        async with self._postgres.transaction() as tx:
            return await tx.value(
                "select case when is_called then last_value else 0 end from test_begun"
            )

    async def left(self) -> int:
        async with self._postgres.transaction() as tx:
            return await tx.value("select count(*) from jobs where state <> 'dead'")

    async def dead(self) -> list[DeadJob]:
        async with self._postgres.transaction() as tx:
            return await queue.dead_jobs(tx, self.tenant)

    async def is_idle(self) -> bool:
        return await self.left() == 0


@pytest.fixture
async def company(postgres: Postgres) -> Company:
    async with postgres.transaction() as tx:
        await tx.execute(
            "create table test_notes (id bigint generated always as identity, text text, pid int)"
        )
        await tx.execute("create sequence test_begun")
        await tx.execute("grant all on test_notes, test_begun to public")
        tenant = await accounts.create_tenant(tx, "flores", now=now())
    return Company(tenant.id, postgres)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "FIRST_WAIT_SECONDS", 0.01)
    monkeypatch.setattr(rules, "LONGEST_WAIT_SECONDS", 0.05)
    monkeypatch.setattr(shift, "POLL_SECONDS", 0.05)


def numbered(count: int, **how: Any) -> list[Note]:
    return [Note(text=f"{n:03}", **how) for n in range(count)]
