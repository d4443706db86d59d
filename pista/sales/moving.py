"""Moves sales: held, looked at, moved with their history, and told of, in one transaction.

What is true already is no move: the same said again, by whomever and however often, writes nothing.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from msgspec import structs

from pista.ids import TenantId, uuid7
from pista.sales import announcing, hooks, machine, queries
from pista.sales.hooks import SaleChanged
from pista.sales.machine import Move
from pista.sales.model import (
    ActorKind,
    ChargeId,
    RefundKind,
    SaleId,
    SaleMoveNotPossible,
    SaleNotFound,
    TooMuchRefunded,
)
from pista.sales.payments import charge_queries
from pista.sales.queries import Row
from pista.store.postgres import Tx


class Cause(NamedTuple):
    """Who moves it, and why."""

    actor: ActorKind
    now: datetime
    actor_id: UUID | None = None
    why: str | None = None
    evidence: Mapping[str, str] = {}


class Returned(NamedTuple):
    """Money that went back, or came again."""

    kind: RefundKind
    amount: int
    external_id: str | None = None
    charge: ChargeId | None = None
    at: datetime | None = None


async def hold(tx: Tx, tenant: TenantId, sale: SaleId) -> Row:
    """As it is; nobody else changes it until the transaction ends."""
    row = await queries.for_update(tx, tenant, sale)
    if row is None:
        raise SaleNotFound
    return row


async def made(tx: Tx, tenant: TenantId, row: Row, cause: Cause, *, waits: bool = True) -> None:
    """Write and tell that it was made. It never waited if it is told at once how it ended."""
    given = (machine.REPORT, None, row, row.amount_cents, cause)
    await _write(tx, tenant, row.id, *given, waits=waits)


async def pay(
    tx: Tx, tenant: TenantId, held: Row, cause: Cause, *, paid_at: datetime | None = None
) -> Row:
    """It is paid: once, whatever became of it later. Nothing else is to pay it then."""
    if held.status in machine.SETTLED:
        return held
    await charge_queries.close(tx, tenant, held.id, "canceled")
    at = min(paid_at or cause.now, cause.now)
    return await _move(tx, tenant, held, machine.PAY, cause, amount=held.amount_cents, paid_at=at)


async def end(tx: Tx, tenant: TenantId, held: Row, move: Move, cause: Cause) -> Row:
    """Canceled, refused or expired; it stays what it is if it is so already."""
    if held.status == move.to:
        return held
    if not machine.may(move, held.status):
        raise SaleMoveNotPossible(f"The sale is {held.status.replace('_', ' ')}.")
    if move is machine.CANCEL:
        await charge_queries.close(tx, tenant, held.id, "canceled")
    return await _move(tx, tenant, held, move, cause, amount=held.amount_cents)


async def give_back(tx: Tx, tenant: TenantId, held: Row, back: Returned, cause: Cause) -> Row:
    """A refund, a chargeback, or a chargeback that was taken back: each is a row of its own, and is
    noted once by its own id."""
    if back.external_id is not None and await queries.is_noted(
        tx, tenant, held.id, back.kind, back.external_id
    ):
        return held
    move, refunded = _after(held, back)
    await queries.add_refund(
        tx,
        tenant,
        uuid7(),
        held.id,
        back.charge,
        back.kind,
        back.amount,
        back.external_id,
        min(back.at or cause.now, cause.now),
    )
    return await _move(tx, tenant, held, move, cause, amount=back.amount, refunded=refunded)


def _after(held: Row, back: Returned) -> tuple[Move, int]:
    """How it moves, and how much is away then."""
    if held.status not in machine.SETTLED:
        raise SaleMoveNotPossible(f"The sale is {held.status}: nothing was paid.")
    if back.kind == "reversal":
        refunded = held.refunded_cents - back.amount
        if refunded < 0:
            raise TooMuchRefunded
        move = machine.to_reverse(refunded)
    else:
        refunded = held.refunded_cents + back.amount
        if refunded > held.amount_cents:
            raise TooMuchRefunded
        move = machine.to_give_back(held.amount_cents, refunded)
        if back.kind == "chargeback" and refunded == held.amount_cents:
            move = machine.CHARGE_BACK
    if not machine.may(move, held.status):
        raise SaleMoveNotPossible(f"The sale is {held.status.replace('_', ' ')}.")
    return move, refunded


async def _move(
    tx: Tx,
    tenant: TenantId,
    held: Row,
    move: Move,
    cause: Cause,
    *,
    amount: int,
    refunded: int | None = None,
    paid_at: datetime | None = None,
) -> Row:
    now = structs.replace(
        held,
        status=move.to,
        refunded_cents=held.refunded_cents if refunded is None else refunded,
        paid_at=paid_at or held.paid_at,
        version=held.version + 1,
    )
    if not await queries.move(
        tx,
        tenant,
        held.id,
        held.version,
        move.to,
        refunded=now.refunded_cents,
        paid_at=now.paid_at,
        now=cause.now,
    ):
        raise LookupError("a sale that is held was moved by somebody else")
    await _write(tx, tenant, held.id, move, held, now, amount, cause)
    return now


async def _write(
    tx: Tx,
    tenant: TenantId,
    sale: SaleId,
    move: Move,
    before: Row | None,
    after: Row,
    amount: int,
    cause: Cause,
    *,
    waits: bool = False,
) -> None:
    await queries.write_change(
        tx,
        tenant,
        sale,
        move.name,
        before.status if before else "",
        after.status,
        at=cause.now,
        amount=amount,
        actor=cause.actor,
        actor_id=cause.actor_id,
        why=cause.why,
        evidence=cause.evidence,
    )
    change = SaleChanged(
        sale_id=sale,
        from_status=before.status if before else None,
        to_status=after.status,
        amount_cents=amount,
        at=cause.now,
        version=after.version,
        waits=waits,
    )
    await hooks.tell(tx, tenant, change)
    await announcing.announce(tx, tenant, sale, after.status, cause.now)
