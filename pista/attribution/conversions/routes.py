"""The delivery log over HTTP."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from pista import accounts, moments, texts
from pista.accounts import NOT_JSON, REFUSALS, Caller, Role, Scope, refused
from pista.accounts.audit import Action, Auditor
from pista.attribution.conversions import log
from pista.attribution.conversions.log_model import (
    ConversionDeliveries,
    ConversionDetail,
    Resend,
)
from pista.attribution.conversions.log_queries import Filters
from pista.attribution.conversions.model import (
    DestinationId,
    EventId,
    State,
)
from pista.attribution.told import EventName
from pista.moments import Since, Until
from pista.paging import Before, Limit
from pista.sales import SaleId
from pista.store.postgres import Postgres

TAGS = ["Conversions"]
NONE_HERE = {404: refused("`conversion_not_found`: none of this id at this destination.")}

OfDestination = Annotated[UUID | None, QueryParameter(name="destinationId")]
OfName = Annotated[EventName | None, QueryParameter(name="name")]
OfSale = Annotated[UUID | None, QueryParameter(name="saleId")]
Search = Annotated[
    str,
    QueryParameter(
        name="q",
        max_length=200,
        description="The whole of an order's number, of a sale's or a conversion's id, or of the"
        " end-to-end id of its Pix.",
    ),
]
InState = Annotated[State | None, QueryParameter(name="state")]


@get(
    "/api/conversions",
    opt=accounts.may(Role.GTR, scope=Scope.STATS_READ),
    tags=TAGS,
    summary="What platforms were told of, and what they are not",
    responses={**REFUSALS, 422: refused("`invalid`: the detail names the parameter.")},
)
async def list_conversions(
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    destination_id: OfDestination = None,
    name: OfName = None,
    sale_id: OfSale = None,
    in_state: InState = None,
    search: Search = "",
    since: Since = None,
    until: Until = None,
    limit: Limit = 50,
    before: Before = None,
) -> ConversionDeliveries:
    """The newest first, a line for each conversion and destination. `from` and `to` are about when
    it was first to be told: for the past days that a destination is sent, when that was asked."""
    start, end = moments.asked(since, "from"), moments.asked(until, "to")
    text = texts.plain(search.strip())
    async with postgres.transaction() as tx:
        sale = SaleId(sale_id) if sale_id else None
        events = await log.searched(tx, caller.tenant_id, sale, text)
        filters = Filters(destination_id, name, events, start, end)
        return await log.listed(
            tx,
            caller.tenant_id,
            filters,
            state=in_state,
            before=before,
            limit=limit,
            now=datetime.now(UTC),
        )


@get(
    "/api/conversions/{event_id:str}/{destination_id:uuid}",
    opt=accounts.may(Role.GTR, scope=Scope.STATS_READ),
    tags=TAGS,
    summary="One conversion at one destination",
    responses={**REFUSALS, **NONE_HERE},
)
async def show_conversion(
    event_id: FromPath[str],
    destination_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> ConversionDetail:
    """With what was sent, every attempt and its answer, and what would help the platform."""
    async with postgres.transaction() as tx:
        return await log.detail(
            tx,
            caller.tenant_id,
            EventId(event_id),
            DestinationId(destination_id),
            now=datetime.now(UTC),
        )


@post(
    "/api/conversions/{event_id:str}/{destination_id:uuid}/resend",
    status_code=202,
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Send a conversion again, or now",
    responses={
        **NOT_JSON,
        **REFUSALS,
        **NONE_HERE,
        409: refused("`conversion_not_resendable`: the detail says why."),
        422: refused("`invalid`: the body is missing, or the detail names the field."),
    },
)
async def resend_conversion(
    event_id: FromPath[str],
    destination_id: FromPath[UUID],
    data: JSONBody[Resend],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    auditor: NamedDependency[Auditor],
) -> None:
    """Under the same id, so that it counts once. One that may have arrived needs somebody who has
    looked."""
    async with postgres.transaction() as tx:
        await log.resend(
            tx,
            caller.tenant_id,
            EventId(event_id),
            DestinationId(destination_id),
            has_looked=data.has_looked,
            now=datetime.now(UTC),
        )
        await auditor.note(tx, Action.CONVERSION_RESENT, event_id, subject=destination_id)


routes: list[Any] = [list_conversions, show_conversion, resend_conversion]
