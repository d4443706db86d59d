"""Sales that shops tell of by webhook, once their mapping has said what is what."""

from datetime import UTC, datetime

from pista.crm.told_sales import Heard, Told
from pista.errors import PistaError
from pista.ids import TenantId
from pista.sales import reporting
from pista.sales.model import Buyer, NewSale
from pista.sales.moving import Cause
from pista.sales.reporting import Teller
from pista.store.postgres import Tx


async def hear(tx: Tx, tenant: TenantId, told: Told) -> Heard:
    """The same order again is the same sale; why nothing was done is told the shop's admin."""
    evidence = {"webhook": str(told.received_id), "source": str(told.source_id)}
    cause = Cause("shop", datetime.now(UTC), told.source_id, None, evidence)
    teller = Teller("webhook", told.source_id, shares_numbers=told.shares_numbers)
    try:
        async with tx.connection.transaction():
            found = await reporting.report(tx, tenant, teller, _sale(told), cause)
    except PistaError as error:
        return Heard(False, error.detail)
    return Heard(True, None, found.sale.contact_id)


def _sale(told: Told) -> NewSale:
    """When it is worked off says nothing: it may wait, or be worked off again days later."""
    read = told.read
    assert read.amount_cents is not None
    assert read.currency is not None
    assert read.status is not None
    return NewSale(
        amount=read.amount_cents,
        currency=read.currency,
        status=read.status,
        refunded=read.refunded_cents or None,
        external_id=read.external_id,
        occurred_at=read.occurred_at or told.at,
        paid_at=told.at,
        description=read.description,
        visitor_id=read.visitor_id,
        click_token=read.click_token,
        buyer=Buyer(
            name=read.name,
            email=read.email,
            phone=read.phone,
            city=read.city,
            state=read.state,
            zip=read.zip,
            country=read.country,
        ),
    )
