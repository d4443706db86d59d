"""Puts together all that is known of a conversion, in the moment in which it is first sent."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from pista import contacts, identity, sales
from pista.attribution import buyer, crediting
from pista.attribution.addresses import address
from pista.attribution.buyer import Buyer, Known
from pista.attribution.conversions.model import DeliveryRow
from pista.attribution.conversions.rules import GONE_BACK, PURCHASE
from pista.attribution.credit import Result
from pista.attribution.told import CORRECTS, Chat, EventName, Item, Told, Unfit
from pista.chat import known as chats
from pista.clicks import Click
from pista.contacts import ContactNotFound
from pista.ids import ContactId, TenantId, VisitorId
from pista.sales import SaleFacts, SaleId, SaleNotFound
from pista.store.postgres import Tx

GONE = Unfit("erased")
OPTED_OUT = Unfit("opted_out")


class _Of(NamedTuple):
    """Which conversion it is."""

    event_id: str
    name: EventName
    at: datetime
    chat: Chat | None
    moved: int | None


async def gather(tx: Tx, tenant: TenantId, row: DeliveryRow, *, now: datetime) -> Told | Unfit:
    """Credited anew, so that a click that became known since is among it."""
    of = _Of(row.event_id, row.name, row.event_time, row.chat, row.value_cents)
    try:
        if row.sale_id is not None:
            return await _of_sale(tx, tenant, of, row.sale_id, now)
        if row.contact_id is not None:
            return await _of_contact(tx, tenant, of, row.contact_id, now)
    except (SaleNotFound, ContactNotFound):
        return GONE
    return GONE


async def credited(tx: Tx, tenant: TenantId, sale: SaleFacts, *, now: datetime) -> Click | None:
    return (await crediting.credit_sale(tx, tenant, sale, now=now)).click


async def _of_sale(
    tx: Tx, tenant: TenantId, of: _Of, sale_id: SaleId, now: datetime
) -> Told | Unfit:
    sale = await sales.facts(tx, tenant, sale_id)
    if sale.consent.opt_out:
        return OPTED_OUT
    if of.name == PURCHASE and sale.status in GONE_BACK:
        return Unfit(sale.status)
    click = await credited(tx, tenant, sale, now=now)
    ids = _external_ids(sale.contact_id, sale.visitor_id or (click and click.visitor_id))
    home = await contacts.country(tx, tenant)
    return Told(
        event_id=of.event_id,
        name=of.name,
        at=of.at,
        order_id=sale.external_id or str(sale.id),
        ordered_at=sale.occurred_at,
        paid_at=sale.paid_at,
        value_cents=sale.amount_cents,
        currency=sale.currency,
        items=[Item(one.id, one.name, one.quantity, one.price_cents) for one in sale.items],
        known=_known(sale, home, now),
        external_ids=ids,
        buyer_name=sale.buyer.name or sale.contact_name,
        buyer_email=sale.buyer.email or sale.contact_email,
        buyer_phone=sale.buyer.phone or sale.contact_phone,
        click=click,
        chat=await _chat(tx, tenant, sale.channel_id),
        ip=address(sale.client_ip),
        user_agent=sale.client_user_agent,
        page_url=sale.page_url,
        limited=sale.consent.limited_data_use or _refused(click),
        test=sale.test,
        status=sale.status,
        corrects=f"purchase:{sale.id}" if of.name in CORRECTS else None,
        moved_cents=of.moved if of.name in CORRECTS else None,
        left_cents=sale.amount_cents - sale.refunded_cents,
    )


async def _of_contact(
    tx: Tx, tenant: TenantId, of: _Of, contact_id: ContactId, now: datetime
) -> Told:
    contact = await contacts.contact(tx, tenant, contact_id)
    persons = await chats.persons_of(tx, tenant, contact.id)
    spans = await identity.visitors_of(tx, tenant, contact.id)
    visitors = sorted({span.visitor_id for span in spans})
    found = await crediting.decide(tx, tenant, Result(at=of.at), contact.id, persons, visitors)
    home = await contacts.country(tx, tenant)
    told = Buyer(email=contact.email, phone=contact.phone, name=contact.name)
    return Told(
        event_id=of.event_id,
        name=of.name,
        at=of.at,
        order_id=of.event_id,
        ordered_at=of.at,
        paid_at=None,
        value_cents=None,
        currency=None,
        items=[],
        known=buyer.known(told, home, now.date()),
        external_ids=_external_ids(contact.id, found.click and found.click.visitor_id),
        buyer_name=contact.name,
        buyer_email=contact.email,
        buyer_phone=contact.phone,
        click=found.click,
        chat=of.chat,
        ip=None,
        user_agent=None,
        page_url=None,
        limited=_refused(found.click),
        test=False,
    )


def _refused(click: Click | None) -> bool:
    """Whether the browser asked not to be followed."""
    return click is not None and click.refused


def _known(sale: SaleFacts, home: str | None, now: datetime) -> Known:
    """What the shop told of its buyer, and what is known of the contact where it told nothing."""
    told = sale.buyer
    return buyer.known(
        Buyer(
            email=told.email or sale.contact_email,
            phone=told.phone or sale.contact_phone,
            name=told.name or sale.contact_name,
            city=told.city,
            state=told.state,
            zip=told.zip,
            country=told.country,
            birth=told.birth,
            gender=told.gender,
        ),
        home,
        now.date(),
    )


def _external_ids(contact: ContactId | None, visitor: VisitorId | None) -> list[str]:
    return [str(one) for one in (contact, visitor) if one]


async def _chat(tx: Tx, tenant: TenantId, channel: UUID | None) -> Chat | None:
    return None if channel is None else await chats.platform_of(tx, tenant, channel)
