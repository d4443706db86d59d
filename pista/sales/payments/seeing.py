"""What a gateway has told, once it is proven, becomes what a charge and its sale are.

Amounts are compared before anything moves, and states of gateways only ever bring a sale further:
what is seen twice, late or in another order comes to the same.
"""

from datetime import datetime

from pista.ids import TenantId
from pista.sales import announcing, moving, reporting
from pista.sales.gateways.model import Seen, SeenStatus
from pista.sales.model import ChargeId, ChargeStatus
from pista.sales.moving import Cause, Returned
from pista.sales.payments import charge_queries as queries
from pista.sales.payments import looking
from pista.sales.payments.charge_queries import ChargeRow
from pista.sales.queries import Row
from pista.sales.reporting import Goal
from pista.store.postgres import Tx

OTHER_AMOUNT = "The gateway names another amount than was asked for: nothing was changed."
OTHER_CHARGE = "This Pix has paid another charge already: nothing was changed."
PAID: tuple[SeenStatus, ...] = ("paid", "refunded", "charged_back")
RANK: dict[ChargeStatus, int] = {
    "paid": 1,
    "partly_refunded": 2,
    "refunded": 3,
    "charged_back": 4,
}


async def hold(tx: Tx, tenant: TenantId, charge_id: ChargeId) -> tuple[Row, ChargeRow] | None:
    """The sale and then its charge, in the order in which everybody takes them."""
    found = await queries.charge(tx, tenant, charge_id)
    if found is None:
        return None
    sale = await moving.hold(tx, tenant, found.sale_id)
    await queries.lock(tx, tenant, charge_id)
    now = await queries.charge(tx, tenant, charge_id)
    return None if now is None else (sale, now)


async def see(tx: Tx, tenant: TenantId, charge_id: ChargeId, seen: Seen, now: datetime) -> str:
    """Bring charge and sale to what was seen; what became of it, as notices have it."""
    held = await hold(tx, tenant, charge_id)
    if held is None:
        return "not_ours"
    sale, charge = held
    if refusal := await _refusal(tx, tenant, charge, seen):
        await queries.note_look(tx, tenant, charge.id, refusal)
        await announcing.announce(tx, tenant, sale.id, sale.status, now)
        return refusal
    evidence = {"chargeId": str(charge.id), "gatewayId": seen.gateway_id}
    if seen.e2e:
        evidence["endToEndId"] = seen.e2e
    cause = Cause("gateway", now, charge.account_id, None, evidence)
    after = await _move(tx, tenant, sale, charge, seen, cause)
    await _settle(tx, tenant, charge, seen, now)
    await queries.note_look(tx, tenant, charge.id, None)
    status = _status(charge, seen)
    if status != charge.status and after.version == sale.version:
        await announcing.announce(tx, tenant, sale.id, after.status, now)
    return "done" if status != charge.status or after.version != sale.version else "nothing_new"


async def _refusal(tx: Tx, tenant: TenantId, charge: ChargeRow, seen: Seen) -> str | None:
    if seen.amount_cents != charge.amount_cents or seen.refunded_cents > charge.amount_cents:
        return OTHER_AMOUNT
    if seen.e2e and await queries.paid_with(tx, tenant, seen.e2e) not in (None, charge.id):
        return OTHER_CHARGE
    return None


async def _move(
    tx: Tx, tenant: TenantId, sale: Row, charge: ChargeRow, seen: Seen, cause: Cause
) -> Row:
    if seen.status == "open":
        return sale
    if seen.status not in PAID:
        # One way of paying has ended; the sale has not if there is another by now.
        others = await queries.of_sale(tx, tenant, sale.id)
        if any(one.status in ("creating", "open") for one in others if one.id != charge.id):
            return sale
    if seen.status == "paid" and charge.status == "charged_back":
        sale = await _reverse(tx, tenant, sale, charge, seen, cause)
    goal = Goal(_goal(seen.status), seen.refunded_cents or None, seen.paid_at, charge.id)
    return await reporting.reach(tx, tenant, sale, goal, cause)


async def _reverse(
    tx: Tx, tenant: TenantId, sale: Row, charge: ChargeRow, seen: Seen, cause: Cause
) -> Row:
    """The chargeback was decided for the shop: the money is there again."""
    amount = sale.refunded_cents - seen.refunded_cents
    if sale.status != "charged_back" or amount <= 0:
        return sale
    back = Returned("reversal", amount, charge=charge.id)
    return await moving.give_back(tx, tenant, sale, back, cause)


def _goal(status: SeenStatus) -> reporting.GoalStatus:
    match status:
        case "open":
            return "pending"
        case _:
            return status


async def _settle(tx: Tx, tenant: TenantId, charge: ChargeRow, seen: Seen, now: datetime) -> None:
    if seen.status == "open":
        if charge.status in ("creating", "unknown") and seen.brcode:
            await queries.opened(
                tx,
                tenant,
                charge.id,
                gateway_id=seen.gateway_id,
                brcode=seen.brcode,
                txid=None,
                expires_at=charge.expires_at,
                look_at=looking.first_look(now),
                now=now,
            )
        return
    await queries.settle(
        tx,
        tenant,
        charge.id,
        _status(charge, seen),
        gateway_id=seen.gateway_id,
        e2e=seen.e2e,
        paid_at=reporting.past(seen.paid_at, now) if seen.status in PAID else None,
        look_at=_next_look(charge, seen, now),
    )


def _next_look(charge: ChargeRow, seen: Seen, now: datetime) -> datetime | None:
    if seen.status in PAID:
        return looking.after_payment(charge.paid_at or now, now)
    return looking.next_look(charge.looks, charge.expires_at, now)


def _status(charge: ChargeRow, seen: Seen) -> ChargeStatus:
    """How the charge is then: a gateway's answer of a moment ago takes nothing back."""
    found = _seen_as(charge, seen)
    was = RANK.get(charge.status, 0)
    reversed_ = charge.status == "charged_back" and seen.status == "paid"
    return charge.status if RANK.get(found, 0) < was and not reversed_ else found


def _seen_as(charge: ChargeRow, seen: Seen) -> ChargeStatus:
    match seen.status:
        case "open":
            ready = charge.status in ("creating", "unknown") and seen.brcode
            return "open" if ready else charge.status
        case "paid" if 0 < seen.refunded_cents < charge.amount_cents:
            return "partly_refunded"
        case "paid" if seen.refunded_cents:
            return "refunded"
        case _:
            return seen.status
