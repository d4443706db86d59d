"""`POST /collect`: a page says who its visitor is.

It has seen which contact a form made of them, or tells what they typed. Anybody can send this, so
it is a claim and no more: to a contact that somebody proven has told of, it links nobody until such
a message stands beside it. The answer is the same whatever is known of the contact, since whoever
asks must learn nothing.
"""

import hashlib
import time
from collections import Counter
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from msgspec import Meta

from pista import accounts, collect, contacts, identity, metrics, queue
from pista.accounts import refused
from pista.collect.intake import Site
from pista.collect.model import OriginNotAllowed
from pista.contacts import BadContact, FoundContact
from pista.crm import queries, unproven
from pista.errors import Invalid, PistaError
from pista.identity import Claim
from pista.ids import SiteId, TenantId, VisitorId
from pista.queue import Job
from pista.settings import Settings
from pista.store.postgres import Postgres, Tx

Incoming = Request[Any, Any, State]
MOST_BYTES = 4096
A_MINUTE = 60.0
MOST_A_MINUTE = 30
MOST_ADDRESSES = 100_000

Given = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{8,64}\Z")]
Typed = Annotated[str, Meta(max_length=254)]


class Message(msgspec.Struct, frozen=True, kw_only=True, rename="camel", tag_field="event"):
    """What the snippet sends."""

    visitor_id: Given
    submission_id: Given
    """The same if it is sent again."""


class ContactSeen(Message, frozen=True, kw_only=True, tag="ghl_update"):
    """What GoHighLevel's page tells after a form was sent: three ids, and nothing of the person."""

    contact_id: Given
    location_id: Given


class FormSent(Message, frozen=True, kw_only=True, tag="form"):
    """What a visitor typed into a form of the site's own, where that may make contacts."""

    name: Typed | None = None
    email: Typed | None = None
    phone: Typed | None = None

    def __repr__(self) -> str:
        return "FormSent(…)"


class VisitorNamed(Message, frozen=True, kw_only=True, tag="identify"):
    """Who the page says that its visitor is."""

    name: Typed | None = None
    email: Typed | None = None
    phone: Typed | None = None
    user_id: Typed | None = None
    traits: dict[str, Any] = {}

    def __repr__(self) -> str:
        return "VisitorNamed(…)"


Said = ContactSeen | FormSent | VisitorNamed


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
    site_id: SiteId | None = None
    """None where it was queued by a Pista that did not note it."""


class FormsOff(PistaError):
    """Forms of this site make no contacts; an admin switches that on in Settings, Sites."""

    status = 403
    code = "forms_off"


