"""Somebody made themselves heard who may want something: rooms that hear it say so here.

Whoever is registered does something about it, in the same transaction. Rooms beside each other do
not know each other: the worker registers the one that follows up.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Literal, NamedTuple

from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx

LeadSource = Literal["form", "whatsapp", "telegram", "crm"]


class Lead(NamedTuple):
    """Who, and where they were heard of."""

    contact_id: ContactId
    source: LeadSource
    campaign: str | None = None


Hear = Callable[[Tx, TenantId, Sequence[Lead]], Awaitable[None]]
HearAgain = Callable[[Tx, TenantId, LeadSource, Collection[ContactId]], Awaitable[None]]
"""Of people who were heard of before, many at once: most of them need nothing."""

_hearing: list[Hear] = []
_hearing_again: list[HearAgain] = []


def register(hear: Hear) -> None:
    """From now on in this process; once is enough."""
    if hear not in _hearing:
        _hearing.append(hear)


def register_again(hear: HearAgain) -> None:
    if hear not in _hearing_again:
        _hearing_again.append(hear)


def forget(hear: Hear) -> None:
    _hearing.remove(hear)


async def tell(tx: Tx, tenant: TenantId, leads: Sequence[Lead]) -> None:
    for hear in _hearing:
        await hear(tx, tenant, leads)


async def tell_again(
    tx: Tx, tenant: TenantId, source: LeadSource, contacts: Collection[ContactId]
) -> None:
    for hear in _hearing_again:
        await hear(tx, tenant, source, contacts)
