"""Sales over HTTP: reported by shops and people, listed, and moved by hand."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Request as HttpRequest
from litestar import Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, JSONBody, QueryParameter

from pista import accounts, moments, texts
from pista.accounts import NOT_JSON, REFUSALS, Caller, Role, Scope, refused
from pista.accounts.answers import actor
from pista.ids import ContactId, TenantId
from pista.moments import Since, Until
from pista.paging import Before
from pista.sales import by_hand, listing, reporting
from pista.sales.listing import Filters
from pista.sales.model import (
    CancelSale,
    MarkPaid,
    NewSale,
    RefundSale,
    SaleDetail,
    SaleId,
    Sales,
    SaleSource,
    Status,
)
from pista.sales.moving import Cause
from pista.sales.payments import charge_queries
from pista.sales.payments.showing import shown
from pista.sales.reporting import Teller
from pista.settings import Settings
from pista.store.postgres import Postgres, Tx

Incoming = HttpRequest[Any, Any, State]

TAGS = ["Sales"]
NO_SALE = {404: refused("`sale_not_found`: no such sale in this company.")}
NOT_NOW = {409: refused("`sale_move_not_possible`: the detail says in which state it is.")}
BAD = {422: refused("`invalid`: the detail names the field.")}

IdempotencyKey = Annotated[
    str | None,
    HeaderParameter(
        name="Idempotency-Key",
        required=False,
        min_length=8,
        max_length=200,
        pattern=r"^[\x21-\x7e]+\Z",
        description="New for each sale; repeated, it is the same sale.",
    ),
]
Statuses = Annotated[
    list[Status] | None, QueryParameter(name="status", max_items=8, description="Only these.")
]
Sources = Annotated[
    list[SaleSource] | None, QueryParameter(name="source", max_items=5, description="Only these.")
]
Contact = Annotated[str | None, QueryParameter(name="contactId", max_length=60)]
Search = Annotated[
    str,
    QueryParameter(
        name="q",
        max_length=200,
        description="The whole of an order's number, or of a Pix's txid, end-to-end id or id at its"
        " gateway; or a part of a name or e-mail.",
    ),
]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=100)]


def cause_of(request: Incoming, caller: Caller, why: str | None = None) -> Cause:
    by = actor(request, caller)
    kind = "user" if caller.user else "key"
    return Cause(kind, datetime.now(UTC), by.id, why)


async def detailed(tx: Tx, tenant: TenantId, sale: SaleId, settings: Settings) -> SaleDetail:
    charges = await charge_queries.of_sale(tx, tenant, sale)
    return await listing.detail(tx, tenant, sale, [shown(one, settings.url) for one in charges])


@post(
    "/api/sales",
    opt=accounts.may(Role.GTR, scope=Scope.SALES_WRITE),
    tags=TAGS,
    summary="Report a sale",
    responses={
        **NOT_JSON,
        **REFUSALS,
        404: refused("`contact_not_found`, or `person_not_found`: nobody in that chat."),
        409: refused("`sale_differs`; `idempotency_key_reused`; `too_much_refunded`."),
        **BAD,
    },
)
async def report_sale(
    data: JSONBody[NewSale],
    request: Incoming,
    settings: NamedDependency[Settings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    key: IdempotencyKey = None,
) -> Response[SaleDetail]:
    """The same again, by its order's number or its Idempotency-Key, is the same sale, and is
    answered with 200; where it says that the sale has come further, it has. A sale is of whoever
    is known by the buyer's e-mail or phone."""
    teller = Teller("manual" if caller.user else "api", None, key)
    cause = cause_of(request, caller)
    async with postgres.transaction() as tx:
        found = await reporting.report(tx, caller.tenant_id, teller, data, cause)
        if caller.user and not found.known:
            await by_hand.note_made(tx, caller.tenant_id, found.sale, actor(request, caller))
        answer = await detailed(tx, caller.tenant_id, found.sale.id, settings)
    return Response(answer, status_code=200 if found.known else 201)