class NobodyNamed(PistaError):
    """An e-mail, a phone or a user id is needed to say who somebody is."""

    status = 422
    code = "nobody_named"


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
    summary="A page says who its visitor is",
    request_max_body_size=MOST_BYTES,
    responses={
        401: refused("`unknown_site`: no site has this write key."),
        403: refused(
            "`origin_not_allowed`: the page's domain is not among the site's; `forms_off`: forms of"
            " this site make no contacts."
        ),
        413: refused("`too_large`."),
        422: refused("`invalid`: the detail names the field; `nobody_named`: it names nobody."),
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
    """Sent by the snippet as `text/plain`: `ghl_update`, `form` or `identify`. It proves nothing:
    to a contact that is known otherwise it links nobody until a webhook tells of that, too."""
    origin = request.headers.get("origin", "")
    allowed = {"Access-Control-Allow-Origin": origin, "Vary": "Origin"} if origin else {}
    try:
        said = _read(await request.body())
        site = await state.registry.find_by_key(k)
        if not origin or not accounts.origin_allowed(site.domains, origin):
            raise OriginNotAllowed
        limiter.check(str(site.id), _address(request, settings))
        await _take(house_postgres, site, said)
    except PistaError as error:
        # Or else the page could not tell a refusal from a network that fails, and would try again.
        error.headers |= allowed | {"Access-Control-Expose-Headers": "Retry-After"}
        raise
    metrics.CLAIMS.inc()
    return Response(Claimed(), headers=allowed)


async def _take(postgres: Postgres, site: Site, said: Said) -> None:
    now = datetime.now(UTC)
    async with postgres.of(site.tenant_id).transaction() as tx:
        match said:
            case ContactSeen():
                await _keep(tx, site, said, now)
            case FormSent():
                if not await accounts.forms_make_contacts(tx, site.tenant_id, site.id):
                    raise FormsOff
                await _introduce(tx, site, said, now)
            case VisitorNamed():
                await _introduce(tx, site, said, now)


async def _introduce(tx: Tx, site: Site, said: FormSent | VisitorNamed, now: datetime) -> None:
    named = said if isinstance(said, VisitorNamed) else None
    person = collect.described(
        name=said.name,
        email=said.email,
        phone=said.phone,
        user_id=named and named.user_id,
        traits=named and named.traits,
    )
    if not person.names_somebody:
        raise NobodyNamed
    introduction = collect.Introduction(
        site_id=site.id,
        visitor_id=VisitorId(said.visitor_id),
        method="form" if named is None else "identify",
        key=said.submission_id,
        person=person,
    )
    await collect.introduce(tx, site.tenant_id, introduction, now=now)


async def decide(tx: Tx, job: Job, claim: DecideClaim) -> None:
    """Hand the claim to who decides; one of a location that is not the company's is nothing."""
    if not await queries.knows_location(tx, job.tenant_id, claim.location_id):
        return
    now = datetime.now(UTC)
    fresh = await _is_nobodys(tx, job.tenant_id, claim, now)
    said = Claim(
        visitor_id=VisitorId(claim.visitor_id),
        method="ud",
        key=claim.submission_id,
        at=claim.at,
        crm_id=claim.contact_id,
        fresh=fresh,
        evidence={"location": claim.location_id, "submission": claim.submission_id},
    )
    await identity.link(tx, job.tenant_id, said, now=now)


async def _is_nobodys(tx: Tx, tenant: TenantId, claim: DecideClaim, now: datetime) -> bool:
    """Whether no signed message has told of the CRM's contact; then there is one by its id alone,
    unless too many were made at this site, or it would be nobody's in any case."""
    found = FoundContact(source="ud", trusted=False, crm_id=claim.contact_id)
    try:
        contact = await contacts.meant(tx, tenant, found)
    except BadContact:
        return False
    if contact is not None:
        return await unproven.is_nobodys(tx, tenant, contact)
    if claim.site_id is None or await identity.said_before(tx, tenant, "ud", claim.submission_id):
        return False
    if await identity.certainly(tx, tenant, VisitorId(claim.visitor_id)):
        return False
    if not await unproven.may_make(tx, tenant, claim.site_id, now):
        return False
    await contacts.upsert(tx, tenant, found, now=now)
    return True


async def _keep(tx: Tx, site: Site, seen: ContactSeen, now: datetime) -> None:
    work = DecideClaim(
        visitor_id=seen.visitor_id,
        contact_id=seen.contact_id,
        location_id=seen.location_id,
        submission_id=seen.submission_id,
        at=now,
        site_id=site.id,
    )
    parts = (seen.submission_id, seen.visitor_id, seen.contact_id, seen.location_id)
    same = hashlib.sha256(":".join(parts).encode()).hexdigest()[:32]
    await queue.enqueue(
        tx, site.tenant_id, work, now=now, key=f"claim:{seen.visitor_id}", dedup=same
    )


_said: msgspec.json.Decoder[Said] = msgspec.json.Decoder(Said)


def _read(body: bytes) -> Said:
    try:
        return _said.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Invalid(str(error)[:300]) from None


def _address(request: Incoming, settings: Settings) -> str:
    peer = request.client.host if request.client else ""
    forwarded = request.headers.get("x-forwarded-for", "")
    return accounts.client_address(peer, forwarded, settings.trusted_proxies)
