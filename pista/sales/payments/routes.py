"""Payments over HTTP: accounts, for admins; and a Pix, for whoever sells."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Annotated, Any, cast
from uuid import UUID

from litestar import Request as HttpRequest
from litestar import Response, delete, get, patch, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from pista import accounts as people
from pista.accounts import NOT_JSON, REFUSALS, Caller, Role, Scope, refused
from pista.accounts.answers import actor
from pista.chat import inbox
from pista.chat.inbox import listing
from pista.chat.model import ConversationId
from pista.ids import TenantId
from pista.sales.gateways import Gateways
from pista.sales.model import AccountId, ChargeId
from pista.sales.payments import (
    account_queries,
    accounts,
    charging,
    chatting,
    notice_queries,
    pictures,
)
from pista.sales.payments import charge_queries as charges
from pista.sales.payments.charge_queries import ChargeRow
from pista.sales.payments.model import (
    ChangePaymentAccount,
    ChargeNotFound,
    ChatCharges,
    ChatPix,
    Checked,
    NewPaymentAccount,
    NewPix,
    PaymentAccount,
    PaymentAccounts,
    PaymentNotices,
    Pix,
)
from pista.sales.payments.showing import shown
from pista.sales.payments.waiting import Payers, news
from pista.sales.routes import IdempotencyKey, cause_of
from pista.settings import Settings
from pista.store.postgres import Postgres
from pista.store.secrets import Sealer

Incoming = HttpRequest[Any, Any, State]

TAGS = ["Sales"]
ACCOUNT = "/api/payments/accounts/{account_id:uuid}"
TALK = "/api/chat/conversations/{conversation_id:uuid}"
NO_ACCOUNT = {404: refused("`payment_account_not_found`: no such account in this company.")}
NO_CHARGE = {404: refused("`charge_not_found`: no such charge in this company.")}
BAD_TERMS = {422: refused("`bad_payment_account`, or `invalid`: the detail names the field.")}
MOST_SHOWN = 100
MOST_IN_CHAT = 20
Wait = Annotated[
    float,
    QueryParameter(
        name="wait",
        ge=0,
        le=20,
        description="How many seconds a gateway may take before this answers without a code.",
    ),
]


def sealer_of(state: State) -> Sealer:
    return cast("Sealer", state.sealer)


@get(
    "/api/payments/accounts",
    opt=people.may(Role.ADMIN),
    tags=TAGS,
    summary="Where payments are taken",
    responses=REFUSALS,
)
async def list_accounts(
    state: State,
    settings: NamedDependency[Settings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> PaymentAccounts:
    """The oldest first."""
    async with postgres.transaction() as tx:
        rows = await account_queries.accounts(tx, caller.tenant_id)
    sealer = sealer_of(state)
    return PaymentAccounts(
        items=[accounts.shown(row, accounts.opened(sealer, row), settings.url) for row in rows]
    )


@post(
    "/api/payments/accounts",
    opt=people.may(Role.ADMIN),
    tags=TAGS,
    summary="Take payments by a key or a gateway",
    responses={
        **NOT_JSON,
        **REFUSALS,
        409: refused("`too_many_payment_accounts`: there are 20 already."),
        **BAD_TERMS,
    },
)
async def add_account(
    data: JSONBody[NewPaymentAccount],
    request: Incoming,
    state: State,
    settings: NamedDependency[Settings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> PaymentAccount:
    """The first one is preferred. What is secret of it is sealed, and never shown again."""
    by, now = actor(request, caller), datetime.now(UTC)
    async with postgres.transaction() as tx:
        return await accounts.add(
            tx, caller.tenant_id, data, sealer_of(state), by, settings.url, now=now
        )


@patch(
    ACCOUNT,
    opt=people.may(Role.ADMIN),
    tags=TAGS,
    summary="Change a payment account, or switch it off",
    responses={**NOT_JSON, **REFUSALS, **NO_ACCOUNT, **BAD_TERMS},
)
async def change_account(
    account_id: FromPath[UUID],
    data: JSONBody[ChangePaymentAccount],
    request: Incoming,
    state: State,
    settings: NamedDependency[Settings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> PaymentAccount:
    """What is left out stays. Switched off it takes no new payment, and hears of the old ones."""
    by, now = actor(request, caller), datetime.now(UTC)
    account, sealer = AccountId(account_id), sealer_of(state)
    async with postgres.transaction() as tx:
        return await accounts.change(
            tx, caller.tenant_id, account, data, sealer, by, settings.url, now=now
        )


@post(
    f"{ACCOUNT}/address",
    status_code=200,
    opt=people.may(Role.ADMIN),
    tags=TAGS,
    summary="Make a new address for a gateway's notifications",
    responses={**REFUSALS, **NO_ACCOUNT},
)
async def new_address(
    account_id: FromPath[UUID],
    request: Incoming,
    state: State,
    settings: NamedDependency[Settings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> PaymentAccount:
    """The old one leads nowhere any more: enter the new one at the gateway."""
    by, now = actor(request, caller), datetime.now(UTC)
    account, sealer = AccountId(account_id), sealer_of(state)
    async with postgres.transaction() as tx:
        return await accounts.new_address(
            tx, caller.tenant_id, account, sealer, by, settings.url, now=now
        )


@delete(
    ACCOUNT,
    opt=people.may(Role.ADMIN),
    tags=TAGS,
    summary="Delete a payment account",
    responses={**REFUSALS, **NO_ACCOUNT},
)
async def delete_account(
    account_id: FromPath[UUID],
    request: Incoming,
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> None:
    """What was asked for by it stays, and can still be paid."""
    by, now = actor(request, caller), datetime.now(UTC)
    async with postgres.transaction() as tx:
        await accounts.delete(tx, caller.tenant_id, AccountId(account_id), by, now=now)


@post(
    f"{ACCOUNT}/check",
    status_code=200,
    opt=people.may(Role.ADMIN),
    tags=TAGS,
    summary="Try whether a gateway knows an account",
    responses={**REFUSALS, **NO_ACCOUNT},
)
async def check_account(
    account_id: FromPath[UUID],
    state: State,
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Checked:
    """Asks it something that changes nothing."""
    tenant, began = caller.tenant_id, time.monotonic()
    async with postgres.transaction() as tx:
        row = await accounts.known(tx, tenant, AccountId(account_id))
    gateways = cast("Gateways", state.gateways)
    failed = await gateways[row.gateway].check(accounts.as_account(sealer_of(state), row))
    reason = failed and failed.text
    async with postgres.transaction() as tx:
        await account_queries.note_checked(tx, tenant, row.id, reason, datetime.now(UTC))
    passed = round((time.monotonic() - began) * 1000)
    return Checked(ok=failed is None, detail=reason, milliseconds=passed)


@get(
    f"{ACCOUNT}/notices",
    opt=people.may(Role.ADMIN),
    tags=TAGS,
    summary="What a gateway told lately, and what became of it",
    responses={**REFUSALS, **NO_ACCOUNT},
)
async def list_notices(
    account_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> PaymentNotices:
    """Kept for 90 days, without what they said."""
    async with postgres.transaction() as tx:
        await accounts.known(tx, caller.tenant_id, AccountId(account_id))
        items = await notice_queries.listed(tx, caller.tenant_id, AccountId(account_id), MOST_SHOWN)
    return PaymentNotices(items=items)


@post(
    "/api/payments/pix",
    opt=people.may(Role.GTR, scope=Scope.SALES_WRITE),
    tags=TAGS,
    summary="Ask for a payment by Pix",
    responses={
        **NOT_JSON,
        **REFUSALS,
        404: refused("`sale_not_found`, `contact_not_found`, `person_not_found`, …"),
        409: refused(
            "`no_payment_account`; `not_payable`; `sale_differs`; `idempotency_key_reused`."
        ),
        422: refused("`bad_pix`, or `invalid`: the detail names the field."),
    },
)
async def ask_pix(
    data: JSONBody[NewPix],
    request: Incoming,
    state: State,
    settings: NamedDependency[Settings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    key: IdempotencyKey = None,
    wait: Wait = 8.0,
) -> Response[Pix]:
    """The amount is in cents. The same again, with an Idempotency-Key, is the same Pix. While a
    gateway takes its time it is `creating`: the page at `statusUrl` shows the code then."""
    tenant, cause = caller.tenant_id, cause_of(request, caller)
    async with postgres.transaction() as tx:
        charge, known = await charging.ask(tx, tenant, data, key, cause)
    row = await made(postgres, state, tenant, charge, wait)
    return Response(pix_of(row, settings.url), status_code=200 if known else 201)


@get(
    "/api/payments/{charge_id:uuid}",
    opt=people.may(Role.GTR, scope=Scope.SALES_WRITE),
    tags=TAGS,
    summary="How a payment is",
    responses={**REFUSALS, **NO_CHARGE},
)
async def get_payment(
    charge_id: FromPath[UUID],
    settings: NamedDependency[Settings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Pix:
    """Open screens hear of it as `sale_changed`."""
    async with postgres.transaction() as tx:
        row = await charges.charge(tx, caller.tenant_id, ChargeId(charge_id))
    if row is None:
        raise ChargeNotFound
    return pix_of(row, settings.url)


@post(
    f"{TALK}/pix",
    opt=people.may(Role.ASESOR),
    tags=TAGS,
    summary="Ask for a Pix in a conversation",
    responses={
        **NOT_JSON,
        **REFUSALS,
        404: refused("`conversation_not_found`: there is none, or it is a colleague's."),
        409: refused(
            "`no_payment_account`; `not_payable`; `sale_differs`; `idempotency_key_reused`."
        ),
        422: refused("`bad_pix`: a group cannot be asked; or `invalid`."),
    },
)
async def ask_in_chat(
    conversation_id: FromPath[UUID],
    data: JSONBody[ChatPix],
    request: Incoming,
    state: State,
    settings: NamedDependency[Settings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    key: IdempotencyKey = None,
    wait: Wait = 0.0,
) -> Response[Pix]:
    """Its picture and its code are sent as soon as they are made, after what was written before."""
    tenant, cause = caller.tenant_id, cause_of(request, caller)
    conversation = ConversationId(conversation_id)
    async with postgres.transaction() as tx:
        talk = await listing.one(tx, caller, conversation)
        asked = charging.of_talk(data, talk)
        charge, known = await charging.ask(tx, tenant, asked, key, cause, conversation)
        if not known:
            await chatting.send(tx, tenant, charge, settings.url, cause.now)
    row = await made(postgres, state, tenant, charge, wait)
    return Response(pix_of(row, settings.url), status_code=200 if known else 201)


@get(
    f"{TALK}/charges",
    opt=people.may(Role.ASESOR),
    tags=TAGS,
    summary="What was asked for in a conversation",
    responses={
        **REFUSALS,
        404: refused("`conversation_not_found`: there is none, or it is a colleague's."),
    },
)
async def list_charges(
    conversation_id: FromPath[UUID],
    settings: NamedDependency[Settings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> ChatCharges:
    """The newest first, twenty at most."""
    async with postgres.transaction() as tx:
        await inbox.check(tx, caller, ConversationId(conversation_id))
        rows = await charges.of_conversation(tx, caller.tenant_id, conversation_id, MOST_IN_CHAT)
    return ChatCharges(items=[shown(row, settings.url) for row in rows])


async def made(
    postgres: Postgres, state: State, tenant: TenantId, charge: ChargeId, seconds: float
) -> ChargeRow:
    """As soon as the gateway has made it; as it is when that takes too long."""
    until = time.monotonic() + seconds
    payers = cast("Payers", state.payers)
    row = await _charge(postgres, tenant, charge)
    async with payers.of(row.sale_id) as event:
        while row.status == "creating" and (left := until - time.monotonic()) > 0:
            await news(event, min(left, 1.0))
            row = await _charge(postgres, tenant, charge)
            await asyncio.sleep(0)
    return row


async def _charge(postgres: Postgres, tenant: TenantId, charge: ChargeId) -> ChargeRow:
    async with postgres.transaction() as tx:
        row = await charges.charge(tx, tenant, charge)
    if row is None:
        raise ChargeNotFound
    return row


def pix_of(row: ChargeRow, base_url: str) -> Pix:
    one = shown(row, base_url)
    return Pix(
        sale_id=one.sale_id,
        charge_id=one.id,
        status=one.status,
        amount_cents=one.amount_cents,
        br_code=one.br_code,
        qr=pictures.data_url(one.br_code) if one.br_code else None,
        status_url=one.status_url,
        expires_at=one.expires_at,
        error=one.error,
    )


routes: list[Any] = [
    list_accounts,
    add_account,
    change_account,
    new_address,
    delete_account,
    check_account,
    list_notices,
    ask_pix,
    get_payment,
    ask_in_chat,
    list_charges,
]
