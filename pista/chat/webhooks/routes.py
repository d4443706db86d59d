"""The log of webhooks over HTTP, for the admins of a company."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from pista import accounts
from pista.accounts import REFUSALS, Caller, Role, refused
from pista.accounts.audit import Action, Auditor
from pista.chat.webhooks import service
from pista.chat.webhooks.model import ChatWebhookDetail, ChatWebhooks, State
from pista.paging import BeforeId
from pista.store.postgres import Postgres

TAGS = ["Chat"]
MOST = 100
NO_WEBHOOK = {404: refused("`webhook_not_found`: no such webhook, or it is too old.")}

OfState = Annotated[State | None, QueryParameter(name="state")]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=MOST)]


@get(
    "/api/chat/webhooks",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="What WhatsApp and Telegram sent, and what became of it",
    responses={**REFUSALS, 422: refused("`invalid`: the detail names the field.")},
)
async def list_webhooks(
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    in_state: OfState = None,
    before: BeforeId = None,
    limit: Limit = 50,
) -> ChatWebhooks:
    """The newest first, without what they said. What was refused at the door is not kept."""
    async with postgres.transaction() as tx:
        return await service.listed(tx, caller.tenant_id, in_state, before, limit)


@get(
    "/api/chat/webhooks/{webhook_id:uuid}",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="One webhook as it came",
    responses={**REFUSALS, **NO_WEBHOOK},
)
async def show_webhook(
    webhook_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> ChatWebhookDetail:
    """Payloads are kept for 30 days, and what became of them for 90."""
    async with postgres.transaction() as tx:
        return await service.one(tx, caller.tenant_id, webhook_id)


@post(
    "/api/chat/webhooks/{webhook_id:uuid}/retry",
    status_code=202,
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Work a webhook off once more",
    responses={
        **REFUSALS,
        **NO_WEBHOOK,
        409: refused("`webhook_not_again`: it waits already, or its payload is not kept."),
    },
)
async def retry_webhook(
    webhook_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    auditor: NamedDependency[Auditor],
) -> None:
    """What is known already changes nothing."""
    async with postgres.transaction() as tx:
        await service.retry(tx, caller.tenant_id, webhook_id, now=datetime.now(UTC))
        await auditor.note(tx, Action.WEBHOOKS_REPLAYED, "", subject=webhook_id)


routes: list[Any] = [list_webhooks, show_webhook, retry_webhook]
