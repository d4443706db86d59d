"""API keys: made, listed and revoked by an admin."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler
from msgspec import Meta

from pista.accounts import service
from pista.accounts.answers import CHANGES, REFUSALS, Incoming, actor, refused
from pista.accounts.guards import may
from pista.accounts.model import (
    ApiKey,
    ApiKeyId,
    Caller,
    Name,
    NewApiKey,
    Request,
    Role,
    Scope,
    Wire,
)
from pista.store.postgres import Postgres

TAGS = ["Company"]


class ApiKeys(Wire, frozen=True, kw_only=True):
    items: list[ApiKey]


class MakeApiKey(Request, frozen=True, kw_only=True):
    name: Name
    scopes: Annotated[list[Scope], Meta(min_length=1, max_length=10)]
    """What the key may do; `admin` is all that an admin may."""


@get("/api/keys", opt=may(Role.ADMIN), summary="The API keys", tags=TAGS, responses=REFUSALS)
async def list_keys(
    caller: NamedDependency[Caller], postgres: NamedDependency[Postgres]
) -> ApiKeys:
    """The oldest first, revoked ones included; no key can be read again."""
    async with postgres.transaction() as tx:
        return ApiKeys(items=await service.list_api_keys(tx, caller.tenant_id))


@post("/api/keys", opt=may(Role.ADMIN), summary="Make an API key", tags=TAGS, responses=CHANGES)
async def create_key(
    request: Incoming,
    data: JSONBody[MakeApiKey],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> NewApiKey:
    """The answer is the only one that holds the key."""
    by, now = actor(request, caller), datetime.now(UTC)
    async with postgres.transaction() as tx:
        return await service.create_api_key(
            tx, caller.tenant_id, name=data.name, scopes=data.scopes, now=now, by=by
        )


@delete(
    "/api/keys/{key_id:uuid}",
    opt=may(Role.ADMIN),
    summary="Revoke an API key",
    tags=TAGS,
    responses=REFUSALS | {404: refused("`api_key_not_found`: no such key in this company.")},
)
async def revoke_key(
    request: Incoming,
    key_id: FromPath[UUID],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> None:
    """From now on it is refused, and the streams that it reads end. It may be the one that asks."""
    by, now = actor(request, caller), datetime.now(UTC)
    async with postgres.transaction() as tx:
        await service.revoke_api_key(tx, caller.tenant_id, ApiKeyId(key_id), now=now, by=by)


handlers: list[ControllerRouterHandler] = [list_keys, create_key, revoke_key]
