"""What an admin looks at, over HTTP: how sources do, one webhook, and working off again."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from pista import accounts
from pista.accounts import NOT_JSON, REFUSALS, Caller, Role, refused
from pista.accounts.audit import Action, Auditor
from pista.crm import looking
from pista.crm.looking_model import (
    ListedSources,
    ReceivedDetail,
    ReplayedWebhooks,
    ReplayReceived,
)
from pista.crm.model import ReceivedId, SourceId
from pista.store.postgres import Postgres

TAGS = ["CRM"]
NO_WEBHOOK = {404: refused("`webhook_source_not_found` or `webhook_not_found`.")}


@get(
    "/api/webhook-sources",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="The systems that tell of contacts",
    responses=REFUSALS,
)
async def list_sources(
    caller: NamedDependency[Caller], postgres: NamedDependency[Postgres]
) -> ListedSources:
    """The oldest first; secrets are shown only when they are made."""
    async with postgres.transaction() as tx:
        return await looking.sources(tx, caller.tenant_id, now=datetime.now(UTC))


@get(
    "/api/webhook-sources/{source_id:uuid}/webhooks/{received_id:uuid}",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="One webhook as it came, and what Pista reads in it",
    responses={**REFUSALS, **NO_WEBHOOK},
)
async def received_webhook(
    source_id: FromPath[UUID],
    received_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> ReceivedDetail:
    """Payloads are kept for 30 days."""
    source, received = SourceId(source_id), ReceivedId(received_id)
    async with postgres.transaction() as tx:
        return await looking.one(tx, caller.tenant_id, source, received)


@post(
    "/api/webhook-sources/{source_id:uuid}/replay",
    status_code=202,
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Work off webhooks once more",
    responses={
        **NOT_JSON,
        **REFUSALS,
        **NO_WEBHOOK,
        422: refused("`invalid`: the detail names the field."),
    },
)
async def replay_received(
    source_id: FromPath[UUID],
    data: JSONBody[ReplayReceived],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    auditor: NamedDependency[Auditor],
) -> ReplayedWebhooks:
    """By the mapping as it is now. What is known already changes nothing."""
    now = datetime.now(UTC)
    async with postgres.transaction() as tx:
        count = await looking.replay(tx, caller.tenant_id, SourceId(source_id), data.ids, now=now)
        await auditor.note(
            tx, Action.WEBHOOKS_REPLAYED, "", subject=source_id, details={"count": str(count)}
        )
    return ReplayedWebhooks(count=count)


looking_routes: list[Any] = [list_sources, received_webhook, replay_received]
