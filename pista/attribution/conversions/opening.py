"""Opens conversions in the transaction of their cause: both are there, or neither is."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from pista import queue, sales
from pista.attribution import crediting
from pista.attribution.conversions import queries
from pista.attribution.conversions.model import (
    ConversionRow,
    Deliver,
    DestinationId,
    DestinationRow,
    EventId,
)
from pista.attribution.conversions.rules import (
    GONE_BACK,
    NO_SUCH_EVENT,
    TOO_SOON,
    correctable_at,
)
from pista.attribution.destinations import queries as destinations
from pista.attribution.platforms import PLATFORMS
from pista.attribution.told import CORRECTS, EventName, chosen_as
from pista.contacts.leads import Lead
from pista.ids import TenantId
from pista.sales import SaleChanged, SaleFacts, SaleId, Status
from pista.store.postgres import Tx

NOT_PAID = ("canceled", "refused", "expired")
_AFTERWARDS: Mapping[Status, tuple[EventName, str]] = {
    "refused": ("Refused", "refused"),
    "partly_refunded": ("PartialRefund", "refund_part"),
    "refunded": ("Refund", "refund"),
    "charged_back": ("Chargeback", "chargeback"),
}


def job_key(event: EventId, name: EventName, destination: DestinationRow) -> str:
    """Purchases go singly and beside each other; of all else what waits goes along together. Where
    what is told takes the place of what was told, a sale's go one after the other."""
    what = event if name == "Purchase" else "together"
    if PLATFORMS[destination.kind].in_order:
        what = event.split(":")[1]
    return f"conversion:{destination.id}:{what}"


async def hear_sale(tx: Tx, tenant: TenantId, change: SaleChanged) -> None:
    """What a sale's change means for who is told of it."""
    before, now = change.from_status, change.to_status
    if now == "paid" and before in (None, "pending", *NOT_PAID):
        sale = await sales.facts(tx, tenant, change.sale_id)
        await _open_sale(tx, tenant, sale, "Purchase", f"purchase:{sale.id}", change.at)
    elif now == "pending" and change.waits:
        sale = await sales.facts(tx, tenant, change.sale_id)
        await _open_sale(tx, tenant, sale, "InitiateCheckout", f"checkout:{sale.id}", change.at)
    elif before == "charged_back":
        await _tell_after_all(tx, tenant, change, before)
        await _tell_afterwards(tx, tenant, change, "Reversal", "reversal")
    elif now in _AFTERWARDS:
        if now in GONE_BACK:
            await queries.cancel_of_sale(tx, tenant, change.sale_id, ["Purchase"], now)
        await _tell_afterwards(tx, tenant, change, *_AFTERWARDS[now])


async def hear_lead(tx: Tx, tenant: TenantId, leads: Sequence[Lead]) -> None:
    """Somebody made themselves heard: told once of each contact."""
    told = await destinations.told_of(tx, tenant, "Lead")
    if not told:
        return
    now = await tx.value("select now()")
    for lead in leads:
        row = ConversionRow(
            event_id=EventId(f"lead:{lead.contact_id}"),
            name="Lead",
            sale_id=None,
            contact_id=lead.contact_id,
            event_time=now,
            value_cents=None,
            currency=None,
            created_at=now,
            chat=lead.source if lead.source in ("whatsapp", "telegram") else None,
        )
        if await queries.add(tx, tenant, row):
            for destination in told:
                await deliver(tx, tenant, row, destination, credited=False, now=now)


async def _open_sale(
    tx: Tx, tenant: TenantId, sale: SaleFacts, name: EventName, event: str, now: datetime
) -> None:
    """Credited at once, so that reports know of it; held back for a while if no click is known."""
    found = await crediting.credit_sale(tx, tenant, sale, now=now)
    told = await destinations.told_of(tx, tenant, name)
    row = ConversionRow(
        event_id=EventId(event),
        name=name,
        sale_id=sale.id,
        contact_id=sale.contact_id,
        event_time=sale.paid_at or now if name == "Purchase" else sale.occurred_at,
        value_cents=sale.amount_cents,
        currency=sale.currency,
        created_at=now,
        test=sale.test,
    )
    # A purchase is kept for destinations that are yet to come; of the rest there is no need.
    if (told or name == "Purchase") and await queries.add(tx, tenant, row):
        for destination in told:
            await deliver(tx, tenant, row, destination, credited=bool(found.click), now=now)


