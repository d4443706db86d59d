"""`POST /tracking-v2/arrivals`: the snippet tells that a visitor came by an advertisement."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from msgspec import Meta

from pista import accounts
from pista.accounts import refused
from pista.clicks import visiting
from pista.clicks.visiting import From, Visit
from pista.collect import agent
from pista.collect.intake import Site
from pista.collect.model import VISITOR_ID, OriginNotAllowed
from pista.errors import Invalid, PistaError
from pista.ids import VisitorId
from pista.store.postgres import Postgres

Incoming = Request[Any, Any, State]
MOST_BYTES = 16_384

NO_NUL = r"^[^\x00]*\Z"
Address = Annotated[str, Meta(max_length=12_000, pattern=NO_NUL)]
Cookie = Annotated[str, Meta(max_length=4_000, pattern=NO_NUL)]


class ArrivalTold(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What the snippet sends."""

    site_id: UUID
    visitor_id: Annotated[str, Meta(pattern=VISITOR_ID)]
    session_id: Annotated[str, Meta(max_length=64)] | None = None
    url: Address
    """The page's whole address, as it was before the token was taken out of it."""
    referrer: Address | None = None
    fbp: Cookie | None = None
    fbc: Cookie | None = None


class ArrivalTaken(msgspec.Struct, frozen=True, kw_only=True):
    """Taken; the same whatever is known of the click."""

    accepted: bool = True


@post(
    "/tracking-v2/arrivals",
    status_code=202,
    opt=accounts.public(),
    tags=["Links"],
    summary="A page tells that somebody came by an advertisement",
    request_max_body_size=MOST_BYTES,
    responses={
        401: refused("`unknown_site`: no site has this write key."),
        403: refused("`origin_not_allowed`: the page's domain is not among the site's."),
        413: refused("`too_large`."),
        422: refused("`invalid`: the detail names the field."),
    },
)
async def arrive_at_page(
    request: Incoming,
    state: State,
    house_postgres: NamedDependency[Postgres],
    k: Annotated[str, QueryParameter(description="The site's write key.", max_length=200)] = "",
) -> Response[ArrivalTaken]:
    """Sent by the snippet as `text/plain`, once for a page whose address has a click's token or an
    ad platform's id in it. Told again it changes nothing; of programs and of browsers that ask not
    to be followed nothing is kept."""
    origin = request.headers.get("origin", "")
    allowed = {"Access-Control-Allow-Origin": origin, "Vary": "Origin"} if origin else {}
    try:
        told = _read(await request.body())
        site: Site = await state.registry.find_by_key(k)
        if not origin or not accounts.origin_allowed(site.domains, origin):
            raise OriginNotAllowed
        if site.id == told.site_id and not _stays_out(request):
            await _take(house_postgres, site, told, _come(request, state))
    except PistaError as error:
        # Or else the page could not tell a refusal from a network that fails.
        error.headers |= allowed
        raise
    return Response(ArrivalTaken(), headers=allowed)


async def _take(postgres: Postgres, site: Site, told: ArrivalTold, come: From) -> None:
    visit = Visit(
        visitor_id=VisitorId(told.visitor_id),
        url=told.url,
        referrer=told.referrer or None,
        fbp=told.fbp,
        fbc=told.fbc,
    )
    async with postgres.of(site.tenant_id).transaction() as tx:
        await visiting.visited(tx, site.tenant_id, visit, come, now=datetime.now(UTC))


def _stays_out(request: Incoming) -> bool:
    headers = request.headers
    asks = headers.get("sec-gpc") == "1" or headers.get("dnt") == "1"
    return asks or bool(agent(headers.get("user-agent", "")).bot)


def _come(request: Incoming, state: State) -> From:
    peer = request.client.host if request.client else ""
    forwarded = request.headers.get("x-forwarded-for", "")
    place = state.whereabouts.of(peer, forwarded.encode("latin-1", "replace"))
    language = request.headers.get("accept-language", "").split(",")[0].split(";")[0].strip()
    return From(
        address=place.address or None,
        agent=request.headers.get("user-agent") or None,
        country=place.country or None,
        language=language[:35] or None,
    )


_told: msgspec.json.Decoder[ArrivalTold] = msgspec.json.Decoder(ArrivalTold)


def _read(body: bytes) -> ArrivalTold:
    try:
        return _told.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Invalid(str(error)[:300]) from None


routes = [arrive_at_page]