@get(
    "/api/sales",
    opt=accounts.may(Role.GTR, scope=Scope.STATS_READ),
    tags=TAGS,
    summary="Sales",
    responses={**REFUSALS, **BAD},
)
async def list_sales(
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    status: Statuses = None,
    source: Sources = None,
    contact: Contact = None,
    search: Search = "",
    since: Since = None,
    until: Until = None,
    before: Before = None,
    limit: Limit = 50,
) -> Sales:
    """The latest first, with what they come to."""
    filters = Filters(
        statuses=status or (),
        sources=source or (),
        contact=ContactId(texts.plain(contact)) if contact else None,
        search=search,
        since=moments.asked(since, "from"),
        until=moments.asked(until, "to"),
    )
    async with postgres.transaction() as tx:
        return await listing.listed(tx, caller.tenant_id, filters, before=before, limit=limit)


@get(
    "/api/sales/{sale_id:uuid}",
    opt=accounts.may(Role.GTR, scope=Scope.STATS_READ),
    tags=TAGS,
    summary="One sale, with all that happened to it",
    responses={**REFUSALS, **NO_SALE},
)
async def get_sale(
    sale_id: FromPath[UUID],
    settings: NamedDependency[Settings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> SaleDetail:
    """Each line of its history says who said so, and what shows it."""
    async with postgres.transaction() as tx:
        return await detailed(tx, caller.tenant_id, SaleId(sale_id), settings)


@post(
    "/api/sales/{sale_id:uuid}/paid",
    status_code=200,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Say that a sale is paid",
    responses={**NOT_JSON, **REFUSALS, **NO_SALE, **BAD},
)
async def mark_paid(
    sale_id: FromPath[UUID],
    data: JSONBody[MarkPaid],
    request: Incoming,
    settings: NamedDependency[Settings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> SaleDetail:
    """For money that no gateway tells of. What is paid already stays as it is."""
    cause, by = cause_of(request, caller, data.why), actor(request, caller)
    async with postgres.transaction() as tx:
        await by_hand.pay(tx, caller.tenant_id, SaleId(sale_id), data, cause, by)
        return await detailed(tx, caller.tenant_id, SaleId(sale_id), settings)


@post(
    "/api/sales/{sale_id:uuid}/cancel",
    status_code=200,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Cancel a sale that is not paid",
    responses={**NOT_JSON, **REFUSALS, **NO_SALE, **NOT_NOW, **BAD},
)
async def cancel_sale(
    sale_id: FromPath[UUID],
    data: JSONBody[CancelSale],
    request: Incoming,
    settings: NamedDependency[Settings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> SaleDetail:
    """Its Pix is of no use any more; whoever pays it all the same has paid."""
    cause, by = cause_of(request, caller, data.why), actor(request, caller)
    async with postgres.transaction() as tx:
        await by_hand.cancel(tx, caller.tenant_id, SaleId(sale_id), cause, by)
        return await detailed(tx, caller.tenant_id, SaleId(sale_id), settings)


@post(
    "/api/sales/{sale_id:uuid}/refund",
    status_code=200,
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="Note that money went back",
    responses={
        **NOT_JSON,
        **REFUSALS,
        **NO_SALE,
        409: refused("`sale_move_not_possible`; `too_much_refunded`: that is more than is left."),
        **BAD,
    },
)
async def refund_sale(
    sale_id: FromPath[UUID],
    data: JSONBody[RefundSale],
    request: Incoming,
    settings: NamedDependency[Settings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> SaleDetail:
    """Pista moves no money: this notes what was given back at the gateway or by hand."""
    cause, by = cause_of(request, caller, data.why), actor(request, caller)
    async with postgres.transaction() as tx:
        await by_hand.refund(tx, caller.tenant_id, SaleId(sale_id), data, cause, by)
        return await detailed(tx, caller.tenant_id, SaleId(sale_id), settings)


routes: list[Any] = [report_sale, list_sales, get_sale, mark_paid, cancel_sale, refund_sale]
