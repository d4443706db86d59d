"""A sale was made or changed: rooms above that do something about it say so here.

They do it in the same transaction, so that a paid sale and what follows of it are one thing; the
web process and the worker register them.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime

import msgspec

from pista.ids import TenantId
from pista.sales.model import SaleId, Status
from pista.store.postgres import Tx


class SaleChanged(msgspec.Struct, frozen=True, kw_only=True):
    """One change of one sale, told once."""

    sale_id: SaleId
    from_status: Status | None
    """None: it was made."""
    to_status: Status
    amount_cents: int
    """What moved: all of it, or what went back."""
    at: datetime
    version: int
    """Of the sale from then on: no two of its changes have the same."""
    waits: bool
    """Whether somebody is to pay it now: not what was heard of as paid, or refused, at once."""


Hear = Callable[[Tx, TenantId, SaleChanged], Awaitable[None]]

_hearing: list[Hear] = []


def register(hear: Hear) -> None:
    """From now on in this process; once is enough."""
    if hear not in _hearing:
        _hearing.append(hear)


def forget(hear: Hear) -> None:
    _hearing.remove(hear)


async def tell(tx: Tx, tenant: TenantId, change: SaleChanged) -> None:
    for hear in _hearing:
        await hear(tx, tenant, change)
