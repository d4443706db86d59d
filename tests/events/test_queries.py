"""The journal's queries keep their pace: nothing that is gone is looked at again."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from pista.events import queries
from pista.events.queries import Flush
from pista.ids import FlushId, uuid7
from pista.store.postgres import Postgres, Tx

DEAD = 200_000
LIVING = 400


class Explained(Tx):
    """Asks for the plan of each statement, run with its arguments, instead of its rows."""

    def __init__(self, connection: Any) -> None:
        super().__init__(connection)
        self.plan = ""
        self.touched = 0

    async def all(self, kind: type[Any], sql: str, *args: object) -> list[Any]:
        await self._explain(sql, args)
        return []

    async def execute(self, sql: str, *args: object) -> int:
        await self._explain(sql, args)
        return 1

    async def value(self, sql: str, *args: object) -> Any:
        await self._explain(sql, args)

    async def _explain(self, sql: str, args: tuple[object, ...]) -> None:
        rows = await self.connection.fetch(f"explain (analyze, buffers) {sql}", *args)
        plan = "\n".join(row[0] for row in rows)
        self.plan += plan
        # The first line that counts buffers stands at the top and counts them all.
        found = re.search(r"Buffers: shared([^\n]*)", plan)
        pages = re.findall(r"(?:hit|read)=(\d+)", found[1] if found else "")
        self.touched += sum(map(int, pages))


@pytest.fixture
async def worn(postgres: Postgres) -> Postgres:
    """A journal of one stream with very many dead rows, never vacuumed, and a few living ones."""
    async with postgres.transaction() as tx:
        await tx.execute("alter table journal set (autovacuum_enabled = false)")
        await tx.execute("insert into journal_streams (stream, last_seq) values (0, $1)", DEAD)
        await tx.execute(
            """
            insert into journal (stream, seq, received_at, events, size, body)
            select 0, n, now(), 1, 100, convert_to(repeat('x', 100), 'utf8')
            from generate_series(1, $1::int) n
            """,
            DEAD,
        )
    async with postgres.transaction() as tx:
        await tx.execute("delete from journal where seq <= $1", DEAD - LIVING)
    return postgres


async def test_the_mark_passes_over_what_is_gone(worn: Postgres):
    """
    A look at what waits reads some pages, not those of 200,000 dead rows.
    """
    async with worn.transaction() as tx:
        explained = Explained(tx.connection)
        await queries.waiting(explained, 0, DEAD - LIVING, DEAD, 2_000)

    assert "Seq Scan on journal" not in explained.plan
    assert explained.touched < 100, explained.plan


async def test_a_flush_touches_its_own_rows(worn: Postgres):
    """
    Reading the bodies and letting the rows go are by the primary key.
    """
    flush = Flush(
        id=FlushId(uuid7()),
        streams=[0],
        first_seqs=[DEAD - LIVING + 1],
        last_seqs=[DEAD],
        events=LIVING,
        started_at=datetime.now(UTC),
    )
    async with worn.transaction() as tx:
        explained = Explained(tx.connection)
        await queries.bodies(explained, flush)
        await queries.end_flush(explained, flush, datetime.now(UTC))

    assert not re.search(r"Seq Scan on journal( j)?\b(?!_)", explained.plan), explained.plan
    assert explained.touched < 6 * LIVING, explained.plan


async def test_a_large_and_nearly_empty_journal_is_not_read_from_end_to_end(worn: Postgres):
    """
    After an ANALYZE that found few rows on many pages the planner would.
    """
    async with worn.transaction() as tx:
        await tx.execute("analyze journal")
        await queries.prefer_indexes(tx.connection)
        explained = Explained(tx.connection)
        await queries.waiting(explained, 0, DEAD - LIVING, DEAD, 2_000)

    assert "Seq Scan on journal " not in explained.plan, explained.plan
    assert explained.touched < 100, explained.plan
