"""Asks for a Pix: its sale, its charge, and what makes its code, in one transaction."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from pista.chat.inbox.model import Conversation
from pista.ids import TenantId, uuid7
from pista.sales import brcode, moving, reporting
from pista.sales.brcode import BadBrCode
from pista.sales.gateways.all import ASKED
from pista.sales.model import AccountId, ChargeId, NewSale, SaleChat, SaleId, Status
from pista.sales.moving import Cause
from pista.sales.payments import accounts, work
from pista.sales.payments import charge_queries as queries
from pista.sales.payments.account_queries import AccountRow
from pista.sales.payments.charge_queries import ChargeRow
from pista.sales.payments.model import BadPix, ChatPix, NewPix, NotPayable
from pista.sales.queries import Row
from pista.sales.reporting import Teller
from pista.store.postgres import Tx

IN_REAIS = "BRL"
PAYABLE: tuple[Status, ...] = ("pending", "expired", "refused")


async def ask(
    tx: Tx,
    tenant: TenantId,
    asked: NewPix,
    key: str | None,
    cause: Cause,
    conversation: UUID | None = None,
) -> tuple[ChargeId, bool]:
    """The charge, and whether it was there before: a sale is paid in one way at a time. One that no
    conversation has seen yet is new to this one."""
    account = await accounts.to_pay_by(tx, tenant, asked.account_id)
    sale = await _sale(tx, tenant, asked, key, cause)
    charges = await queries.of_sale(tx, tenant, sale.id)
    for one in charges:
        if one.status in ("creating", "open"):
            told = conversation is None or one.conversation_id is not None
            if conversation is not None and not told:
                await queries.tell_in(tx, tenant, one.id, conversation)
            return one.id, told
    if sale.status not in PAYABLE or sale.currency != IN_REAIS:
        if key is not None and sale.idempotency_key == key and charges:
            # Whoever asks again, not having heard, hears what became of it.
            return charges[0].id, True
        raise NotPayable
    charge = _charge(tenant, account, sale, asked, cause, conversation)
    if not await queries.add(tx, charge):
        raise LookupError("a sale that is held was charged by somebody else")
    if account.gateway in ASKED:
        await work.create(tx, tenant, charge.id, cause.now)
    return charge.id, False


async def _sale(tx: Tx, tenant: TenantId, asked: NewPix, key: str | None, cause: Cause) -> Row:
    if asked.sale_id is not None:
        if asked.amount is not None:
            raise BadPix("amount: leave it out; the sale has one.")
        return await moving.hold(tx, tenant, SaleId(asked.sale_id))
    if asked.amount is None:
        raise BadPix("amount, or saleId: one of them is needed.")
    told = NewSale(
        amount=asked.amount,
        currency=IN_REAIS,
        external_id=asked.external_id,
        description=asked.description,
        contact_id=asked.contact_id,
        visitor_id=asked.visitor_id,
        click_token=asked.token,
        chat=asked.chat,
        buyer=asked.buyer,
        items=asked.items,
        client_ip=asked.client_ip,
        client_user_agent=asked.client_user_agent,
        page_url=asked.page_url,
        consent=asked.consent,
        test=asked.test,
    )
    reported = await reporting.report(tx, tenant, Teller("pix", None, key), told, cause)
    return await moving.hold(tx, tenant, reported.sale.id)


def _charge(
    tenant: TenantId,
    account: AccountRow,
    sale: Row,
    asked: NewPix,
    cause: Cause,
    conversation: UUID | None,
) -> ChargeRow:
    number = ChargeId(uuid7())
    is_asked = account.gateway in ASKED
    txid = None if is_asked else txid_of(number)
    return ChargeRow(
        tenant_id=tenant,
        id=number,
        account_id=AccountId(account.id),
        gateway=account.gateway,
        sale_id=sale.id,
        gateway_id=None,
        txid=txid,
        brcode=None if txid is None else _code(account, sale, txid),
        amount_cents=sale.amount_cents,
        description=asked.description or sale.description,
        status="creating" if is_asked else "open",
        token=secrets.token_urlsafe(24),
        e2e=None,
        conversation_id=conversation,
        created_by=cause.actor_id if cause.actor == "user" else None,
        created_at=cause.now,
        expires_at=_ends(cause.now, asked),
        paid_at=None,
        looked_at=None,
        looks=0,
        error=None,
    )


def of_talk(asked: ChatPix, talk: Conversation) -> NewPix:
    """Whoever writes in it is asked."""
    if talk.person is None:
        raise BadPix("A group cannot be asked: nobody would know who paid.")
    return NewPix(
        amount=asked.amount,
        external_id=asked.external_id,
        description=asked.description,
        expires_in=asked.expires_in,
        account_id=asked.account_id,
        chat=SaleChat(channel_id=talk.channel.id, person_id=talk.person.id),
    )


def _ends(now: datetime, asked: NewPix) -> datetime:
    return now + timedelta(seconds=asked.expires_in)


def txid_of(charge: ChargeId) -> str:
    """25 letters and digits, as a static code has room for, that tell nothing and never repeat."""
    return f"{charge.int:032x}"[7:]


def _code(account: AccountRow, sale: Row, txid: str) -> str:
    terms = account.settings
    code = brcode.BrCode(
        key=terms.pix_key,
        name=terms.merchant_name or account.name,
        city=terms.city or "",
        amount_cents=sale.amount_cents,
        txid=txid,
    )
    try:
        return brcode.encode(code)
    except BadBrCode as error:
        raise BadPix(f"No code can be made of it: {error}") from None
