"""Throttling over HTTP: which share of each event type a company keeps."""

from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from litestar import delete, get, put
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from pista import accounts
from pista.accounts import NOT_JSON, REFUSALS, Caller, Role, Scope, refused
from pista.accounts.audit import Action, Auditor
from pista.collect import queries, throttling
from pista.collect.model import EVENT_TYPE, EventTypeInvalid
from pista.collect.throttling import Throttle
from pista.errors import Invalid
from pista.store.postgres import Postgres

CHANGE_REFUSALS = {
    **REFUSALS,
    **NOT_JSON,
    422: refused("`event_type_invalid`, or `invalid`: the detail names the field."),
}


class SetThrottle(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    sampling_rate: Annotated[float, msgspec.Meta(ge=0, le=100)]
    """The share that is kept, in percent: 0, or 0.001 to 100."""
    always_keep: bool = False


class ThrottleItem(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    event_type: str
    sampling_rate: float
    always_keep: bool
    is_default: bool


class Throttles(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    enabled: bool
    """False while `TRACKING_ENABLE_THROTTLING` is off: then everything is kept."""
    items: list[ThrottleItem]


@get(
    "/tracking-v2/throttling",
    opt=accounts.may(Role.GTR, scope=Scope.STATS_READ),
    tags=["Events"],
    summary="Sampling rates by event type",
    responses=REFUSALS,
)
async def throttles(
    state: State, caller: NamedDependency[Caller], postgres: NamedDependency[Postgres]
) -> Throttles:
    async with postgres.transaction() as tx:
        own = {row.event_type: row for row in await queries.throttles(tx, caller.tenant_id)}
    items = [
        ThrottleItem(
            event_type=event_type,
            sampling_rate=throttle.sampling_rate,
            always_keep=throttle.always_keep,
            is_default=event_type not in own,
        )
        for event_type, throttle in sorted({**throttling.DEFAULTS, **own}.items())
    ]
    return Throttles(enabled=state.settings.tracking.enable_throttling, items=items)


@put(
    "/tracking-v2/throttling/{event_type:str}",
    opt=accounts.may(Role.ADMIN),
    tags=["Events"],
    summary="Set the sampling rate of an event type",
    responses=CHANGE_REFUSALS,
)
async def set_throttle(
    event_type: FromPath[str],
    data: JSONBody[SetThrottle],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    auditor: NamedDependency[Auditor],
) -> ThrottleItem:
    """Takes effect within a second, without a restart."""
    check_event_type(event_type)
    check_rate(data.sampling_rate)
    throttle = Throttle(sampling_rate=data.sampling_rate, always_keep=data.always_keep)
    async with postgres.transaction() as tx:
        await queries.set_throttle(tx, caller.tenant_id, event_type, throttle, at=datetime.now(UTC))
        told = {"sampling_rate": f"{data.sampling_rate:g} %"}
        await auditor.note(tx, Action.SAMPLING_CHANGED, event_type, details=told)
    return ThrottleItem(
        event_type=event_type,
        sampling_rate=data.sampling_rate,
        always_keep=data.always_keep,
        is_default=False,
    )


@delete(
    "/tracking-v2/throttling/{event_type:str}",
    opt=accounts.may(Role.ADMIN),
    tags=["Events"],
    summary="Go back to the default sampling rate",
    responses={key: value for key, value in CHANGE_REFUSALS.items() if key != 400},
)
async def drop_throttle(
    event_type: FromPath[str],
    caller: NamedDependency[Caller],
    postgres: NamedDependency[Postgres],
    auditor: NamedDependency[Auditor],
) -> None:
    check_event_type(event_type)
    async with postgres.transaction() as tx:
        await queries.drop_throttle(tx, caller.tenant_id, event_type)
        await auditor.note(tx, Action.SAMPLING_CHANGED, event_type)


def check_event_type(event_type: str) -> None:
    try:
        msgspec.convert(event_type, Annotated[str, msgspec.Meta(pattern=EVENT_TYPE)])
    except msgspec.ValidationError:
        raise EventTypeInvalid from None


def check_rate(rate: float) -> None:
    if 0 < rate < throttling.LOWEST:
        raise Invalid(f"samplingRate: 0, or {throttling.LOWEST} to 100.")


routes: list[Any] = [throttles, set_throttle, drop_throttle]
