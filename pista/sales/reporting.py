"""Takes in what somebody tells of a sale: a shop again and again, one of our people, or a gateway.

What is told may come twice, late, and in any order. So it says how far the sale has come, and the
sale goes there if it is not further already.
"""

import hashlib
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

import msgspec

from pista import contacts, currencies
from pista.chat import known as chats
from pista.contacts import BadContact, ContactNotFound, FoundContact
from pista.errors import Invalid
from pista.ids import ContactId, TenantId, VisitorId, uuid7
from pista.sales import machine, moving, numbering, queries
from pista.sales.model import (
    ChargeId,
    NewSale,
    PersonNotFound,
    Reached,
    SaleDiffers,
    SaleId,
    SaleKeyReused,
    SaleSource,
    TooMuchRefunded,
)
from pista.sales.moving import Cause, Returned
from pista.sales.numbering import COMPANY, Numbered
from pista.sales.queries import Row
from pista.store.postgres import Tx

FIRST_YEAR = 2000


class Reported(NamedTuple):
    sale: Row
    known: bool
    """Whether it was there before."""


class Teller(NamedTuple):
    """Through what it is told."""

    source: SaleSource
    source_id: UUID | None = None
    key: str | None = None
    """The caller's `Idempotency-Key`."""
    shares_numbers: bool = False
    """Of a shop: whether its orders have the numbers that the company itself names them by."""

    @property
    def names(self) -> list[UUID]:
        """In whose lists its numbers stand, its own first."""
        own = [self.source_id or COMPANY]
        return [*own, COMPANY] if self.source_id and self.shares_numbers else own


GoalStatus = Reached | Literal["expired"]


class Goal(NamedTuple):
    """How far a sale has come, as somebody tells who knows."""

    status: GoalStatus
    refunded: int | None = None
    """All that went back so far."""
    paid_at: datetime | None = None
    charge: ChargeId | None = None


async def report(tx: Tx, tenant: TenantId, teller: Teller, told: NewSale, cause: Cause) -> Reported:
    """Make the sale, or have the one that it is come as far as this says."""
    currencies.check(told.amount, told.currency)
    currencies.check(told.refunded or 0, told.currency)
    if told.refunded is not None and told.refunded > told.amount:
        raise TooMuchRefunded
    asked = hashlib.sha256(msgspec.json.encode(told, order="sorted")).digest()
    of_number = await _of_number(tx, tenant, told)
    same = numbering.same_order(of_number, teller.names)
    row = await _new(tx, tenant, teller, told, asked, cause.now)
    if same is None and await queries.add(tx, tenant, row):
        held = await moving.hold(tx, tenant, row.id)
        await moving.made(tx, tenant, held, cause, waits=told.status == "pending")
        known = False
    else:
        held, known = await _found(tx, tenant, teller, told, asked, same), True
        if same is not None and held.id == same.id:
            await queries.name(tx, tenant, held.id, numbering.unnamed(of_number, teller.names))
        await queries.complete(tx, tenant, held.id, row)
    status = told.status
    if known and status == "charged_back" and await queries.was_won_back(tx, tenant, held.id):
        # Shops say how an order is: this one's chargeback was known, and has been decided since.
        status = "paid"
    goal = Goal(status, told.refunded, told.paid_at)
    reached = await reach(tx, tenant, held, goal, cause)
    return Reported(reached, known)


async def reach(tx: Tx, tenant: TenantId, held: Row, goal: Goal, cause: Cause) -> Row:
    """As far as is told, and never back."""
    match goal.status:
        case "paid" | "refunded" | "charged_back":
            paid_at = past(goal.paid_at, cause.now)
            held = await moving.pay(tx, tenant, held, cause, paid_at=paid_at)
        case "canceled" if machine.may(machine.CANCEL, held.status):
            return await moving.end(tx, tenant, held, machine.CANCEL, cause)
        case "refused" if machine.may(machine.REFUSE, held.status):
            return await moving.end(tx, tenant, held, machine.REFUSE, cause)
        case "expired" if machine.may(machine.EXPIRE, held.status):
            return await moving.end(tx, tenant, held, machine.EXPIRE, cause)
        case _:
            return held
    kind, gone = "refund", goal.refunded or (0 if goal.status == "paid" else held.amount_cents)
    if goal.status == "charged_back":
        kind, gone = "chargeback", held.amount_cents
    missing = min(gone, held.amount_cents) - held.refunded_cents
    if missing <= 0:
        return held
    back = Returned(kind, missing, charge=goal.charge)
    return await moving.give_back(tx, tenant, held, back, cause)


