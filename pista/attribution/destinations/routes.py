"""Destinations over HTTP."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from litestar import Request, delete, get, patch, post, put
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from pista import accounts
from pista.accounts import NOT_JSON, REFUSALS, Caller, Role, refused
from pista.accounts.answers import actor
from pista.accounts.audit import Action, Auditor
from pista.attribution import credit_queries
from pista.attribution.conversions.model import DestinationId
from pista.attribution.credit import WINDOW
from pista.attribution.destinations import probing, service
from pista.attribution.destinations.model import (
    AttributionSettings,
    Backfill,
    Backfilled,
    ChangeDestination,
    Destination,
    Destinations,
    DestinationTested,
    NewDestination,
    TestEvents,
)
from pista.store.postgres import Postgres

Incoming = Request[Any, Any, State]

TAGS = ["Conversions"]
NO_DESTINATION = {404: refused("`destination_not_found`: no such destination in this company.")}
BAD_TERMS = {
    422: refused("`bad_destination`, `bad_webhook_url`, or `invalid`: the detail names the field.")
}


@get(
    "/api/destinations",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Who is told of conversions",
    responses=REFUSALS,
)
async def list_destinations(
    state: State, caller: NamedDependency[Caller], postgres: NamedDependency[Postgres]
) -> Destinations:
    """The oldest first; secrets are never told."""
    async with postgres.transaction() as tx:
        return Destinations(items=await service.listed(tx, state.sealer, caller.tenant_id))


@post(
    "/api/destinations",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Connect a destination",
    responses={
        **NOT_JSON,
        **REFUSALS,
        409: refused("`too_many_destinations`: there are 20 already."),
        **BAD_TERMS,
    },
)
async def create_destination(
    data: JSONBody[NewDestination],
    state: State,
    request: Incoming,
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Destination:
    """Told of what happens from now on."""
    now = datetime.now(UTC)
    async with postgres.transaction() as tx:
        by = actor(request, caller)
        return await service.create(tx, state.sealer, caller.tenant_id, data, by, now=now)


@patch(
    "/api/destinations/{destination_id:uuid}",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Change, pause or resume a destination",
    responses={**NOT_JSON, **REFUSALS, **NO_DESTINATION, **BAD_TERMS},
)
async def change_destination(
    destination_id: FromPath[UUID],
    data: JSONBody[ChangeDestination],
    state: State,
    request: Incoming,
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Destination:
    """What is left out stays. Resumed, it is told of all that waited."""
    destination, now = DestinationId(destination_id), datetime.now(UTC)
    async with postgres.transaction() as tx:
        by = actor(request, caller)
        return await service.change(
            tx, state.sealer, caller.tenant_id, destination, data, by, now=now
        )


@delete(
    "/api/destinations/{destination_id:uuid}",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Delete a destination",
    responses={**REFUSALS, **NO_DESTINATION},
)
async def delete_destination(
    destination_id: FromPath[UUID],
    request: Incoming,
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> None:
    """What it was told can still be read; what waits is not sent."""
    destination, now = DestinationId(destination_id), datetime.now(UTC)
    async with postgres.transaction() as tx:
        await service.delete(tx, caller.tenant_id, destination, actor(request, caller), now=now)


@post(
    "/api/destinations/{destination_id:uuid}/test",
    status_code=200,
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Try whether a destination can be told",
    responses={**REFUSALS, **NO_DESTINATION},
)
async def test_destination(
    destination_id: FromPath[UUID],
    state: State,
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> DestinationTested:
    """Nothing that counts is told: a made-up sale under the platform's test code, if there is one,
    or a look at the account."""
    destination, now = DestinationId(destination_id), datetime.now(UTC)
    async with postgres.transaction() as tx:
        row = await service.one(tx, caller.tenant_id, destination)
    return await probing.probe(state.conversions, state.sealer, row, now=now)


@put(
    "/api/destinations/{destination_id:uuid}/test-events",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Have test sales told under a test code, for some hours",
    responses={**NOT_JSON, **REFUSALS, **NO_DESTINATION, **BAD_TERMS},
)
async def set_test_events(
    destination_id: FromPath[UUID],
    data: JSONBody[TestEvents],
    state: State,
    request: Incoming,
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Destination:
    """All other sales are told as ever. It ends by itself."""
    destination, now = DestinationId(destination_id), datetime.now(UTC)
    async with postgres.transaction() as tx:
        by = actor(request, caller)
        return await service.test_events(
            tx, state.sealer, caller.tenant_id, destination, data, by, now=now
        )


@post(
    "/api/destinations/{destination_id:uuid}/backfill",
    status_code=200,
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Tell a destination of the past days",
    responses={**NOT_JSON, **REFUSALS, **NO_DESTINATION, **BAD_TERMS},
)
async def backfill_destination(
    destination_id: FromPath[UUID],
    data: JSONBody[Backfill],
    request: Incoming,
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
) -> Backfilled:
    """Only of what it was never to be told of, under the ids that it would have had."""
    destination, now = DestinationId(destination_id), datetime.now(UTC)
    async with postgres.transaction() as tx:
        by = actor(request, caller)
        added = await service.backfill(tx, caller.tenant_id, destination, data.days, by, now=now)
    return Backfilled(added=added)


@get(
    "/api/attribution/settings",
    opt=accounts.may(Role.GTR),
    tags=TAGS,
    summary="How far back a click earns something",
    responses=REFUSALS,
)
async def attribution_settings(
    caller: NamedDependency[Caller], postgres: NamedDependency[Postgres]
) -> AttributionSettings:
    """Seven days, unless somebody chose otherwise."""
    async with postgres.transaction() as tx:
        window = await credit_queries.window(tx, caller.tenant_id) or WINDOW
    return AttributionSettings(window_days=window.days)


@put(
    "/api/attribution/settings",
    opt=accounts.may(Role.ADMIN),
    tags=TAGS,
    summary="Choose how far back a click earns something",
    responses={**NOT_JSON, **REFUSALS, 422: refused("`invalid`: the detail names the field.")},
)
async def change_attribution_settings(
    data: JSONBody[AttributionSettings],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    auditor: NamedDependency[Auditor],
) -> AttributionSettings:
    """Reports are credited anew by it, a little later; what was told to a platform stays."""
    async with postgres.transaction() as tx:
        await credit_queries.set_window(tx, caller.tenant_id, data.window_days)
        told = {"window_days": str(data.window_days)}
        await auditor.note(tx, Action.SETTINGS_CHANGED, "attribution", details=told)
    return data


routes: list[Any] = [
    list_destinations,
    create_destination,
    change_destination,
    delete_destination,
    test_destination,
    set_test_events,
    backfill_destination,
    attribution_settings,
    change_attribution_settings,
]
