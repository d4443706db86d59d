"""Webhook sources over HTTP, for the admins of a company."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from litestar import delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from pista import accounts
from pista.accounts import NOT_JSON, REFUSALS, Caller, Role, refused
from pista.accounts.audit import Action, Auditor
from pista.crm import service
from pista.crm.claims import contact_seen
from pista.crm.doors import doors
from pista.crm.looking_routes import looking_routes
from pista.crm.model import (
    ChangeWebhookSource,
    LastPayload,
    MadeWebhookSource,
    NewSourceSecret,
    NewWebhookSource,
    Read,
    ReceivedId,
    ReceivedWebhooks,
    SaleRead,
    SourceId,
    TryMapping,
    TrySaleMapping,
    WebhookSource,
)
from pista.store.postgres import Postgres

TAGS = ["CRM"]
NO_SOURCE = {404: refused("`webhook_source_not_found`: no such source in this company.")}
BAD_TERMS = {422: refused("`bad_webhook_source`, or `invalid`: the detail names the field.")}


@post(
    "/api/webhook-sources",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Let another system tell of contacts",
    responses={
        **NOT_JSON,
        **REFUSALS,
        409: refused("`too_many_webhook_sources`: there are 50 already."),
        **BAD_TERMS,
    },
)
async def create_source(
    data: JSONBody[NewWebhookSource],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    auditor: NamedDependency[Auditor],
) -> MadeWebhookSource:
    """The answer has the secret, this once."""
    now = datetime.now(UTC)
    async with postgres.transaction() as tx:
        made = await service.create(tx, caller.tenant_id, data, now=now)
        await auditor.note(tx, Action.SOURCE_ADDED, made.name, subject=made.id)
        return made


@patch(
    "/api/webhook-sources/{source_id:uuid}",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Change a webhook source, or switch it off",
    responses={**NOT_JSON, **REFUSALS, **NO_SOURCE, **BAD_TERMS},
)
async def change_source(
    source_id: FromPath[UUID],
    data: JSONBody[ChangeWebhookSource],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    auditor: NamedDependency[Auditor],
) -> WebhookSource:
    """What is left out stays."""
    async with postgres.transaction() as tx:
        changed = await service.change(tx, caller.tenant_id, SourceId(source_id), data)
        await auditor.note(tx, Action.SOURCE_CHANGED, changed.name, subject=changed.id)
        return changed


@delete(
    "/api/webhook-sources/{source_id:uuid}",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Delete a webhook source",
    responses={**REFUSALS, **NO_SOURCE},
)
async def delete_source(
    source_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    auditor: NamedDependency[Auditor],
) -> None:
    """With what is kept of its webhooks; contacts stay."""
    async with postgres.transaction() as tx:
        source = await service.known(tx, caller.tenant_id, SourceId(source_id))
        await service.delete(tx, caller.tenant_id, source.id)
        await auditor.note(tx, Action.SOURCE_DELETED, source.name, subject=source.id)


@post(
    "/api/webhook-sources/{source_id:uuid}/secret",
    status_code=200,
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Make a new secret for a webhook source",
    responses={**REFUSALS, **NO_SOURCE},
)
async def new_secret(
    source_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    auditor: NamedDependency[Auditor],
) -> NewSourceSecret:
    """The old one opens nothing any more."""
    async with postgres.transaction() as tx:
        source = await service.known(tx, caller.tenant_id, SourceId(source_id))
        secret = await service.new_secret(tx, caller.tenant_id, source.id)
        await auditor.note(
            tx, Action.SOURCE_CHANGED, source.name, subject=source.id, details={"secret": "changed"}
        )
    return NewSourceSecret(secret=secret)


@get(
    "/api/webhook-sources/{source_id:uuid}/webhooks",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="What a source sent lately, and what became of it",
    responses={**REFUSALS, **NO_SOURCE},
)
async def list_received(
    source_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> ReceivedWebhooks:
    """The latest hundred, without their bodies."""
    async with postgres.transaction() as tx:
        return await service.received(tx, caller.tenant_id, SourceId(source_id))


@post(
    "/api/webhook-sources/{source_id:uuid}/webhooks/{received_id:uuid}/retry",
    status_code=202,
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Work off a webhook that failed, once more",
    responses={**REFUSALS, **NO_SOURCE, 409: refused("`webhook_not_failed`.")},
)
async def retry_received(
    source_id: FromPath[UUID],
    received_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    auditor: NamedDependency[Auditor],
) -> None:
    """Its attempts begin anew."""
    source, received = SourceId(source_id), ReceivedId(received_id)
    async with postgres.transaction() as tx:
        await service.retry(tx, caller.tenant_id, source, received)
        await auditor.note(tx, Action.WEBHOOKS_REPLAYED, "", subject=source)


@get(
    "/api/webhook-sources/{source_id:uuid}/last",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="The last payload of a source",
    responses={**REFUSALS, **NO_SOURCE},
)
async def last_payload(
    source_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> LastPayload:
    """As it came, to map its fields by; kept for 30 days."""
    async with postgres.transaction() as tx:
        return await service.last_payload(tx, caller.tenant_id, SourceId(source_id))


@post(
    "/api/webhook-sources/{source_id:uuid}/mapping",
    status_code=200,
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Try a mapping",
    responses={**NOT_JSON, **REFUSALS, **NO_SOURCE, **BAD_TERMS},
)
async def try_mapping(
    source_id: FromPath[UUID],
    data: JSONBody[TryMapping],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Read:
    """What the last payload, or the one that is sent along, would say of a person. Changes
    nothing: `PATCH` sets the mapping."""
    async with postgres.transaction() as tx:
        return await service.try_mapping(tx, caller.tenant_id, SourceId(source_id), data)


@post(
    "/api/webhook-sources/{source_id:uuid}/sale-mapping",
    status_code=200,
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Try a mapping of sales",
    responses={**NOT_JSON, **REFUSALS, **NO_SOURCE, **BAD_TERMS},
)
async def try_sale_mapping(
    source_id: FromPath[UUID],
    data: JSONBody[TrySaleMapping],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> SaleRead:
    """What the last payload, or the one that is sent along, would say of a sale. Changes
    nothing."""
    async with postgres.transaction() as tx:
        return await service.try_sale_mapping(tx, caller.tenant_id, SourceId(source_id), data)


routes: list[Any] = [
    *doors,
    *looking_routes,
    contact_seen,
    create_source,
    change_source,
    delete_source,
    new_secret,
    list_received,
    retry_received,
    last_payload,
    try_mapping,
    try_sale_mapping,
]
