"""A shop told of a sale: the room that keeps sales says here that it hears of them.

It does so in the transaction that works the webhook off; the worker registers it.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import NamedTuple

from pista.crm.model import ReceivedId, SaleRead, SourceId
from pista.ids import TenantId
from pista.store.postgres import Tx


class Told(NamedTuple):
    source_id: SourceId
    received_id: ReceivedId
    read: SaleRead
    at: datetime
    """When it came."""
    shares_numbers: bool = False
    """Whether its orders have the numbers that the company itself names them by."""


class Heard(NamedTuple):
    """What became of it."""

    done: bool
    detail: str | None = None
    contact: str | None = None


Hear = Callable[[Tx, TenantId, Told], Awaitable[Heard]]

_hearing: list[Hear] = []


def register(hear: Hear) -> None:
    """From now on in this process; once is enough."""
    if hear not in _hearing:
        _hearing.append(hear)


def forget(hear: Hear) -> None:
    _hearing.remove(hear)


async def tell(tx: Tx, tenant: TenantId, told: Told) -> Heard:
    for hear in _hearing:
        return await hear(tx, tenant, told)
    raise LookupError("nobody hears of sales in this process")
