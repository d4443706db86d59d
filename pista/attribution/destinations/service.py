"""What people do with destinations: connect, change, pause, resume and delete them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET, UnsetType, structs

from pista import queue
from pista.accounts.audit import Action, Actor, record
from pista.attribution.conversions import opening
from pista.attribution.conversions import queries as conversions
from pista.attribution.conversions.model import (
    DestinationChanged,
    DestinationId,
    DestinationRow,
    DestinationState,
)
from pista.attribution.destinations import queries, sealing
from pista.attribution.destinations.model import (
    MOST_DESTINATIONS,
    BadDestination,
    ChangeDestination,
    Destination,
    DestinationNotFound,
    NewDestination,
    TestEvents,
    TooManyDestinations,
)
from pista.attribution.platforms import PLATFORMS, DestinationKind
from pista.attribution.told import EventName, chosen_as
from pista.ids import TenantId, uuid7
from pista.store.postgres import Tx
from pista.store.secrets import Sealer, SecretUnreadable

T = TypeVar("T")


async def listed(tx: Tx, sealer: Sealer, tenant: TenantId) -> list[Destination]:
    waiting = await queries.waiting_counts(tx, tenant)
    rows = await queries.listed(tx, tenant)
    return [shown(sealer, row, waiting.get(row.id, 0)) for row in rows]


async def one(tx: Tx, tenant: TenantId, destination: DestinationId) -> DestinationRow:
    row = await queries.one(tx, tenant, destination)
    if row is None or row.deleted_at is not None:
        raise DestinationNotFound
    return row


async def create(
    tx: Tx,
    sealer: Sealer,
    tenant: TenantId,
    request: NewDestination,
    by: Actor,
    *,
    now: datetime,
) -> Destination:
    if len(await queries.listed(tx, tenant)) >= MOST_DESTINATIONS:
        raise TooManyDestinations
    destination = DestinationId(uuid7())
    _check_secrets(request.kind, request.secrets)
    row = DestinationRow(
        id=destination,
        kind=request.kind,
        name=request.name,
        settings=_checked(request.kind, request.settings),
        secrets=sealing.sealed(sealer, destination, request.secrets),
        state="on",
        paused_why=None,
        events=_events(request.kind, request.events),
        grace_minutes=request.grace_minutes,
        test_code=None,
        test_until=None,
        not_before=None,
        skew_seconds=0,
        last_sent_at=None,
        created_at=now,
        deleted_at=None,
    )
    await queries.add(tx, tenant, row)
    await _note(tx, tenant, row, by, Action.DESTINATION_ADDED, now)
    await _announce(tx, tenant, destination, "on", now)
    return shown(sealer, row, 0)


async def change(
    tx: Tx,
    sealer: Sealer,
    tenant: TenantId,
    destination: DestinationId,
    request: ChangeDestination,
    by: Actor,
    *,
    now: datetime,
) -> Destination:
    """A new secret ends a pause that the old one was the reason of."""
    old = await _held(tx, tenant, destination)
    new = structs.replace(
        old,
        name=_or(request.name, old.name),
        settings=old.settings
        if request.settings is UNSET
        else _checked(old.kind, request.settings),
        secrets=_secrets(sealer, old, request.secrets),
        events=old.events if request.events is UNSET else _events(old.kind, request.events),
        grace_minutes=_or(request.grace_minutes, old.grace_minutes),
        state=_state(old, request),
    )
    resumed = new.state == "on" and old.state != "on"
    if resumed:
        new = structs.replace(new, paused_why=None, not_before=None)
    await queries.store(tx, tenant, new)
    given = [name for name in request.__struct_fields__ if getattr(request, name) is not UNSET]
    await _note(tx, tenant, new, by, Action.DESTINATION_CHANGED, now, given)
    if resumed:
        await _begin_waiting(tx, tenant, new, now)
    await _announce(tx, tenant, destination, new.state, now)
    waiting = await queries.waiting_counts(tx, tenant)
    return shown(sealer, new, waiting.get(destination, 0))


async def test_events(
    tx: Tx,
    sealer: Sealer,
    tenant: TenantId,
    destination: DestinationId,
    request: TestEvents,
    by: Actor,
    *,
    now: datetime,
) -> Destination:
    old = await _held(tx, tenant, destination)
    if request.code and PLATFORMS[old.kind].tests != "under_code":
        raise BadDestination("This platform has no code for tests.")
    until = now + timedelta(hours=request.hours) if request.code else None
    new = structs.replace(old, test_code=request.code, test_until=until)
    await queries.store(tx, tenant, new)
    await _note(tx, tenant, new, by, Action.DESTINATION_CHANGED, now, ["test_events"])
    return shown(sealer, new, (await queries.waiting_counts(tx, tenant)).get(destination, 0))


async def delete(
    tx: Tx, tenant: TenantId, destination: DestinationId, by: Actor, *, now: datetime
) -> None:
    """What it was told stays in the log; what waits is not sent.

    Deliveries are taken before their destination, as those who send take them. What comes between
    both its job will find without a destination.
    """
    await one(tx, tenant, destination)
    await queries.let_go(tx, tenant, destination)
    row = await _held(tx, tenant, destination)
    await _note(tx, tenant, row, by, Action.DESTINATION_DELETED, now)
    await queries.delete(tx, tenant, destination, now)
    await _announce(tx, tenant, destination, "deleted", now)


async def backfill(
    tx: Tx, tenant: TenantId, destination: DestinationId, days: int, by: Actor, *, now: datetime
) -> int:
    """Tell it of what happened before it was there: never what it was ever to be told of, and under
    the same ids as all others."""
    row = await _held(tx, tenant, destination)
    oldest = min(timedelta(days=days), timedelta(days=PLATFORMS[row.kind].oldest_days))
    added = 0
    for conversion in await conversions.never_told(
        tx, tenant, destination, _wanted(row), now - oldest
    ):
        added += await opening.deliver(tx, tenant, conversion, row, credited=True, now=now)
    await _note(tx, tenant, row, by, Action.DESTINATION_CHANGED, now, ["past_days"])
    return added


def shown(sealer: Sealer, row: DestinationRow, waiting: int) -> Destination:
    try:
        secrets = sorted(sealing.opened(sealer, row))
    except SecretUnreadable:
        secrets = []
    return Destination(
        id=row.id,
        kind=row.kind,
        name=row.name,
        settings=_whole(row),
        has_secrets=secrets,
        state=row.state,
        paused_why=row.paused_why,
        events=row.events,
        grace_minutes=row.grace_minutes,
        test_code=row.test_code,
        test_until=row.test_until,
        waiting=waiting,
        clock_ahead_seconds=row.skew_seconds,
        last_sent_at=row.last_sent_at,
        created_at=row.created_at,
    )


async def _begin_waiting(
    tx: Tx, tenant: TenantId, destination: DestinationRow, now: datetime
) -> None:
    for event, name in await conversions.waiting(tx, tenant, destination.id):
        await opening.begin(tx, tenant, event, name, destination, now=now)


async def _held(tx: Tx, tenant: TenantId, destination: DestinationId) -> DestinationRow:
    row = await queries.for_update(tx, tenant, destination)
    if row is None:
        raise DestinationNotFound
    return row


def _state(old: DestinationRow, request: ChangeDestination) -> DestinationState:
    if request.enabled is not UNSET:
        return "on" if request.enabled else "off"
    return "on" if old.state == "paused" and request.secrets is not UNSET else old.state


def _checked(kind: DestinationKind, settings: Mapping[str, Any]) -> dict[str, Any]:
    """In the shape of its kind, and nothing besides."""
    shape = PLATFORMS[kind].settings_type
    known = {one.encode_name for one in msgspec.structs.fields(shape)}
    if unknown := sorted(set(settings) - known):
        raise BadDestination(f"There is no setting `{unknown[0]}` of this kind.")
    try:
        return msgspec.to_builtins(msgspec.convert(settings, shape))
    except msgspec.ValidationError as error:
        raise BadDestination(str(error)) from None


def _events(kind: DestinationKind, given: Sequence[EventName] | UnsetType) -> list[EventName]:
    platform = PLATFORMS[kind]
    if given is UNSET:
        return list(platform.usual)
    if unknown := sorted(set(given) - {chosen_as(name) for name in platform.names}):
        raise BadDestination(f"It can be told nothing of the kind `{unknown[0]}`.")
    return list(dict.fromkeys(given))


def _wanted(row: DestinationRow) -> list[EventName]:
    return [name for name in PLATFORMS[row.kind].names if chosen_as(name) in row.events]


def _whole(row: DestinationRow) -> dict[str, Any]:
    """With what has come to be a setting since it was stored."""
    try:
        return msgspec.to_builtins(msgspec.convert(row.settings, PLATFORMS[row.kind].settings_type))
    except msgspec.ValidationError:
        return row.settings


def _check_secrets(kind: DestinationKind, secrets: Mapping[str, str]) -> None:
    names, optional = PLATFORMS[kind].secret_names, PLATFORMS[kind].optional_secrets
    if not set(names) <= set(secrets) <= {*names, *optional}:
        raise BadDestination(f"Its secrets are: {', '.join(names)}.")


def _secrets(
    sealer: Sealer, old: DestinationRow, given: Mapping[str, str] | UnsetType
) -> bytes | None:
    if given is UNSET:
        return old.secrets
    try:
        kept = sealing.opened(sealer, old)
    except SecretUnreadable:
        kept = {}
    both = {**kept, **given}
    _check_secrets(old.kind, both)
    return sealing.sealed(sealer, old.id, both)


def _or(given: T | UnsetType, old: T) -> T:
    return old if isinstance(given, UnsetType) else given


async def _note(
    tx: Tx,
    tenant: TenantId,
    row: DestinationRow,
    by: Actor,
    action: Action,
    now: datetime,
    changed: Sequence[str] = (),
) -> None:
    """Which terms, and never what they were: a secret may be among them."""
    details = {"platform": row.kind}
    if changed:
        details["changed"] = ", ".join(changed)
    await record(tx, tenant, by, action, subject=row.id, name=row.name, now=now, details=details)


async def _announce(
    tx: Tx, tenant: TenantId, destination: DestinationId, state: Any, now: datetime
) -> None:
    news = DestinationChanged(tenant_id=tenant, destination_id=destination, state=state, at=now)
    await queue.announce(tx, news)
