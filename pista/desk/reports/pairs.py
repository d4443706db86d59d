"""A period and the one before it, asked for at the same time, each on a connection of its own."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from pista.desk.reports import queries
from pista.desk.reports.asking import Asked
from pista.events.periods import Range
from pista.store.postgres import Postgres, Tx

T = TypeVar("T")


async def both(
    postgres: Postgres, asked: Asked, find: Callable[[Tx, Range], Awaitable[T]]
) -> tuple[T, T]:
    async def one(period: Range) -> T:
        async with postgres.transaction() as tx:
            await queries.prepare(tx)
            return await find(tx, period)

    here, then = await asyncio.gather(one(asked.period), one(asked.earlier))
    return here, then


def share(part: int, whole: int) -> float | None:
    return round(part / whole, 6) if whole else None
