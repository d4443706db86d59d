"""What a gateway has told, once it is proven, becomes what a charge and its sale are.

Amounts are compared before anything moves, and states of gateways only ever bring a sale further:
what is seen twice, late or in another order comes to the same.
"""

from collections.abc import Sequence
from datetime import datetime

from msgspec import structs

from pista.ids import TenantId
from pista.sales import announcing, moving, reporting
from pista.sales import queries as sales
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
OTHER_PIX = "It was paid with another Pix already: this one came besides, and nothing was changed."
TWICE = "The sale was paid in another way already: this money came besides."
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


async def see(
    tx: Tx,
    tenant: TenantId,
    charge_id: ChargeId,
    seen: Seen,
    now: datetime,
    *,
    asked_at: datetime | None = None,
) -> str:
    """Bring charge and sale to what was seen; what became of it, as notices have it."""
    held = await hold(tx, tenant, charge_id)
    if held is None:
        return "not_ours"
    sale, charge = held
    if asked_at and charge.looked_at and asked_at < charge.looked_at:
        # Another answer is newer: what that took away is not brought back by this one.
        seen = structs.replace(seen, may_reverse=False)
    if refusal := await _refusal(tx, tenant, charge, seen):
        await queries.note_look(tx, tenant, charge.id, refusal)
        await announcing.announce(tx, tenant, sale.id, sale.status, now)
        return refusal
    evidence = {"chargeId": str(charge.id), "gatewayId": seen.gateway_id}
    if seen.e2e:
        evidence["endToEndId"] = seen.e2e
    cause = Cause("gateway", now, charge.account_id, None, evidence)
    others = [one for one in await queries.of_sale(tx, tenant, sale.id) if one.id != charge.id]
    after = await _move(tx, tenant, sale, charge, others, seen, cause)
    opened = await _settle(tx, tenant, charge, seen, now)
    besides = TWICE if _came_besides(charge, others, seen) else None
    await queries.note_look(tx, tenant, charge.id, besides)
    has_changed = opened or _status(charge, seen) != charge.status
    if has_changed and after.version == sale.version:
        await announcing.announce(tx, tenant, sale.id, after.status, now)
    return "done" if has_changed or after.version != sale.version else "nothing_new"


async def _refusal(tx: Tx, tenant: TenantId, charge: ChargeRow, seen: Seen) -> str | None:
    if seen.amount_cents != charge.amount_cents or seen.refunded_cents > charge.amount_cents:
        return OTHER_AMOUNT
    if seen.e2e and await queries.paid_with(tx, tenant, seen.e2e) not in (None, charge.id):
        return OTHER_CHARGE
    if seen.e2e and charge.e2e and seen.e2e != charge.e2e:
        return OTHER_PIX
    return None


def _came_besides(charge: ChargeRow, others: Sequence[ChargeRow], seen: Seen) -> bool:
    """Whether another had paid the sale before this one did."""
    return seen.status == "paid" and any(
        one.status == "paid" and (charge.paid_at is None or _paid_first(one, charge.paid_at))
        for one in others
    )


def _paid_first(one: ChargeRow, at: datetime) -> bool:
    return one.paid_at is not None and one.paid_at < at


async def _move(
    tx: Tx,
    tenant: TenantId,
    sale: Row,
    charge: ChargeRow,
    others: Sequence[ChargeRow],
    seen: Seen,
    cause: Cause,
) -> Row:
    if seen.status == "open":
        return sale
    if seen.status == charge.status == "charged_back":
        # Told before: what was won back since, as somebody here knows, is not taken by it again.
        return sale
    if seen.status not in PAID and any(one.status in ("creating", "open") for one in others):
        # One way of paying has ended; the sale has not, since there is another by now.
        return sale
    if _gives_back(seen) and any(one.status == "paid" for one in others):
        # Of what was paid twice, one went back: the sale is paid still.
        return sale
    if _is_reversal(charge, seen):
        sale = await _reverse(tx, tenant, sale, charge, cause)
    paid_at = _paid_at(charge, seen, cause.now)
    goal = Goal(_goal(seen.status), seen.refunded_cents or None, paid_at, charge.id)
    return await reporting.reach(tx, tenant, sale, goal, cause)


def _gives_back(seen: Seen) -> bool:
    return seen.status in ("refunded", "charged_back") or seen.refunded_cents > 0


def _is_reversal(charge: ChargeRow, seen: Seen) -> bool:
    return charge.status == "charged_back" and seen.status == "paid" and seen.may_reverse


def _paid_at(charge: ChargeRow, seen: Seen, now: datetime) -> datetime:
    """Some gateways say the day alone, and some a time that cannot be: nobody pays what is not made
    yet."""
    return min(max(seen.paid_at or now, charge.created_at), now)


async def _reverse(tx: Tx, tenant: TenantId, sale: Row, charge: ChargeRow, cause: Cause) -> Row:
    """The chargeback was decided for the shop: what it took is there again, and what was refunded
    before is not."""
    amount = await sales.charged_back(tx, tenant, sale.id)
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


async def _settle(tx: Tx, tenant: TenantId, charge: ChargeRow, seen: Seen, now: datetime) -> bool:
    """Whether it can be paid from now on."""
    if seen.status == "open":
        # One that is being made is opened, and sent into its chat, by whoever makes it.
        if charge.status == "unknown" and seen.brcode:
            return await queries.opened(
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
        return False
    await queries.settle(
        tx,
        tenant,
        charge.id,
        _status(charge, seen),
        gateway_id=seen.gateway_id,
        e2e=seen.e2e,
        paid_at=_paid_at(charge, seen, now) if seen.status in PAID else None,
        look_at=_next_look(charge, seen, now),
    )
    return False


def _next_look(charge: ChargeRow, seen: Seen, now: datetime) -> datetime | None:
    if seen.status in PAID:
        return looking.after_payment(charge.paid_at or now, now)
    return looking.next_look(charge.looks, charge.expires_at, now)


def _status(charge: ChargeRow, seen: Seen) -> ChargeStatus:
    """How the charge is then: a gateway's answer of a moment ago takes nothing back."""
    found = _seen_as(charge, seen)
    was = RANK.get(charge.status, 0)
    taken_back = RANK.get(found, 0) < was and not _is_reversal(charge, seen)
    return charge.status if taken_back else found


def _seen_as(charge: ChargeRow, seen: Seen) -> ChargeStatus:
    match seen.status:
        case "open":
            return charge.status
        case "paid" if 0 < seen.refunded_cents < charge.amount_cents:
            return "partly_refunded"
        case "paid" if seen.refunded_cents:
            return "refunded"
        case _:
            return seen.status