async def _tell_afterwards(
    tx: Tx, tenant: TenantId, change: SaleChanged, name: EventName, kind: str
) -> None:
    """What became of a sale, for those who follow it. Which click it is of was said before."""
    wanted = await destinations.told_of(tx, tenant, chosen_as(name))
    told = [one for one in wanted if name in PLATFORMS[one.kind].names]
    deaf = await _deaf(tx, tenant, change.sale_id, name)
    if not told and not deaf:
        return
    sale = await sales.facts(tx, tenant, change.sale_id)
    row = ConversionRow(
        # A sale may be charged back again after it was won back.
        event_id=EventId(f"{kind}:{sale.id}:{change.version}"),
        name=name,
        sale_id=sale.id,
        contact_id=sale.contact_id,
        event_time=change.at,
        value_cents=change.amount_cents,
        currency=sale.currency,
        created_at=change.at,
        test=sale.test,
    )
    if not await queries.add(tx, tenant, row):
        return
    for destination in told:
        sent_at = await queries.purchase_sent_at(tx, tenant, sale.id, destination.id)
        at = correctable_at(name, PLATFORMS[destination.kind], sent_at, change.at)
        await deliver(tx, tenant, row, destination, credited=True, now=change.at, not_before=at)
    for place in deaf:
        given = (tx, tenant, row, place)
        await queries.add_delivery(*given, state="skipped", why=NO_SUCH_EVENT, now=change.at)


async def _deaf(tx: Tx, tenant: TenantId, sale: SaleId, name: EventName) -> list[DestinationId]:
    """Who was told what is not true any more, and has no way to hear of it: the log says so."""
    if name not in CORRECTS:
        return []
    there = await queries.told_there(tx, tenant, sale, CORRECTS[name])
    return [place for place, kind in there if name not in PLATFORMS[kind].names]


async def _tell_after_all(tx: Tx, tenant: TenantId, change: SaleChanged, why: str) -> None:
    """The money is there again before anybody was told that it ever was."""
    back = await queries.uncancel_of_sale(tx, tenant, change.sale_id, why, change.at)
    for event, destination in back:
        row = await destinations.one(tx, tenant, destination)
        if row is not None:
            await begin(tx, tenant, event, "Purchase", row, now=change.at)


async def deliver(
    tx: Tx,
    tenant: TenantId,
    row: ConversionRow,
    destination: DestinationRow,
    *,
    credited: bool,
    now: datetime,
    not_before: datetime | None = None,
) -> bool:
    """Have one destination told of it; False if it is to be told already."""
    grace = timedelta(minutes=destination.grace_minutes)
    # Of what waits together, one that is held would hold up all others.
    held = not credited and grace > timedelta(0) and row.name == "Purchase"
    added = await queries.add_delivery(
        tx,
        tenant,
        row,
        destination.id,
        state="held" if held else "ready",
        why=TOO_SOON if not_before else None,
        grace_until=now + grace if held else None,
        next_at=not_before or now,
        now=now,
    )
    if added:
        await begin(tx, tenant, row.event_id, row.name, destination, now=now)
    return added


async def begin(
    tx: Tx,
    tenant: TenantId,
    event: EventId,
    name: EventName,
    destination: DestinationRow,
    *,
    now: datetime,
) -> None:
    """Have it looked at by a worker. One job too many finds nothing to do."""
    work = Deliver(event_id=event, destination_id=destination.id)
    key = job_key(event, name, destination)
    await queue.enqueue(tx, tenant, work, now=now, key=key)
