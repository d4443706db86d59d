"""What people do to sales themselves: each with a line in the audit log."""

from datetime import datetime

from pista import currencies
from pista.accounts.audit import Action, Actor, record
from pista.ids import TenantId
from pista.sales import machine, money, moving, queries
from pista.sales.model import MarkPaid, RefundSale, SaleId, TooMuchRefunded
from pista.sales.moving import Cause, Returned
from pista.sales.payments import charge_queries
from pista.sales.queries import Row
from pista.sales.reporting import past
from pista.store.postgres import Tx

_SO_ALREADY = {False: machine.SETTLED, True: machine.KEPT}
"""Where nothing is left to go back, or to come again."""


async def note_made(tx: Tx, tenant: TenantId, sale: Row, by: Actor) -> None:
    await _note(tx, tenant, sale, by, Action.SALE_MADE, sale.amount_cents, sale.created_at)


async def pay(
    tx: Tx, tenant: TenantId, sale: SaleId, told: MarkPaid, cause: Cause, by: Actor
) -> None:
    held = await moving.hold(tx, tenant, sale)
    if held.status in machine.SETTLED:
        return
    # Most likely by the code that it waits for.
    await charge_queries.close(tx, tenant, sale, "paid")
    paid = await moving.pay(tx, tenant, held, cause, paid_at=past(told.paid_at, cause.now))
    await _note(tx, tenant, paid, by, Action.SALE_PAID, paid.amount_cents, cause.now)


async def cancel(tx: Tx, tenant: TenantId, sale: SaleId, cause: Cause, by: Actor) -> None:
    held = await moving.hold(tx, tenant, sale)
    if held.status == "canceled":
        return
    ended = await moving.end(tx, tenant, held, machine.CANCEL, cause)
    await _note(tx, tenant, ended, by, Action.SALE_CANCELED, ended.amount_cents, cause.now)


async def refund(
    tx: Tx, tenant: TenantId, sale: SaleId, told: RefundSale, cause: Cause, by: Actor
) -> None:
    held = await moving.hold(tx, tenant, sale)
    is_won = told.kind == "reversal"
    most = held.amount_cents - held.refunded_cents
    if is_won:
        most = await queries.charged_back(tx, tenant, sale)
    # All of it is away, or there again: noted once, whoever says so again.
    if told.amount is None and most == 0 and held.status in _SO_ALREADY[is_won]:
        return
    amount = told.amount or most
    if is_won and amount > most:
        raise TooMuchRefunded
    currencies.check(amount, held.currency)
    back = Returned(told.kind, max(amount, 1), told.external_id)
    after = await moving.give_back(tx, tenant, held, back, cause)
    if after.version != held.version:
        action = Action.SALE_WON_BACK if is_won else Action.SALE_REFUNDED
        await _note(tx, tenant, after, by, action, amount, cause.now)


async def _note(
    tx: Tx, tenant: TenantId, sale: Row, by: Actor, action: Action, amount: int, at: datetime
) -> None:
    # The log outlives whoever is erased, and a shop's number may be somebody's e-mail.
    details = {"amount": f"{money.text(amount)} {sale.currency}"}
    await record(
        tx, tenant, by, action, subject=sale.id, name=str(sale.id), now=at, details=details
    )
