"""Where other systems send to: answered once it is committed, and worked off by a job."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from litestar import Request, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath

from pista import accounts, metrics
from pista.accounts import refused
from pista.crm import receiving
from pista.crm.model import MOST_BYTES, BadWebhook, SourceId, SourceKind, WebhookTaken
from pista.crm.receiving import Knock
from pista.errors import PistaError
from pista.store.postgres import Postgres

Incoming = Request[Any, Any, State]

REFUSALS = {
    401: refused("`webhook_refused`: secret or signature; `webhook_outdated`: the time in it."),
    404: refused("`webhook_source_not_found`: there is no such source."),
    413: refused("`too_large`: more than 256 KiB."),
    422: refused("`bad_webhook`: not a JSON object. It is kept for a person to see."),
}
SETTINGS: dict[str, Any] = {
    "status_code": 200,
    "opt": accounts.public(),
    "tags": ["CRM"],
    "request_max_body_size": MOST_BYTES,
    "responses": REFUSALS,
}


@post("/webhooks/ghl/{source_id:uuid}", summary="GoHighLevel tells of a contact", **SETTINGS)
async def from_ghl(
    source_id: FromPath[UUID], request: Incoming, house_postgres: NamedDependency[Postgres]
) -> WebhookTaken:
    """The secret as `X-Webhook-Secret`, or GoHighLevel's own signature as `x-ghl-signature`."""
    return await _take(house_postgres, request, "ghl", source_id, None)


@post(
    "/webhooks/ghl/{source_id:uuid}/{secret:str}",
    summary="GoHighLevel tells of a contact, the secret in the address",
    **SETTINGS,
)
async def from_ghl_by_path(
    source_id: FromPath[UUID],
    secret: FromPath[str],
    request: Incoming,
    house_postgres: NamedDependency[Postgres],
) -> WebhookTaken:
    """For senders that can set no header."""
    return await _take(house_postgres, request, "ghl", source_id, secret)


@post("/webhooks/contacts/{source_id:uuid}", summary="Any system tells of a contact", **SETTINGS)
async def from_any(
    source_id: FromPath[UUID], request: Incoming, house_postgres: NamedDependency[Postgres]
) -> WebhookTaken:
    """The secret as `X-Webhook-Secret`; what stands where in the body, the mapping says."""
    return await _take(house_postgres, request, "generic", source_id, None)


@post(
    "/webhooks/contacts/{source_id:uuid}/{secret:str}",
    summary="Any system tells of a contact, the secret in the address",
    **SETTINGS,
)
async def from_any_by_path(
    source_id: FromPath[UUID],
    secret: FromPath[str],
    request: Incoming,
    house_postgres: NamedDependency[Postgres],
) -> WebhookTaken:
    """For senders that can set no header."""
    return await _take(house_postgres, request, "generic", source_id, secret)


@post("/webhooks/sales/{source_id:uuid}", summary="A shop tells of a sale", **SETTINGS)
async def of_sale(
    source_id: FromPath[UUID], request: Incoming, house_postgres: NamedDependency[Postgres]
) -> WebhookTaken:
    """The secret as `X-Webhook-Secret`; what stands where in the body, the mapping says."""
    return await _take(house_postgres, request, "sale", source_id, None)


@post(
    "/webhooks/sales/{source_id:uuid}/{secret:str}",
    summary="A shop tells of a sale, the secret in the address",
    **SETTINGS,
)
async def of_sale_by_path(
    source_id: FromPath[UUID],
    secret: FromPath[str],
    request: Incoming,
    house_postgres: NamedDependency[Postgres],
) -> WebhookTaken:
    """For senders that can set no header."""
    return await _take(house_postgres, request, "sale", source_id, secret)


async def _take(
    postgres: Postgres, request: Incoming, kind: SourceKind, source_id: UUID, secret: str | None
) -> WebhookTaken:
    try:
        taken = await _committed(postgres, request, kind, source_id, secret)
    except PistaError as error:
        metrics.WEBHOOKS.labels(kind, error.code).inc()
        raise
    metrics.WEBHOOKS.labels(kind, "repeated" if taken.repeated else "taken").inc()
    return taken


async def _committed(
    postgres: Postgres, request: Incoming, kind: SourceKind, source_id: UUID, secret: str | None
) -> WebhookTaken:
    now = datetime.now(UTC)
    knock = Knock(
        source_id=SourceId(source_id),
        kind=kind,
        secret=secret or request.headers.get("x-webhook-secret"),
        signature=request.headers.get("x-ghl-signature"),
        body=await request.body(),
    )
    async with postgres.transaction() as tx:
        source = await receiving.let_in(tx, knock, now=now)
        await tx.act_for(source.tenant_id)
        taken = await receiving.take(tx, source, knock.body, now=now)
    if isinstance(taken, BadWebhook):
        # What came is committed; its sender hears that nobody can read it.
        raise taken
    return taken


doors: list[Any] = [
    from_ghl,
    from_ghl_by_path,
    from_any,
    from_any_by_path,
    of_sale,
    of_sale_by_path,
]
