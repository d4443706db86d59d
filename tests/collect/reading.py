"""What came of a batch: its outcomes, the lines that were kept, and what is committed of it."""

from typing import Any

import msgspec

from pista.collect import intake
from pista.collect.intake import Circumstances
from pista.collect.model import Answer
from pista.events import rows
from pista.store import frames
from pista.store.journal import Entry
from tests.collect.conftest import Served, circumstances

COLUMNS = [tuple(column.split()) for column in rows.STRUCTURE.split(",")]
HOUR = 3_600_000


def prepared(body: Any, how: Circumstances | None = None) -> Entry:
    content = body if isinstance(body, bytes) else msgspec.json.encode(body)
    return intake.prepare(intake.open_batch(content), how or circumstances())


def answer(entry: Entry) -> Answer:
    return msgspec.json.decode(entry.answer, type=Answer)


def outcomes(entry: Entry) -> list[tuple[int, str, str]]:
    return [(result.index, result.outcome, result.code) for result in answer(entry).results]


def lines(entry: Entry) -> list[dict[str, Any]]:
    """The kept events as ClickHouse will name their columns."""
    found = [msgspec.json.decode(line) for line in entry.body.splitlines()]
    return [dict(zip([name for name, _ in COLUMNS], line, strict=True)) for line in found]


async def journaled(served: Served) -> list[list[Any]]:
    """The lines that are committed, in the order of their coming."""
    async with served.house.postgres.transaction() as tx:
        rows = await tx.connection.fetch("select body from journal order by stream, seq")
    return [
        msgspec.json.decode(line)
        for row in rows
        for line in frames.unpack(row["body"]).splitlines()
    ]


async def counted(served: Served) -> list[int]:
    """Events received, kept, discarded and rejected so far."""
    async with served.house.postgres.transaction() as tx:
        row = await tx.connection.fetchrow(
            "select sum(received), sum(kept), sum(discarded), sum(rejected) from journal_streams"
        )
    assert row is not None
    return [int(number or 0) for number in row.values()]
