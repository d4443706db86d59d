"""`POST /collect`: a page has seen which contact a form made of its visitor.

Anybody can send this, so it is a claim and no more: it links nobody until a webhook that proves
who it is stands beside it. The answer is the same whatever is known of the contact, since whoever
asks must learn nothing.
"""

import hashlib
import time
from collections import Counter
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import msgspec
from litestar import Request, Response, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from msgspec import Meta

from pista import accounts, identity, metrics, queue
from pista.accounts import refused
from pista.collect.model import OriginNotAllowed
from pista.crm import queries
from pista.errors import Invalid, PistaError
from pista.identity import Claim
from pista.ids import TenantId, VisitorId
from pista.queue import Job
from pista.settings import Settings
from pista.store.postgres import Postgres, Tx

Incoming = Request[Any, Any, State]
MOST_BYTES = 4096
A_MINUTE = 60.0
MOST_A_MINUTE = 30
MOST_ADDRESSES = 100_000

Given = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{8,64}\Z")]


class ContactSeen(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What GoHighLevel's page tells after a form was sent: three ids, and nothing of the person."""

    event: Literal["ghl_update"]
    visitor_id: Given
    contact_id: Given
    location_id: Given
    submission_id: Given


class Claimed(msgspec.Struct, frozen=True, kw_only=True):
    """Taken; what becomes of it is not told."""

    accepted: bool = True


class DecideClaim(msgspec.Struct, frozen=True, kw_only=True, tag="crm.claim"):
    """The job that a claim is."""

    visitor_id: str
    contact_id: str
    location_id: str
    submission_id: str
    at: datetime


class TooManyClaims(PistaError):
    """Too many claims from one address; wait a minute."""

    status = 429
    code = "too_many_claims"


class Limiter:
    """So many claims a minute from one address at one site, in this process."""

    def __init__(self) -> None:
        self._since = 0.0
        self._seen: Counter[tuple[str, str]] = Counter()

    def check(self, site: str, address: str) -> None:
        if time.monotonic() - self._since > A_MINUTE or len(self._seen) > MOST_ADDRESSES:
            self._since = time.monotonic()
            self._seen.clear()
        self._seen[site, address] += 1
        if self._seen[site, address] > MOST_A_MINUTE:
            raise TooManyClaims(headers={"Retry-After": "60"})


limiter = Limiter()


@post(
    "/collect",
    status_code=202,
    opt=accounts.public(),
    tags=["CRM"],
    summary="A page has seen which contact its visitor is",
    request_max_body_size=MOST_BYTES,
    responses={
        401: refused("`unknown_site`: no site has this write key."),
        403: refused("`origin_not_allowed`: the page's domain is not among the site's."),
        413: refused("`too_large`."),
        422: refused("`invalid`: the detail names the field."),
        429: refused("`too_many_claims`: wait a minute."),
    },
)
async def contact_seen(
    request: Incoming,
    state: State,
    house_postgres: NamedDependency[Postgres],
    settings: NamedDependency[Settings],
    k: Annotated[str, QueryParameter(description="The site's write key.", max_length=200)] = "",
) -> Response[Claimed]:
    """Sent by the snippet as `text/plain`. It links nobody by itself: a webhook has to tell of the
    same contact within half an hour."""
    seen = _read(await request.body())
    site = await state.registry.find_by_key(k)
    origin = request.headers.get("origin", "")
    if not origin or not accounts.origin_allowed(site.domains, origin):
        raise OriginNotAllowed
    limiter.check(str(site.id), _address(request, settings))
    now = datetime.now(UTC)
    async with house_postgres.of(site.tenant_id).transaction() as tx:
        await _keep(tx, site.tenant_id, seen, now)
    metrics.CLAIMS.inc()
    allowed = {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}
    return Response(Claimed(), headers=allowed)


async def decide(tx: Tx, job: Job, claim: DecideClaim) -> None:
    """Hand the claim to who decides; one of a location that is not the company's is nothing."""
    if not await queries.knows_location(tx, job.tenant_id, claim.location_id):
        return
    said = Claim(
        visitor_id=VisitorId(claim.visitor_id),
        method="ud",
        key=claim.submission_id,
        at=claim.at,
        crm_id=claim.contact_id,
        evidence={"location": claim.location_id, "submission": claim.submission_id},
    )
    await identity.link(tx, job.tenant_id, said, now=datetime.now(UTC))


async def _keep(tx: Tx, tenant: TenantId, seen: ContactSeen, now: datetime) -> None:
    work = DecideClaim(
        visitor_id=seen.visitor_id,
        contact_id=seen.contact_id,
        location_id=seen.location_id,
        submission_id=seen.submission_id,
        at=now,
    )
    parts = (seen.submission_id, seen.visitor_id, seen.contact_id, seen.location_id)
    same = hashlib.sha256(":".join(parts).encode()).hexdigest()[:32]
    await queue.enqueue(tx, tenant, work, now=now, key=f"claim:{seen.visitor_id}", dedup=same)


def _read(body: bytes) -> ContactSeen:
    try:
        return msgspec.json.decode(body, type=ContactSeen)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Invalid(str(error)[:300]) from None


def _address(request: Incoming, settings: Settings) -> str:
    peer = request.client.host if request.client else ""
    forwarded = request.headers.get("x-forwarded-for", "")
    return accounts.client_address(peer, forwarded, settings.trusted_proxies)