async def _found(
    tx: Tx, tenant: TenantId, teller: Teller, told: NewSale, asked: bytes, same: Numbered | None
) -> Row:
    """The one that was there; refused if it is another sale than is told."""
    if teller.key is not None and (by_key := await queries.by_key(tx, tenant, teller.key)):
        held = await moving.hold(tx, tenant, by_key)
        if held.asked != asked:
            raise SaleKeyReused
        return held
    assert same is not None
    held = await moving.hold(tx, tenant, SaleId(same.id))
    if (held.amount_cents, held.currency) != (told.amount, told.currency):
        raise SaleDiffers
    return held


async def _of_number(tx: Tx, tenant: TenantId, told: NewSale) -> list[Numbered]:
    """Those that anybody names so; until the transaction ends nobody else makes one."""
    if told.external_id is None:
        return []
    await queries.lock_number(tx, tenant, told.external_id)
    return await queries.of_number(tx, tenant, told.external_id)


async def _new(
    tx: Tx, tenant: TenantId, teller: Teller, told: NewSale, asked: bytes, now: datetime
) -> Row:
    person = await _person(tx, tenant, told)
    return Row(
        id=SaleId(uuid7()),
        contact_id=await _contact(tx, tenant, told, person, now),
        person_id=person,
        channel_id=told.chat.channel_id if told.chat else None,
        visitor_id=VisitorId(told.visitor_id) if told.visitor_id else None,
        click_token=told.click_token,
        source=teller.source,
        source_id=teller.source_id,
        external_id=told.external_id,
        named_by=teller.names if told.external_id else [],
        idempotency_key=teller.key,
        asked=asked if teller.key else None,
        amount_cents=told.amount,
        currency=told.currency,
        description=told.description,
        items=told.items,
        buyer=told.buyer,
        client_ip=told.client_ip,
        client_user_agent=told.client_user_agent,
        page_url=told.page_url,
        consent=told.consent,
        test=told.test,
        occurred_at=past(told.occurred_at or told.paid_at, now),
        created_at=now,
    )


async def _person(tx: Tx, tenant: TenantId, told: NewSale) -> UUID | None:
    if told.chat is None:
        return None
    named = told.chat.person_id or told.chat.external_id
    found = named and await chats.person_by(tx, tenant, told.chat.channel_id, named)
    if not found:
        raise PersonNotFound
    return found


async def _contact(
    tx: Tx, tenant: TenantId, told: NewSale, person: UUID | None, now: datetime
) -> ContactId | None:
    """Who is named, or is known by what the shop says of its buyer; else whoever is in the chat."""
    if told.contact_id is not None:
        contact = ContactId(told.contact_id)
        if await contacts.root_of(tx, tenant, contact) is None:
            raise ContactNotFound
        return contact
    buyer = told.buyer
    if not told.test and (buyer.email or buyer.phone):
        found = FoundContact(
            source="sale", trusted=True, name=buyer.name, email=buyer.email, phone=buyer.phone
        )
        if (known := await _upserted(tx, tenant, found, now)) is not None:
            return known
    return await chats.contact_of(tx, tenant, person) if person else None


async def _upserted(
    tx: Tx, tenant: TenantId, found: FoundContact, now: datetime
) -> ContactId | None:
    try:
        return (await contacts.upsert(tx, tenant, found, now=now)).contact_id
    except BadContact:
        # Neither is what it says to be: the sale counts all the same.
        return None


def past(at: datetime | None, now: datetime) -> datetime:
    """When it was, as a shop says whose clock may be ahead of ours."""
    if at is None:
        return now
    if at.year < FIRST_YEAR:
        raise Invalid("occurredAt, paidAt: this is too long ago.")
    return min(at, now)
